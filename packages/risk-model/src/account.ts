// The account that is scored, and how its balance is read: money one has, or money one owes.
import { type CurrencyCode, formatMoney, MAX_AMOUNT_MINOR, minorDigits, parseAmount } from '@fintwin/money'

export interface ScoredAccount {
  /** `savings`, `current`, `credit`, `loan` … */
  type: string
  currency: CurrencyCode
  balanceMinor: bigint
  /** Part of the balance that holds have set aside; none unless told. It is still the account's, and yet cannot be taken out. */
  heldMinor?: bigint
}

/** How the sentences are written and from where a balance is called low. */
export interface ScoringTerms {
  /** Decimal text in major units of the account's own currency. */
  lowBalanceThreshold: string
  locale: string
}

/** The balance of a loan or a card is what is owed: being below zero is its nature and no overdraft. */
export function isDebt({ type }: Pick<ScoredAccount, 'type'>): boolean {
  return type === 'loan' || type === 'credit'
}

/**
 * The threshold in minor units. Digits that the currency does not have are cut off.
 * Throws a RangeError when the text is not an amount.
 */
export function thresholdMinor({ lowBalanceThreshold }: ScoringTerms, currency: CurrencyCode): bigint {
  const [whole = '', fraction = ''] = lowBalanceThreshold.split('.')
  const digits = fraction.slice(0, minorDigits(currency))
  const parsed = parseAmount(digits ? `${whole}.${digits}` : whole, currency)
  if (!parsed.ok) throw new RangeError(`The low-balance threshold "${lowBalanceThreshold}" is not an amount`)
  return parsed.amountMinor
}

/** What a transaction is measured against: the balance, or for a debt what is owed. */
export function measureMinor(account: ScoredAccount): bigint {
  return isDebt(account) ? absolute(account.balanceMinor) : account.balanceMinor
}

export const absolute = (amountMinor: bigint): bigint => (amountMinor < 0n ? -amountMinor : amountMinor)

export const isBeyondRange = (amountMinor: bigint): boolean => absolute(amountMinor) > MAX_AMOUNT_MINOR

export function moneyWriter(currency: CurrencyCode, locale: string): (amountMinor: bigint) => string {
  return (amountMinor) => formatMoney(amountMinor, currency, locale)
}
