// GET /transactions: what the caller's accounts sent and received, newest first.
import { Transaction, TransactionQuery } from '@fintwin/contracts'
import type { App, ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listPage } from '../list-page.ts'
import { refuseOddDays } from '../refuse-odd-days.ts'

export function getTransactions(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions',
    {
      schema: {
        tags: ['transactions'],
        summary: 'List my transactions',
        querystring: TransactionQuery,
        response: { 200: Type.Array(Transaction) },
      },
    },
    async (request, reply) => {
      const { account_id, type, q, from, to, limit, offset, cursor } = request.query
      refuseOddDays(from, to)
      return listPage(deps, request, reply, {
        accountId: account_id || undefined,
        type,
        text: q,
        from,
        to,
        limit,
        offset,
        cursor,
      })
    },
  )
}
