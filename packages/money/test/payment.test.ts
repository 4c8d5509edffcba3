// Amounts that may be paid, and one sentence for each that may not.
import { expect, it } from 'vitest'
import { type CurrencyCode, readPayment } from '../src/index.ts'

const inr = 'INR' as CurrencyCode

it.each([
  ['1234.5', { ok: true, amountMinor: 123_450n }],
  [0, { ok: false, detail: 'The amount must be above zero.' }],
  [-1, { ok: false, detail: 'The amount must be above zero.' }],
  ['0.001', { ok: false, detail: 'An amount in INR has at most 2 decimal digits.' }],
  ['ten', { ok: false, detail: 'The amount must be a number such as 1234.50.' }],
  ['10000000000000', { ok: false, detail: 'An amount may be at most ₹99,99,99,99,99,999.99.' }],
])('reads %j', (input, expected) => {
  expect(readPayment(input, inr, 'en-IN')).toEqual(expected)
})
