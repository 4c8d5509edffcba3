// Percentages as people and programs write them, exact to six decimals.

/** Percent × 10⁶: 7.5 % is 7_500_000n. */
export type PercentMillionths = bigint

export type ParsedPercent =
  | { ok: true; millionths: PercentMillionths }
  | { ok: false; reason: 'not_a_number' | 'too_many_digits' | 'out_of_range' }

const DECIMALS = 6
const MAX_WHOLE_DIGITS = 6

/** Reads a percentage by its decimal text: at most six decimals, magnitude below 1,000,000. */
export function parsePercent(input: number | string): ParsedPercent {
  const text = String(input)
  if (typeof input === 'number' && /e-/.test(text)) return { ok: false, reason: 'too_many_digits' }
  if (typeof input === 'number' && /e\+/.test(text)) return { ok: false, reason: 'out_of_range' }
  const decimal = /^([+-]?)0*(\d+)(?:\.(\d+))?$/.exec(text)
  if (!decimal) return { ok: false, reason: 'not_a_number' }
  const [, sign, whole = '', fraction = ''] = decimal
  if (fraction.length > DECIMALS) return { ok: false, reason: 'too_many_digits' }
  if (whole.length > MAX_WHOLE_DIGITS) return { ok: false, reason: 'out_of_range' }
  const magnitude = BigInt(whole + fraction.padEnd(DECIMALS, '0'))
  return { ok: true, millionths: sign === '-' ? -magnitude : magnitude }
}

/** Plain decimal text without trailing zeros: `7.5`. */
export function formatPercent(millionths: PercentMillionths): string {
  const sign = millionths < 0n ? '-' : ''
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(DECIMALS + 1, '0')
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -DECIMALS)}${fraction ? `.${fraction}` : ''}`
}
