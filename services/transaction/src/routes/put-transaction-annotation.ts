// PUT /transactions/{id}/annotation: the caller's own note, counterparty and category beside what was posted.
import { IdParams, NewAnnotation, TransactionDetail } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { annotateTransaction } from '../annotate-transaction.ts'
import { renderDetail } from '../render-transaction.ts'

export function putTransactionAnnotation(app: App, deps: ServiceDeps): void {
  app.put(
    '/transactions/:id/annotation',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Call one of my transactions in my own words',
        params: IdParams,
        body: NewAnnotation,
        response: { 200: TransactionDetail },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { note, counterparty, category } = request.body
      const change = {
        ...(note === undefined ? {} : { note }),
        ...(counterparty === undefined ? {} : { counterparty }),
        ...(category === undefined ? {} : { category }),
      }
      const annotated = await asPerson(deps.database, personId, (tx) =>
        annotateTransaction(tx, personId, request.params.id, change),
      )
      return renderDetail(annotated)
    },
  )
}
