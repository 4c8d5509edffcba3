// Values and returns: exact, whatever digits a quantity or a price has.
import type { CurrencyCode } from '@fintwin/money'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeGainPercent, computeReturnPercent, computeValueMinor } from '../../src/rules/compute-value.ts'
import { type Decimal, formatExact, readDecimal } from '../../src/rules/decimal.ts'

const decimal = (input: number | string): Decimal => {
  const read = readDecimal(input)
  if (!read) throw new Error(`${input} is no decimal`)
  return read
}

describe('decimals', () => {
  it.each<[number | string, string | undefined]>([
    [10, '10'],
    ['0010.500', '10.5'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [1.5e-7, '0.00000015'],
    [1e17, '100000000000000000'],
    [1e21, undefined],
    ['-3.25', '-3.25'],
    ['0', '0'],
    ['.5', undefined],
    ['1e400', undefined],
    ['', undefined],
    ['1,000', undefined],
    [Number.NaN, undefined],
    ['1'.repeat(19), undefined],
    [`0.${'1'.repeat(19)}`, undefined],
    ['9'.repeat(1_000_000), undefined],
  ])('%s is %s', (input, text) => {
    const read = readDecimal(input)
    expect(read && formatExact(read)).toBe(text)
  })
})

describe('the value of a holding', () => {
  it.each<[number | string, number | string, string, bigint | undefined]>([
    [10, 3500.5, 'INR', 3_500_500n],
    [0.1, 0.2, 'INR', 2n],
    ['0.333333', 1500, 'INR', 50_000n],
    [1, 0.005, 'INR', 0n],
    [1, 0.015, 'INR', 2n],
    [3, '0.3333', 'JPY', 1n],
    [2, '1.2345', 'KWD', 2_469n],
    [-10, 5, 'INR', -5_000n],
    [1e15, 1e15, 'INR', undefined],
  ])('%s at %s %s', (quantity, price, currency, valueMinor) => {
    expect(computeValueMinor(decimal(quantity), decimal(price), currency as CurrencyCode)).toBe(valueMinor)
  })

  it('of whole money is the product, to the last digit', () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 9n })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 100_000n }), minor, (quantity, priceMinor) => {
        const price = { unscaled: priceMinor, scale: 2 }
        const value = computeValueMinor({ unscaled: quantity, scale: 0 }, price, 'INR' as CurrencyCode)
        expect(value).toBe(quantity * priceMinor)
      }),
    )
  })
})

describe('percentages', () => {
  it.each([
    [3500.5, 3600.25, 2.85],
    [100, 50, -50],
    [3, 4, 33.33],
    ['0.0001', '0.0003', 200],
    [0, 5, 0],
  ])('from a price of %s to %s', (buy, current, percent) => {
    expect(computeGainPercent(decimal(buy), decimal(current))).toBe(percent)
  })

  it('of a short position gain when it is worth less', () => {
    expect(computeReturnPercent(-100n, -80n)).toBe(20)
    expect(computeReturnPercent(0n, 80n)).toBe(0)
  })
})
