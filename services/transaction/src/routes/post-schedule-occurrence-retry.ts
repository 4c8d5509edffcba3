// POST /transactions/schedules/{id}/occurrences/{date}/retry: posts, as of now, an occurrence that was refused.
import { Occurrence, OccurrenceParams } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { retryRefused } from '../change-schedule.ts'

export function postScheduleOccurrenceRetry(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/schedules/:id/occurrences/:date/retry',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Try a refused occurrence again',
        params: OccurrenceParams,
        response: { 200: Occurrence },
      },
    },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        (tx) =>
          retryRefused(tx, {
            ownerId: request.caller.personId,
            ...request.params,
            locale: deps.settings.DEFAULT_LOCALE,
          }),
        { afterCommit: deps.events.wake },
      ),
  )
}
