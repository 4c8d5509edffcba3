// What a person has in all: cash and holdings, in the default currency, with every other currency told apart.

export interface Sums {
  currency: string
  valueMinor: bigint
  investedMinor: bigint
}

export interface CurrencyTotal {
  currency: string
  cashMinor: bigint
  holdingsMinor: bigint
  investedMinor: bigint
  netWorthMinor: bigint
}

/** The default currency comes first, whether there is anything in it or not; the others follow by code. Money owed is cash below zero. */
export function computeTotals(
  cash: readonly { currency: string; balanceMinor: bigint }[],
  holdings: readonly Sums[],
  defaultCurrency: string,
): [CurrencyTotal, ...CurrencyTotal[]] {
  const totalOf = (currency: string): CurrencyTotal => {
    const own = cash.filter((account) => account.currency === currency)
    const held = holdings.filter((sums) => sums.currency === currency)
    const cashMinor = sum(own.map(({ balanceMinor }) => balanceMinor))
    const holdingsMinor = sum(held.map(({ valueMinor }) => valueMinor))
    const investedMinor = sum(held.map(({ investedMinor }) => investedMinor))
    return { currency, cashMinor, holdingsMinor, investedMinor, netWorthMinor: cashMinor + holdingsMinor }
  }
  const others = new Set([...cash, ...holdings].map(({ currency }) => currency))
  others.delete(defaultCurrency)
  return [totalOf(defaultCurrency), ...[...others].sort().map(totalOf)]
}

const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
