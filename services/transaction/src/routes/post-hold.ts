// POST /transactions/holds: sets money aside for a payment to come, or for a transfer that waits before it goes.
import { Hold, NewHold } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { placeRequestedHold } from '../place-hold.ts'
import { answerWithHold } from '../render-hold.ts'

export function postHold(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/holds',
    {
      schema: {
        tags: ['holds'],
        summary: 'Set money aside for a payment, or send a transfer with a delay',
        body: NewHold,
        response: { 201: Hold },
      },
    },
    (request, reply) => {
      const placing = {
        callerId: request.caller.personId,
        locale: deps.settings.DEFAULT_LOCALE,
        now: new Date(),
      }
      return writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => answerWithHold(await placeRequestedHold(tx, request.body, placing), 201),
        { afterCommit: deps.events.wake },
      )
    },
  )
}
