// POST /transactions/schedules/{id}/pause: nothing is posted until it is resumed.
import { IdParams, Schedule } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { answerChange, pause } from '../change-schedule.ts'

export function postSchedulePause(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/schedules/:id/pause',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Pause a scheduled transaction',
        params: IdParams,
        response: { 200: Schedule },
      },
    },
    (request, reply) =>
      writeOnce(deps.database, request, reply, (tx) =>
        answerChange(tx, request.caller.personId, request.params.id, pause),
      ),
  )
}
