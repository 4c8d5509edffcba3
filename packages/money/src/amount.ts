// Amounts: from what a person or a program wrote to exact integer minor units, and back to the wire.

import { type CurrencyCode, minorDigits } from './currency.ts'

/** The largest magnitude an amount may have. Fifteen digits, so that its JSON number is always exact. */
export const MAX_AMOUNT_MINOR: bigint = 10n ** 15n - 1n

const MAX_AMOUNT_DIGITS = 15

export type ParsedAmount =
  | { ok: true; amountMinor: bigint }
  | { ok: false; reason: 'not_a_number' | 'too_many_digits' | 'out_of_range' }

/**
 * Reads an amount in major units, by its decimal text: `12.5` and `"12.50"` of INR are 1250n.
 * A string is an optional sign, digits and an optional fraction; a number is taken by its shortest decimal text.
 */
export function parseAmount(input: number | string, currency: CurrencyCode): ParsedAmount {
  const decimal = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(typeof input === 'number' ? plainDecimal(input) : input)
  if (!decimal) return { ok: false, reason: 'not_a_number' }
  const [, sign, whole = '', fraction = ''] = decimal

  const digits = requireMinorDigits(currency)
  if (fraction.length > digits) return { ok: false, reason: 'too_many_digits' }

  // The length is looked at before the number is made: reading a million digits would itself take too long.
  const magnitude = (whole + fraction.padEnd(digits, '0')).replace(/^0+(?=\d)/, '')
  if (magnitude.length > MAX_AMOUNT_DIGITS) return { ok: false, reason: 'out_of_range' }

  const unsigned = BigInt(magnitude)
  return { ok: true, amountMinor: sign === '-' ? -unsigned : unsigned }
}

/** The amount as a JSON number in major units, exact. Throws a RangeError beyond `MAX_AMOUNT_MINOR`. */
export function toWireAmount(amountMinor: bigint, currency: CurrencyCode): number {
  if (amountMinor > MAX_AMOUNT_MINOR || amountMinor < -MAX_AMOUNT_MINOR) {
    throw new RangeError(`The amount ${amountMinor} is beyond ${MAX_AMOUNT_MINOR} minor units`)
  }
  return Number(formatDecimal(amountMinor, currency))
}

/** Plain decimal text in major units: `-1234.50`. */
export function formatDecimal(amountMinor: bigint, currency: CurrencyCode): string {
  const digits = requireMinorDigits(currency)
  const sign = amountMinor < 0n ? '-' : ''
  const magnitude = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + magnitude
  return `${sign}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`
}

/** The amount as people of the locale write it: `₹1,23,456.50`. Exact: the digits never pass through a float. */
export function formatMoney(amountMinor: bigint, currency: CurrencyCode, locale: string): string {
  const digits = requireMinorDigits(currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(formatDecimal(amountMinor, currency) as Intl.StringNumericLiteral)
}

/** A number's shortest decimal text without an exponent: `1e-7` is `0.0000001`. NaN and infinities stay as words. */
function plainDecimal(value: number): string {
  const text = String(value)
  const scientific = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!scientific) return text
  const [, sign, lead = '', fraction = '', exponentText] = scientific
  const digits = lead + fraction
  const pointAt = 1 + Number(exponentText)
  if (pointAt <= 0) return `${sign}0.${'0'.repeat(-pointAt)}${digits}`
  if (pointAt >= digits.length) return sign + digits.padEnd(pointAt, '0')
  return `${sign}${digits.slice(0, pointAt)}.${digits.slice(pointAt)}`
}

function requireMinorDigits(currency: CurrencyCode): number {
  const digits: number | undefined = minorDigits(currency as string)
  if (digits === undefined) throw new RangeError(`Unknown currency ${currency}`)
  return digits
}
