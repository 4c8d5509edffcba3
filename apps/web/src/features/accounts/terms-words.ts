// Terms of an account in words, as one would say them.
import { formatMoney } from '../../ui/format-money.ts'
import { assetClassLabel } from '../portfolio/asset-classes.ts'
import { isDebt } from './account-words.ts'
import type { Terms } from './get-terms.ts'

export const interestPeriods = [
  { value: 'daily', label: 'Every day' },
  { value: 'monthly', label: 'Every month' },
  { value: 'quarterly', label: 'Every quarter' },
  { value: 'yearly', label: 'Every year' },
] as const

/** Whether an account of that type can have terms at all. */
export function hasTerms(type: string): boolean {
  return ['savings', 'current', 'credit', 'loan', 'portfolio'].includes(type)
}

/** Whether it may be overdrawn. */
export function mayOwe(type: string): boolean {
  return isDebt(type) || type === 'current'
}

/** `7.1 % a year, added every quarter` · `12 % APR on ₹1,00,000.00, ₹8,884.88 a month for 12 months` · `Funds` */
export function termsSentence(terms: Terms, type: string, currency: string): string {
  if (terms.asset_class !== null) return assetClassLabel(terms.asset_class)
  if (terms.apr !== null && terms.principal !== null) {
    const paid = [
      terms.instalment !== null && `${formatMoney(terms.instalment, currency)} a month`,
      terms.term_months !== null && `for ${monthsInWords(terms.term_months)}`,
    ].filter(Boolean)
    return `${percent(terms.apr)} APR on ${formatMoney(terms.principal, currency)}, ${paid.join(' ')}`
  }
  if (terms.interest_rate === null) return 'No interest'
  const period = interestPeriods.find(({ value }) => value === terms.interest_period)?.label.toLowerCase()
  return `${percent(terms.interest_rate)} a year, ${type === 'credit' ? 'charged' : 'added'} ${period}`
}

/** A decimal text as it is read: `7.10` → `7.1 %`, with a true minus sign. */
export function percent(text: string): string {
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return `${trimmed.replace('-', '−')}\u202f%`
}

/** `2 years 6 months` */
export function monthsInWords(months: number): string {
  const years = Math.floor(months / 12)
  const rest = months % 12
  return [years > 0 && counted(years, 'year'), (rest > 0 || years === 0) && counted(rest, 'month')]
    .filter(Boolean)
    .join(' ')
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
