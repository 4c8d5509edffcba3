// POST /transactions/schedules: a transaction that is posted later, once or again and again.
import { NewSchedule, Schedule } from '@fintwin/contracts'
import { type App, isRefusal, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { createSchedule } from '../plan-schedule.ts'
import { renderOneSchedule } from '../render-schedule.ts'
import type { DueWorker } from '../workers/post-due.ts'

export function postSchedule(app: App, deps: ServiceDeps, worker: DueWorker): void {
  app.post(
    '/transactions/schedules',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Schedule a transaction, once or recurring',
        body: NewSchedule,
        response: { 201: Schedule },
      },
    },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => {
          const now = new Date()
          const schedule = await createSchedule(tx, request.body, {
            ownerId: request.caller.personId,
            locale: deps.settings.DEFAULT_LOCALE,
            timeZone: deps.settings.DEFAULT_TIME_ZONE,
            now,
          })
          if (isRefusal(schedule)) return schedule
          return { status: 201, body: await renderOneSchedule(tx, schedule, now) }
        },
        { afterCommit: worker.wake },
      ),
  )
}
