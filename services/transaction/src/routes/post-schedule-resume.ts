// POST /transactions/schedules/{id}/resume: goes on with the next date. What fell due meanwhile is left out.
import { IdParams, Schedule } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { answerChange, resume } from '../change-schedule.ts'
import type { DueWorker } from '../workers/post-due.ts'

export function postScheduleResume(app: App, deps: ServiceDeps, worker: DueWorker): void {
  app.post(
    '/transactions/schedules/:id/resume',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Resume a paused scheduled transaction',
        params: IdParams,
        response: { 200: Schedule },
      },
    },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        (tx) => answerChange(tx, request.caller.personId, request.params.id, resume),
        { afterCommit: worker.wake },
      ),
  )
}
