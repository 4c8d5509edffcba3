// What the money package promises: exact amounts, both ways, and nothing accepted that is not one.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CurrencyCode,
  divideRound,
  formatDecimal,
  formatMoney,
  isCurrency,
  MAX_AMOUNT_MINOR,
  minorDigits,
  multiplyRatio,
  parseAmount,
  toWireAmount,
} from '../src/index.ts'

const currency = (code: string): CurrencyCode => {
  if (!isCurrency(code)) throw new Error(`${code} is not a currency`)
  return code
}
const anyCurrency = fc.constantFrom('INR', 'USD', 'JPY', 'KRW', 'KWD', 'TND', 'CLF').map(currency)
const anyAmountMinor = fc.bigInt({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR })

describe('currencies', () => {
  it.each([
    ['INR', 2],
    ['USD', 2],
    ['HUF', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['VND', 0],
    ['CLP', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['OMR', 3],
    ['JOD', 3],
    ['TND', 3],
    ['IQD', 3],
    ['LYD', 3],
    ['CLF', 4],
    ['XAU', undefined],
    ['inr', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ])('%s has %s minor digits', (code, digits) => {
    expect(minorDigits(code)).toBe(digits)
    expect(isCurrency(code)).toBe(digits !== undefined)
  })
})

describe('parseAmount', () => {
  it.each<[number | string, string, bigint | string]>([
    [0, 'INR', 0n],
    [-0, 'INR', 0n],
    [1234.5, 'INR', 123450n],
    [0.1 + 0.2, 'INR', 'too_many_digits'],
    [0.07, 'USD', 7n],
    [1.1, 'USD', 110n],
    [-0.01, 'USD', -1n],
    [12, 'JPY', 12n],
    [12.5, 'JPY', 'too_many_digits'],
    [1.234, 'KWD', 1234n],
    [1.234, 'INR', 'too_many_digits'],
    [1e-7, 'INR', 'too_many_digits'],
    [1.5e-7, 'INR', 'too_many_digits'],
    [5e-324, 'INR', 'too_many_digits'],
    [1e21, 'INR', 'out_of_range'],
    [1.5e300, 'INR', 'out_of_range'],
    [9_999_999_999_999.99, 'INR', MAX_AMOUNT_MINOR],
    [10_000_000_000_000, 'INR', 'out_of_range'],
    [Number.NaN, 'INR', 'not_a_number'],
    [Number.POSITIVE_INFINITY, 'INR', 'not_a_number'],
    ['12.50', 'INR', 1250n],
    ['+12.5', 'INR', 1250n],
    ['-12', 'INR', -1200n],
    ['007.10', 'INR', 710n],
    ['00000000000000000000.01', 'INR', 1n],
    ['12.500', 'INR', 'too_many_digits'],
    ['9'.repeat(100_000), 'INR', 'out_of_range'],
    ['', 'INR', 'not_a_number'],
    ['.5', 'INR', 'not_a_number'],
    ['5.', 'INR', 'not_a_number'],
    ['1e3', 'INR', 'not_a_number'],
    ['1,000', 'INR', 'not_a_number'],
    [' 1', 'INR', 'not_a_number'],
    ['1\n', 'INR', 'not_a_number'],
    ['--1', 'INR', 'not_a_number'],
    ['0x10', 'INR', 'not_a_number'],
    ['१२', 'INR', 'not_a_number'],
  ])('%s %s', (input, code, expected) => {
    expect(parseAmount(input, currency(code))).toEqual(
      typeof expected === 'bigint' ? { ok: true, amountMinor: expected } : { ok: false, reason: expected },
    )
  })
})

describe('round trips', () => {
  it('keeps every amount through its decimal text', () => {
    fc.assert(
      fc.property(anyAmountMinor, anyCurrency, (amountMinor, code) => {
        expect(parseAmount(formatDecimal(amountMinor, code), code)).toEqual({ ok: true, amountMinor })
      }),
    )
  })

  it('keeps every amount through a JSON number', () => {
    fc.assert(
      fc.property(anyAmountMinor, anyCurrency, (amountMinor, code) => {
        const received = JSON.parse(JSON.stringify(toWireAmount(amountMinor, code))) as number
        expect(parseAmount(received, code)).toEqual({ ok: true, amountMinor })
      }),
    )
  })

  it('answers any number and any text, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.string(), fc.float()), anyCurrency, (input, code) => {
        const parsed = parseAmount(input, code)
        if (parsed.ok) expect(Number(formatDecimal(parsed.amountMinor, code))).toBe(Number(input) + 0)
      }),
    )
  })
})

describe('output', () => {
  it.each<[bigint, string, string]>([
    [-123450n, 'INR', '-1234.50'],
    [5n, 'INR', '0.05'],
    [-5n, 'INR', '-0.05'],
    [0n, 'INR', '0.00'],
    [1234n, 'JPY', '1234'],
    [1234n, 'KWD', '1.234'],
  ])('formatDecimal %s %s', (amountMinor, code, text) => {
    expect(formatDecimal(amountMinor, currency(code))).toBe(text)
  })

  it('writes money as the locale does, with every digit', () => {
    expect(formatMoney(12345650n, currency('INR'), 'en-IN')).toBe('₹1,23,456.50')
    expect(formatMoney(1234n, currency('JPY'), 'en-US')).toBe('¥1,234')
    expect(formatMoney(-99_999_999_999_999_999_999n, currency('USD'), 'en-US')).toBe(
      '-$999,999,999,999,999,999.99',
    )
  })

  it('refuses to put on the wire what a JSON number may not hold', () => {
    expect(() => toWireAmount(MAX_AMOUNT_MINOR + 1n, currency('INR'))).toThrow(RangeError)
    expect(() => toWireAmount(-MAX_AMOUNT_MINOR - 1n, currency('INR'))).toThrow(RangeError)
  })
})

describe('ratios round half to even', () => {
  it.each<[bigint, bigint, bigint]>([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [5n, 2n, 2n],
    [-1n, 2n, 0n],
    [-3n, 2n, -2n],
    [3n, -2n, -2n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
    [-8n, 3n, -3n],
  ])('%s / %s = %s', (numerator, denominator, expected) => {
    expect(divideRound(numerator, denominator)).toBe(expected)
  })

  it('is never off by more than half', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.bigInt().filter((d) => d !== 0n),
        (numerator, denominator) => {
          const error = (divideRound(numerator, denominator) * denominator - numerator) * 2n
          const size = denominator < 0n ? -denominator : denominator
          expect(error <= size && error >= -size).toBe(true)
        },
      ),
    )
  })

  it('takes a percentage', () => {
    expect(multiplyRatio(10_001n, 75n, 1000n)).toBe(750n)
    expect(() => multiplyRatio(1n, 1n, 0n)).toThrow(RangeError)
  })
})
