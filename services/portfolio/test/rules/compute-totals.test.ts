// What a person has in all: currencies are never added to one another, and money owed counts.
import { expect, it } from 'vitest'
import { computeTotals } from '../../src/rules/compute-totals.ts'

it('adds up each currency, the default one first', () => {
  const cash = [
    { currency: 'INR', balanceMinor: 1_000n },
    { currency: 'INR', balanceMinor: -4_000n },
    { currency: 'USD', balanceMinor: 70n },
  ]
  const held = [
    { currency: 'INR', valueMinor: 500n, investedMinor: 400n },
    { currency: 'EUR', valueMinor: 9n, investedMinor: 10n },
  ]
  expect(computeTotals(cash, held, 'INR')).toEqual([
    { currency: 'INR', cashMinor: -3_000n, holdingsMinor: 500n, investedMinor: 400n, netWorthMinor: -2_500n },
    { currency: 'EUR', cashMinor: 0n, holdingsMinor: 9n, investedMinor: 10n, netWorthMinor: 9n },
    { currency: 'USD', cashMinor: 70n, holdingsMinor: 0n, investedMinor: 0n, netWorthMinor: 70n },
  ])
})

it('has the default currency even where there is nothing', () => {
  expect(computeTotals([], [], 'INR')).toEqual([
    { currency: 'INR', cashMinor: 0n, holdingsMinor: 0n, investedMinor: 0n, netWorthMinor: 0n },
  ])
})
