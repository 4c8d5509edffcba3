// GET /portfolio: the caller's accounts, a page of holdings, and what it all comes to.
import { type Account, Portfolio, PortfolioQuery } from '@fintwin/contracts'
import { type CurrencyCode, parseAmount } from '@fintwin/money'
import { type App, asPerson, isId, type ServiceDeps } from '@fintwin/platform'
import { fetchAccounts } from '../accounts.ts'
import { renderHolding, toWireTotal } from '../render-holding.ts'
import { type CurrencyTotal, computeTotals } from '../rules/compute-totals.ts'
import { listHoldings, sumHoldings } from '../store/holdings.ts'

export function getPortfolio(app: App, deps: ServiceDeps): void {
  app.get(
    '/portfolio',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'Show everything I have',
        querystring: PortfolioQuery,
        response: { 200: Portfolio },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { limit, cursor } = request.query
      const accounts = await fetchAccounts(request, deps.urls.account)
      const { rows, sums } = await asPerson(deps.database, personId, async (tx) => ({
        rows: await listHoldings(tx, personId, {
          limit: limit + 1,
          afterId: isId(cursor) ? cursor : undefined,
        }),
        sums: await sumHoldings(tx, personId),
      }))
      const [total, ...others] = computeTotals(accounts.map(readCash), sums, deps.settings.DEFAULT_CURRENCY)
      const page = rows.slice(0, limit)
      return {
        accounts,
        holdings: page.map(renderHolding),
        totals: { ...renderTotal(total), other_currencies: others.map(renderOther) },
        next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      }
    },
  )
}

function readCash({ balance, currency }: Account): { currency: string; balanceMinor: bigint } {
  const parsed = parseAmount(balance, currency as CurrencyCode)
  if (!parsed.ok) throw new Error(`The account service answered a balance of ${balance} ${currency}`)
  return { currency, balanceMinor: parsed.amountMinor }
}

function renderTotal(total: CurrencyTotal) {
  const currency = total.currency as CurrencyCode
  return {
    net_worth: toWireTotal(total.netWorthMinor, currency),
    cash: toWireTotal(total.cashMinor, currency),
    holdings: toWireTotal(total.holdingsMinor, currency),
    invested: toWireTotal(total.investedMinor, currency),
    gain_loss: toWireTotal(total.holdingsMinor - total.investedMinor, currency),
    currency,
  }
}

function renderOther(total: CurrencyTotal) {
  const { currency, cash, holdings, net_worth } = renderTotal(total)
  return { currency, cash, holdings, net_worth }
}
