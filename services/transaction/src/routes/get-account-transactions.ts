// GET /transactions/account/{id}: the transactions of one own account.
import { AccountIdParams, PageQuery, Transaction } from '@fintwin/contracts'
import { type App, asPerson, notYourAccount, Refused, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listPage } from '../list-page.ts'
import { listOwnAccounts } from '../store/ledger.ts'

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
    async (request, reply) => {
      const { personId } = request.caller
      const own = await asPerson(deps.database, personId, (tx) => listOwnAccounts(tx, personId))
      const account = own.find(
        ({ id, kind }) => kind === 'person' && id === request.params.account_id.toLowerCase(),
      )
      if (!account) throw new Refused(notYourAccount)
      return listPage(deps, request, reply, { accountId: account.id, ...request.query })
    },
  )
}
