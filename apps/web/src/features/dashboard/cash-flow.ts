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
 * The cash flow of the own accounts in one currency. Transfers between two of one's own accounts and opening balances
 * are no flow: nothing came from outside and nothing went there.
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
    const side = sideOf(transaction, ownCurrencies, currency)
    if (side === 'in') moneyIn.push(transaction.amount)
    if (side === 'out') {
      moneyOut.push(transaction.amount)
      const name = transaction.category || 'Everything else'
      categories.set(name, [...(categories.get(name) ?? []), transaction.amount])
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

function sideOf(
  transaction: Transaction,
  ownCurrencies: ReadonlyMap<string, string>,
  currency: string,
): 'in' | 'out' | null {
  const { type, account_id: from, to_account: to } = transaction
  if (type === 'opening') return null
  const isFromMine = ownCurrencies.get(from) === currency
  const isToMine = to !== null && ownCurrencies.get(to) === currency
  if (type === 'deposit') return isFromMine ? 'in' : null
  if (type === 'withdrawal') return isFromMine ? 'out' : null
  if (isFromMine === isToMine) return null
  return isToMine ? 'in' : 'out'
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
