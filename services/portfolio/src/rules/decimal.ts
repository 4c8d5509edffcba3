// Exact decimals: quantities and prices, which have more digits than money has.

/** `unscaled` × 10^−`scale`. */
export interface Decimal {
  unscaled: bigint
  scale: number
}

const MAX_WHOLE_DIGITS = 18
const MAX_FRACTION_DIGITS = 18

/** Reads a decimal text, or a number by its shortest one; undefined when it is none, or has more than 18 digits on a side of the point. */
export function readDecimal(input: number | string): Decimal | undefined {
  const text = String(input)
  const parts = text.length <= 60 && /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/.exec(text)
  if (!parts) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts
  const pointAt = whole.length + Number(exponent)
  const digits = pointAt < 0 ? '0'.repeat(-pointAt) + whole + fraction : whole + fraction
  const point = Math.max(0, pointAt)
  const integer = digits.slice(0, point).padEnd(point, '0').replace(/^0+/, '')
  const decimals = digits.slice(point).replace(/0+$/, '')
  if (integer.length > MAX_WHOLE_DIGITS || decimals.length > MAX_FRACTION_DIGITS) return undefined
  const unscaled = BigInt(integer + decimals || '0')
  return { unscaled: sign === '-' ? -unscaled : unscaled, scale: decimals.length }
}

/** Plain decimal text: `12.5`. */
export function formatExact({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : ''
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
