// The rate of an exchange, from the two amounts.
import { type CurrencyCode, minorDigits } from '@fintwin/money'

export interface ExchangedAmount {
  /** Above zero, in minor units. */
  amountMinor: bigint
  currency: CurrencyCode
}

const DIGITS = 12

/**
 * Units of the bought currency for one of the sold, as decimal text, rounded half up: twelve places, and as many more as a small rate needs to
 * have twelve digits that count.
 */
export function computeRate(sold: ExchangedAmount, bought: ExchangedAmount): string {
  const numerator = bought.amountMinor * 10n ** BigInt(minorDigits(sold.currency))
  const denominator = sold.amountMinor * 10n ** BigInt(minorDigits(bought.currency))
  let places = DIGITS
  while (numerator * 10n ** BigInt(places) < denominator * 10n ** BigInt(DIGITS - 1)) places += 1
  const scaled = (2n * numerator * 10n ** BigInt(places) + denominator) / (2n * denominator)
  const text = scaled.toString().padStart(places + 1, '0')
  return `${text.slice(0, -places)}.${text.slice(-places)}`
}
