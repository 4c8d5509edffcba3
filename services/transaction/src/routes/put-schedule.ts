// PUT /transactions/schedules/{id}: changes all that is still to come; what was posted stays as it was posted.
import { IdParams, NewSchedule, Schedule } from '@fintwin/contracts'
import { type App, asPerson, isRefusal, Refused, type ServiceDeps } from '@fintwin/platform'
import { requireSchedule } from '../change-schedule.ts'
import { changeSchedule } from '../plan-schedule.ts'
import { renderOneSchedule } from '../render-schedule.ts'
import type { DueWorker } from '../workers/post-due.ts'

export function putSchedule(app: App, deps: ServiceDeps, worker: DueWorker): void {
  app.put(
    '/transactions/schedules/:id',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Change a scheduled transaction from now on',
        params: IdParams,
        body: NewSchedule,
        response: { 200: Schedule },
      },
    },
    async (request) => {
      const ownerId = request.caller.personId
      const answer = await asPerson(deps.database, ownerId, async (tx) => {
        const { schedule, now } = await requireSchedule(tx, ownerId, request.params.id)
        const changed = await changeSchedule(tx, schedule, request.body, {
          ownerId,
          locale: deps.settings.DEFAULT_LOCALE,
          timeZone: deps.settings.DEFAULT_TIME_ZONE,
          now,
        })
        if (isRefusal(changed)) throw new Refused(changed)
        return renderOneSchedule(tx, changed, now)
      })
      worker.wake()
      deps.events.wake()
      return answer
    },
  )
}
