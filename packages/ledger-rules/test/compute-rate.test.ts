// Rates of exchanges, as a table and as a property.
import type { CurrencyCode } from '@fintwin/money'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeRate } from '../src/index.ts'

const amount = (amountMinor: bigint, currency: string) => ({
  amountMinor,
  currency: currency as CurrencyCode,
})

it.each<[string, bigint, string, bigint, string, string]>([
  // what                          sold                      bought                  rate
  ['rupees for dollars', 8_300_000n, 'INR', 100_000n, 'USD', '0.0120481927711'],
  ['dollars for rupees', 100_000n, 'USD', 8_300_000n, 'INR', '83.000000000000'],
  ['yen, which have no minor digits', 1_500n, 'JPY', 1_000n, 'USD', '0.00666666666667'],
  ['dinars, which have three', 1_000n, 'KWD', 27_250n, 'INR', '272.500000000000'],
  ['one for one', 1n, 'USD', 1n, 'EUR', '1.000000000000'],
  ['very much for very little', 999_999_999_999_999n, 'IDR', 1n, 'USD', '0.00000000000000100000000000'],
  ['very little for very much', 1n, 'KWD', 999_999_999_999_999n, 'JPY', '999999999999999000.000000000000'],
])('%s', (_what, soldMinor, sold, boughtMinor, bought, rate) => {
  expect(computeRate(amount(soldMinor, sold), amount(boughtMinor, bought))).toBe(rate)
})

it('is above zero, and gives the bought amount back to the minor unit', () => {
  const minor = fc.bigInt({ min: 1n, max: 10n ** 11n })
  fc.assert(
    fc.property(minor, minor, (soldMinor, boughtMinor) => {
      const rate = computeRate(amount(soldMinor, 'INR'), amount(boughtMinor, 'USD'))
      expect(Number(rate)).toBeGreaterThan(0)
      const [whole = '', fraction = ''] = rate.split('.')
      const scale = 10n ** BigInt(fraction.length)
      const product = soldMinor * BigInt(whole + fraction)
      expect((2n * product + scale) / (2n * scale)).toBe(boughtMinor)
    }),
  )
})
