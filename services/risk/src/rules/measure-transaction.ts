// How much a transaction moved in one account, as scores count it.
import type { Transaction } from '@fintwin/contracts'
import { type CurrencyCode, parseAmount } from '@fintwin/money'

/**
 * Above zero, in the account's minor units. An exchange moved another amount where the money arrived than where it left, and a journal one of
 * its own in each account.
 */
export function measureMinor(transaction: Transaction, accountId: string): bigint {
  const { amount, currency } = readAmount(transaction, accountId)
  const parsed = parseAmount(amount, currency as CurrencyCode)
  if (!parsed.ok) throw new Error(`The transaction service answered an amount of ${amount} ${currency}`)
  return parsed.amountMinor < 0n ? -parsed.amountMinor : parsed.amountMinor
}

/** What was taken back and what took it back moved nothing together: neither of them is a payment that a score should count. */
export function isTakenBack({ type, reversed_by }: Transaction): boolean {
  return type === 'reversal' || reversed_by !== undefined
}

function readAmount(transaction: Transaction, accountId: string): { amount: number; currency: string } {
  const { amount, currency, to_account, to_amount, to_currency, legs } = transaction
  const leg = legs?.find(({ account_id }) => account_id === accountId)
  if (leg) return leg
  if (to_account === accountId && to_amount !== undefined && to_currency !== undefined)
    return { amount: to_amount, currency: to_currency }
  return { amount, currency }
}
