// GET /portfolio/summary/{account_id}: what the holdings of one own account come to, and which did best and worst.
import { AccountIdParams, PortfolioSummary } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { fetchOwnAccount } from '../accounts.ts'
import { gainPercentOf, toWireTotal } from '../render-holding.ts'
import { computeReturnPercent } from '../rules/compute-value.ts'
import { findPerformers, type HoldingRow, type HoldingSums, sumHoldings } from '../store/holdings.ts'

export function getPortfolioSummary(app: App, deps: ServiceDeps): void {
  app.get(
    '/portfolio/summary/:account_id',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'Summarise the holdings of one of my accounts',
        params: AccountIdParams,
        response: { 200: PortfolioSummary },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const account = await fetchOwnAccount(request, deps.urls.account, request.params.account_id)
      const { sums, best, worst } = await asPerson(deps.database, personId, async (tx) => ({
        sums: await sumHoldings(tx, personId, account.id),
        ...(await findPerformers(tx, personId, account.id)),
      }))
      return { ...renderSums(sums, account.currency), ...renderPerformers(best, worst) }
    },
  )
}

function renderSums(sums: HoldingSums[], currency: string) {
  const own = sums.find((one) => one.currency === currency)
  const { valueMinor, investedMinor } = own ?? { valueMinor: 0n, investedMinor: 0n }
  return {
    total_portfolio_value: toWireTotal(valueMinor, currency as CurrencyCode),
    total_invested: toWireTotal(investedMinor, currency as CurrencyCode),
    total_gain_loss: toWireTotal(valueMinor - investedMinor, currency as CurrencyCode),
    total_return_pct: computeReturnPercent(investedMinor, valueMinor),
    total_holdings: sums.reduce((total, { count }) => total + count, 0),
    currency,
    other_currencies: sums
      .filter((one) => one !== own)
      .map((other) => ({
        currency: other.currency,
        value: toWireTotal(other.valueMinor, other.currency as CurrencyCode),
        invested: toWireTotal(other.investedMinor, other.currency as CurrencyCode),
        gain_loss: toWireTotal(other.valueMinor - other.investedMinor, other.currency as CurrencyCode),
      })),
  }
}

function renderPerformers(best: HoldingRow | undefined, worst: HoldingRow | undefined) {
  const render = (row: HoldingRow | undefined) =>
    row ? { ticker: row.ticker, gain_loss_pct: gainPercentOf(row) } : null
  return { best_performer: render(best), worst_performer: render(worst) }
}
