// GET /transactions/account/{id}: the transactions of one own account.
import { AccountIdParams, PageQuery, Transaction } from '@fintwin/contracts'
import type { App, ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listPage } from '../list-page.ts'

export function getAccountTransactions(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/account/:account_id',
    {
      schema: {
        tags: ['transactions'],
        summary: 'List the transactions of one of my accounts',
        params: AccountIdParams,
        querystring: PageQuery,
        response: { 200: Type.Array(Transaction) },
      },
    },
    (request, reply) =>
      listPage(deps, request, reply, { accountId: request.params.account_id, ...request.query }),
  )
}
