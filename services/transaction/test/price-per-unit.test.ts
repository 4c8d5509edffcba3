// Bonds in percent, everything else as quoted.
import type { CurrencyCode } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { pricePerUnit } from '../src/rules/price-per-unit.ts'

const usd = 'USD' as CurrencyCode

describe('pricePerUnit', () => {
  it.each([
    [{ quantity: '10', unitPrice: '12.5', marketValueMinor: 12_500n }, '12.5'],
    [{ quantity: '25000', unitPrice: '101.375', marketValueMinor: 2_534_375n }, '1.01375'],
    [{ quantity: '1000', unitPrice: '9.5', marketValueMinor: 9_500n }, '0.095'],
    [{ quantity: '3', unitPrice: '7' }, '7'],
    [{ quantity: '3', unitPrice: '7.1', marketValueMinor: 2_129n }, '7.1'],
  ])('of %o is %s', (holding, expected) => {
    expect(pricePerUnit(holding, usd)).toBe(expected)
  })
})
