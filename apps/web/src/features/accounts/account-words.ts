// How the kinds of accounts are called and grouped.
import type { Account } from './get-accounts.ts'

export const accountTypes = [
  { value: 'savings', label: 'Savings' },
  { value: 'current', label: 'Current' },
  { value: 'cash', label: 'Cash' },
  { value: 'credit', label: 'Credit card' },
  { value: 'loan', label: 'Loan' },
  { value: 'portfolio', label: 'Portfolio' },
] as const

export const currencies = ['INR', 'USD', 'EUR', 'GBP', 'AED', 'SGD', 'JPY', 'AUD', 'CAD', 'CHF'] as const

export function accountTypeLabel(type: string): string {
  const known = accountTypes.find((one) => one.value === type)
  return known?.label ?? type.charAt(0).toUpperCase() + type.slice(1)
}

/** Accounts whose balance is what one owes: below zero is their ordinary state. */
export function isDebt(type: string): boolean {
  return type === 'credit' || type === 'loan'
}

export type AccountGroup = 'Cash and savings' | 'Cards and loans' | 'Investments' | 'Closed'

export function groupOf({ type, status }: Account): AccountGroup {
  if (status === 'closed') return 'Closed'
  if (isDebt(type)) return 'Cards and loans'
  return type === 'portfolio' || type === 'investment' ? 'Investments' : 'Cash and savings'
}
