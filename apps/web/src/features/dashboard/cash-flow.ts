// Adds up what came in and went out; knows nothing of the screen.
import { sumMoney } from '../../ui/format-money.ts'
import type { Transaction } from '../transactions/get-transactions.ts'

export interface CashFlow {
  moneyIn: number
  moneyOut: number
  /** What went out, by category, the largest first. */
  byCategory: { name: string; value: number }[]
}

/**
 * The cash flow of the own accounts in one currency. Transfers between two of one's own accounts, exchanges and opening
 * balances are no flow: nothing came from outside and nothing went there. What was taken back, and what took it back, came
 * to nothing together.
 */
export function computeCashFlow(
  transactions: readonly Transaction[],
  ownCurrencies: ReadonlyMap<string, string>,
  currency: string,
): CashFlow {
  const moneyIn: number[] = []
  const moneyOut: number[] = []
  const categories = new Map<string, number[]>()
  for (const transaction of transactions) {
    const flow = flowOf(transaction, ownCurrencies, currency)
    if (flow > 0) moneyIn.push(flow)
    if (flow < 0) {
      moneyOut.push(-flow)
      const name = transaction.category || 'Everything else'
      categories.set(name, [...(categories.get(name) ?? []), -flow])
    }
  }
  return {
    moneyIn: sumMoney(moneyIn, currency),
    moneyOut: sumMoney(moneyOut, currency),
    byCategory: [...categories]
      .map(([name, amounts]) => ({ name, value: sumMoney(amounts, currency) }))
      .sort((a, b) => b.value - a.value),
  }
}

/** Above zero in, below out. */
function flowOf(
  transaction: Transaction,
  ownCurrencies: ReadonlyMap<string, string>,
  currency: string,
): number {
  const { type, amount, account_id: from, to_account: to, reversed_by: reversedBy, legs } = transaction
  if (type === 'opening' || type === 'exchange' || type === 'reversal' || reversedBy) return 0
  const isMine = (id: string | null): boolean => id !== null && ownCurrencies.get(id) === currency
  if (type === 'journal') {
    const own = (legs ?? []).filter((leg) => isMine(leg.account_id))
    return sumMoney(
      own.map((leg) => leg.amount),
      currency,
    )
  }
  if (type === 'deposit') return isMine(from) ? amount : 0
  if (type === 'withdrawal') return isMine(from) ? -amount : 0
  if (isMine(from) === isMine(to)) return 0
  return isMine(to) ? amount : -amount
}

/** The first few categories, and the rest as one. */
export function topCategories(
  flow: CashFlow,
  count: number,
  currency: string,
): { name: string; value: number }[] {
  if (flow.byCategory.length <= count) return flow.byCategory
  const first = flow.byCategory.slice(0, count - 1)
  const rest = flow.byCategory.slice(count - 1).map((category) => category.value)
  return [...first, { name: 'All others', value: sumMoney(rest, currency) }]
}
