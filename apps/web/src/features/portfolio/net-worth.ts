// What a person has, currency by currency: money of two currencies is never added.
import type { Portfolio } from './get-portfolio.ts'

export interface NetWorth {
  currency: string
  netWorth: number
  cash: number
  holdings: number
}

/** Every currency in which there is something, the one that stands for the person first. */
export function netWorths({ accounts, totals }: Portfolio): NetWorth[] {
  const main = {
    currency: totals.currency,
    netWorth: totals.net_worth,
    cash: totals.cash,
    holdings: totals.holdings,
  }
  const others = (totals.other_currencies ?? []).map((other) => ({
    currency: other.currency,
    netWorth: other.net_worth,
    cash: other.cash,
    holdings: other.holdings,
  }))
  const accountsIn = (currency: string) => accounts.filter((account) => account.currency === currency).length
  const filled = others
    .filter((one) => one.cash !== 0 || one.holdings !== 0)
    .sort((a, b) => accountsIn(b.currency) - accountsIn(a.currency) || b.netWorth - a.netWorth)
  const isMainEmpty = main.cash === 0 && main.holdings === 0
  return isMainEmpty && filled.length > 0 ? [...filled, main] : [main, ...filled]
}
