// POST /transactions/{id}/reversal: takes a transaction back, once, by posting its mirror. What may be taken back is decided in
// `decideReversal` of the ledger's rules.
import { IdParams, NewReversal, Transaction } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { reverseTransaction } from '../reverse-transaction.ts'

export function postTransactionReversal(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/:id/reversal',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Take back one of my transactions, or return one that I received',
        params: IdParams,
        body: NewReversal,
        response: { 201: Transaction },
      },
    },
    (request, reply) => {
      const reversal = {
        callerId: request.caller.personId,
        locale: deps.settings.DEFAULT_LOCALE,
        id: request.params.id,
        note: request.body?.note,
      }
      return writeOnce(deps.database, request, reply, (tx) => reverseTransaction(tx, reversal), {
        afterCommit: deps.events.wake,
      })
    },
  )
}
