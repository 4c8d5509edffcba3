// PUT /transactions/schedules/{id}/occurrences/{date}: edits one occurrence, or brings one that was left out back to the plan.
import { Occurrence, OccurrenceChange, OccurrenceParams } from '@fintwin/contracts'
import { type App, asPerson, isRefusal, Refused, type ServiceDeps } from '@fintwin/platform'
import { changeOccurrence, requireSchedule } from '../change-schedule.ts'
import type { DueWorker } from '../workers/post-due.ts'

export function putScheduleOccurrence(app: App, deps: ServiceDeps, worker: DueWorker): void {
  app.put(
    '/transactions/schedules/:id/occurrences/:date',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Change one occurrence, or bring it back',
        params: OccurrenceParams,
        body: OccurrenceChange,
        response: { 200: Occurrence },
      },
    },
    async (request) => {
      const ownerId = request.caller.personId
      const { id, date } = request.params
      const answer = await asPerson(deps.database, ownerId, async (tx) => {
        const { schedule, now } = await requireSchedule(tx, ownerId, id)
        const locale = deps.settings.DEFAULT_LOCALE
        const changed = await changeOccurrence(tx, schedule, date, request.body, { now, locale })
        if (isRefusal(changed)) throw new Refused(changed)
        return changed
      })
      worker.wake()
      return answer
    },
  )
}
