// Amounts within sentences are found, so that they can be blurred; other figures are not.
import { expect, test } from 'vitest'
import { splitProse } from '../src/ui/split-prose.ts'

test.each([
  ['You received ₹1,38,200.00 from Northwind.', ['₹1,38,200.00']],
  ['It would be at −₹41,205.10, not $12.', ['−₹41,205.10', '$12']],
  ['A balance of INR 5,000 and 1,234.50 more.', ['INR 5,000', '1,234.50']],
  ['Three or more in 60 minutes; 45 of 100; 25 %.', []],
])('%s', (sentence, amounts) => {
  const pieces = splitProse(sentence)
  expect(pieces.filter((piece) => piece.amount).map((piece) => piece.text)).toEqual(amounts)
  expect(pieces.map((piece) => piece.text).join('')).toBe(sentence)
})
