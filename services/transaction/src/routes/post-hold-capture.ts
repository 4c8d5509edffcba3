// POST /transactions/holds/{id}/capture: pays a hold, the whole or a part; what is left of it is available again.
import { Capture, Hold, IdParams } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { answerWithHold } from '../render-hold.ts'
import { captureHold } from '../settle-hold.ts'

export function postHoldCapture(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/holds/:id/capture',
    {
      schema: {
        tags: ['holds'],
        summary: 'Capture a hold, or send a delayed transfer now',
        params: IdParams,
        body: Capture,
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
        async (tx) => answerWithHold(await captureHold(tx, settling, request.body?.amount), 200),
        { afterCommit: deps.events.wake },
      )
    },
  )
}
