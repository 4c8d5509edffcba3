// GET /transactions/{id}: one transaction, with its legs and what can still be done about it.
import { IdParams, TransactionDetail } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { readTransaction } from '../read-transaction.ts'
import { renderDetail } from '../render-transaction.ts'

export function getTransaction(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/:id',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Show one of my transactions, with its legs',
        params: IdParams,
        response: { 200: TransactionDetail },
      },
    },
    async (request) => {
      const { personId } = request.caller
      return renderDetail(
        await asPerson(deps.database, personId, (tx) => readTransaction(tx, personId, request.params.id)),
      )
    },
  )
}
