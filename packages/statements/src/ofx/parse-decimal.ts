// OFX numbers: exact decimal text, and from there to minor units of a currency.

import { type CurrencyCode, divideRound, MAX_AMOUNT_MINOR, minorDigits } from '@fintwin/money'

const MAX_DIGITS = 60

/**
 * Plain decimal text without leading or trailing zeros (`-12.5`), or undefined. OFX allows a point or a comma before the
 * fraction. Grouping is against OFX and taken only where it cannot be mistaken: both separators, the last one once.
 */
export function parseOfxDecimal(text: string): string | undefined {
  if (text.length > MAX_DIGITS) return undefined
  const plain = /^([+-]?)\s*(\d*)(?:[.,](\d*))?$/.exec(text)
  const match =
    plain ??
    /^([+-]?)\s*(\d{1,3}(?:,\d{2,3})*,\d{3})\.(\d+)$/.exec(text) ??
    /^([+-]?)\s*(\d{1,3}(?:\.\d{3})+),(\d+)$/.exec(text)
  if (!match) return undefined
  const whole = (match[2] as string).replace(/[.,]/g, '')
  const fraction = match[3] ?? ''
  if (whole + fraction === '') return undefined

  const shortWhole = whole.replace(/^0+/, '') || '0'
  const shortFraction = fraction.replace(/0+$/, '')
  const unsigned = shortFraction ? `${shortWhole}.${shortFraction}` : shortWhole
  return match[1] === '-' && unsigned !== '0' ? `-${unsigned}` : unsigned
}

export type MinorUnits = { ok: true; amountMinor: bigint; exact: boolean } | { ok: false }

/** `decimal × rate` in minor units, rounded half to even; `exact` when nothing was rounded. Not ok beyond money's limit. */
export function toMinorUnits(decimal: string, currency: CurrencyCode, rate = '1'): MinorUnits {
  const amount = toFraction(decimal)
  const factor = toFraction(rate)
  const numerator = amount.numerator * factor.numerator * 10n ** BigInt(minorDigits(currency))
  const denominator = amount.denominator * factor.denominator
  const amountMinor = divideRound(numerator, denominator)
  if (amountMinor > MAX_AMOUNT_MINOR || amountMinor < -MAX_AMOUNT_MINOR) return { ok: false }
  return { ok: true, amountMinor, exact: amountMinor * denominator === numerator }
}

function toFraction(decimal: string): { numerator: bigint; denominator: bigint } {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) }
}
