// POST /transactions: a deposit, withdrawal or transfer. It is refused in `decidePosting` of the ledger's rules, under the accounts' locks.
import { NewTransaction, Transaction } from '@fintwin/contracts'
import { type App, isRefusal, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { postTransactions } from '../post-transactions.ts'
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
          const outcome = await postTransactions(tx, [request.body], {
            callerId: request.caller.personId,
            locale: deps.settings.DEFAULT_LOCALE,
            now: new Date(),
            isAtomic: true,
          })
          if ('refusal' in outcome) return outcome.refusal
          const [posted] = outcome
          if (!posted || isRefusal(posted))
            throw new Error('An atomic posting gave neither a row nor a refusal.')
          return { status: 201, body: renderTransaction(posted) }
        },
        { afterCommit: deps.events.wake },
      ),
  )
}
