// What an amount to simulate may be.
import type { CurrencyCode } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { readScenario } from '../../src/rules/read-scenario.ts'

const read = (kind: 'withdrawal' | 'deposit' | 'rate_change', input: number | string, currency = 'INR') =>
  readScenario(kind, input, currency as CurrencyCode, 'en-IN')

describe('the amount of a simulation', () => {
  it.each<['withdrawal' | 'deposit' | 'rate_change', number | string, string, string]>([
    ['withdrawal', 1234.5, 'INR', '1234.50'],
    ['deposit', '0.01', 'INR', '0.01'],
    ['deposit', 500, 'JPY', '500'],
    ['rate_change', 7.5, 'INR', '7.5'],
    ['rate_change', '-0.000001', 'INR', '-0.000001'],
    ['rate_change', 0, 'JPY', '0'],
  ])('%s of %s %s is taken exactly', (kind, input, currency, amount) => {
    expect(read(kind, input, currency)).toMatchObject({ amount })
  })

  it.each<['withdrawal' | 'deposit' | 'rate_change', number | string, string, string]>([
    ['withdrawal', 0, 'INR', 'The amount must be above zero.'],
    ['deposit', -1, 'INR', 'The amount must be above zero.'],
    ['deposit', 1.001, 'INR', 'An amount in INR has at most 2 decimal digits.'],
    ['deposit', 1.5, 'JPY', 'An amount in JPY has at most 0 decimal digits.'],
    ['deposit', 'ten', 'INR', 'The amount must be a number such as 1234.50.'],
    ['deposit', 1e16, 'INR', 'An amount may be at most ₹99,99,99,99,99,999.99.'],
    ['rate_change', 1e-7, 'INR', 'A percentage has at most 6 decimal digits.'],
    ['rate_change', 1e6, 'INR', 'A percentage must be below 1,000,000.'],
    ['rate_change', '7%', 'INR', 'The percentage must be a number such as 7.5.'],
  ])('%s of %s %s is refused', (kind, input, currency, detail) => {
    expect(read(kind, input, currency)).toEqual({ refused: 'invalid_amount', detail })
  })
})
