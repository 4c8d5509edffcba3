// GET /transactions/account/{id}/balances: closing balances by effective date, for a chart.
import { AccountIdParams, BalanceHistory, BalanceQuery } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import { type App, asPerson, notYourAccount, Refused, type ServiceDeps } from '@fintwin/platform'
import { refuseOddDays } from '../refuse-odd-days.ts'
import { listDailyBalances } from '../store/balances.ts'
import { listOwnAccounts } from '../store/ledger.ts'

const dayMs = 86_400_000
const isoDate = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10)

export function getAccountBalances(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/account/:account_id/balances',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Closing balances of one of my accounts',
        params: AccountIdParams,
        querystring: BalanceQuery,
        response: { 200: BalanceHistory },
      },
    },
    async (request) => {
      const { personId } = request.caller
      refuseOddDays(request.query.from, request.query.to)
      const to = request.query.to ?? isoDate(Date.now())
      const from = request.query.from ?? isoDate(Date.parse(to) - 365 * dayMs)
      const { account, points } = await asPerson(deps.database, personId, async (tx) => {
        const own = await listOwnAccounts(tx, personId)
        const account = own.find(
          ({ id, kind }) => kind === 'person' && id === request.params.account_id.toLowerCase(),
        )
        if (!account) throw new Refused(notYourAccount)
        return { account, points: await listDailyBalances(tx, account.no, from, to) }
      })
      const last = points.at(-1)
      const closed = last && last.date < to ? [...points, { ...last, date: to }] : points
      return {
        account_id: account.id,
        currency: account.currency,
        points: closed.map(({ date, balanceMinor }) => ({
          date,
          balance: toWireAmount(balanceMinor, account.currency),
        })),
      }
    },
  )
}
