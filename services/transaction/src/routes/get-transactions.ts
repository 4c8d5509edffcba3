// GET /transactions: what the caller's accounts sent and received, newest first.
import { Transaction, TransactionQuery } from '@fintwin/contracts'
import { type App, asPerson, notYourAccount, Refused, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listPage } from '../list-page.ts'
import { refuseOddDays } from '../refuse-odd-days.ts'
import { listOwnAccounts } from '../store/ledger.ts'

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
      if (account_id) {
        const { personId } = request.caller
        const own = await asPerson(deps.database, personId, (tx) => listOwnAccounts(tx, personId))
        if (!own.some(({ id, kind }) => kind === 'person' && id === account_id.toLowerCase()))
          throw new Refused(notYourAccount)
      }
      return listPage(deps, request, reply, {
        accountId: account_id,
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
