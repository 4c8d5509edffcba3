// POST /transactions: a deposit, withdrawal or transfer. It is refused in `decidePosting` of the ledger's rules, under the accounts' locks.
import { NewTransaction, Transaction } from '@fintwin/contracts'
import { type App, isRefusal, newId, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { postOne } from '../post-one.ts'
import { renderTransaction } from '../render-transaction.ts'

export function postTransaction(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Post a deposit, a withdrawal or a transfer',
        body: NewTransaction,
        response: { 201: Transaction },
      },
    },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => {
          const who = { callerId: request.caller.personId, id: newId(), locale: deps.settings.DEFAULT_LOCALE }
          const posted = await postOne(tx, request.body, who)
          return isRefusal(posted) ? posted : { status: 201, body: renderTransaction(posted) }
        },
        { afterCommit: deps.events.wake },
      ),
  )
}
