// DELETE /transactions/{id}/annotation: back to what was posted.
import { IdParams, TransactionDetail } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { unannotateTransaction } from '../annotate-transaction.ts'
import { renderDetail } from '../render-transaction.ts'

export function deleteTransactionAnnotation(app: App, deps: ServiceDeps): void {
  app.delete(
    '/transactions/:id/annotation',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Take my own words off one of my transactions',
        params: IdParams,
        response: { 200: TransactionDetail },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const shown = await asPerson(deps.database, personId, (tx) =>
        unannotateTransaction(tx, personId, request.params.id),
      )
      return renderDetail(shown)
    },
  )
}
