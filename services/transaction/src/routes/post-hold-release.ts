// POST /transactions/holds/{id}/release: lets a hold go, which also undoes a transfer that has not gone yet.
import { Hold, IdParams } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { answerWithHold } from '../render-hold.ts'
import { releaseHold } from '../settle-hold.ts'

export function postHoldRelease(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/holds/:id/release',
    {
      schema: {
        tags: ['holds'],
        summary: 'Release a hold, or undo a delayed transfer before it goes',
        params: IdParams,
        response: { 200: Hold },
      },
    },
    (request, reply) => {
      const settling = {
        holdId: request.params.id,
        callerId: request.caller.personId,
        locale: deps.settings.DEFAULT_LOCALE,
      }
      return writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => answerWithHold(await releaseHold(tx, settling), 200),
        { afterCommit: deps.events.wake },
      )
    },
  )
}
