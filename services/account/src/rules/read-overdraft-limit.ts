// Overdraft limits: only money that is borrowed may go below zero.
import type { Refusal } from '@fintwin/contracts'
import { type CurrencyCode, parseAmount } from '@fintwin/money'

/** Whether an account of that type may have a limit above zero. */
export function mayOwe(type: string): boolean {
  return type === 'credit' || type === 'loan' || type === 'current'
}

/** The limit in minor units, if an account of that type can have it. */
export function readOverdraftLimit(
  given: number | string,
  { type, currency }: { type: string; currency: CurrencyCode },
): bigint | Refusal {
  const limit = parseAmount(given, currency)
  if (!limit.ok || limit.amountMinor < 0n) {
    return {
      refused: 'invalid_amount',
      detail: 'The overdraft limit must be a number such as 50000, zero or above.',
    }
  }
  if (limit.amountMinor > 0n && !mayOwe(type)) {
    return {
      refused: 'invalid_amount',
      detail: 'Only a current account, a card or a loan can have an overdraft limit.',
    }
  }
  return limit.amountMinor
}
