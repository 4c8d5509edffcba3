// GET /transactions/account/{id}: the transactions of one own account, all of them or those that were there at an instant or a position.
import { AccountIdParams, AccountTransactionsQuery, Transaction } from '@fintwin/contracts'
import { type App, isRefusal, Refused, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listPage } from '../list-page.ts'
import { readAsOf } from '../rules/read-as-of.ts'

export function getAccountTransactions(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/account/:account_id',
    {
      schema: {
        tags: ['transactions'],
        summary: 'List the transactions of one of my accounts',
        params: AccountIdParams,
        querystring: AccountTransactionsQuery,
        response: { 200: Type.Array(Transaction) },
      },
    },
    async (request, reply) => {
      const { as_of, ...page } = request.query
      const asOf = as_of === undefined ? undefined : readAsOf(as_of)
      if (isRefusal(asOf)) throw new Refused(asOf)
      return listPage(deps, request, reply, { accountId: request.params.account_id, asOf, ...page })
    },
  )
}
