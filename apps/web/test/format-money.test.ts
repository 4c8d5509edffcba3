// What amounts look like, and what a typed one is read as.
import { expect, test } from 'vitest'
import {
  differenceOf,
  formatFigure,
  formatMoney,
  formatShortMoney,
  formatSignedMoney,
  formatSignedPercent,
  readAmount,
  splitMoney,
  sumMoney,
} from '../src/ui/format-money.ts'

test('groups rupees by lakh and crore, with a true minus', () => {
  expect(formatMoney(123456.5)).toBe('₹1,23,456.50')
  expect(formatMoney(-41205.1)).toBe('−₹41,205.10')
  expect(formatMoney(10_000_000)).toBe('₹1,00,00,000.00')
})

test('gives each currency its own digits', () => {
  expect(formatMoney(1234.5, 'USD')).toBe('$1,234.50')
  expect(formatMoney(1234, 'JPY')).toBe('JP¥1,234')
  expect(formatMoney(5, 'AUD')).toBe('A$5.00')
  expect(formatMoney(1.2345, 'KWD')).toContain('1.23')
})

test('signs what came in and what went out, but not zero', () => {
  expect(formatSignedMoney(5)).toBe('+₹5.00')
  expect(formatSignedMoney(-5)).toBe('−₹5.00')
  expect(formatSignedMoney(0)).toBe('₹0.00')
})

test('splits an amount so that its parts can be set apart, and loses nothing', () => {
  const parts = splitMoney(-1234567.89)
  expect(parts.map((part) => part.kind)).toEqual(['sign', 'symbol', 'whole', 'fraction'])
  expect(parts.map((part) => part.text).join('')).toBe('−₹12,34,567.89')
})

test.each([
  [0, '₹0'],
  [950, '₹950'],
  [40_000, '₹40k'],
  [150_000, '₹1.5\u202fL'],
  [-22_500_000, '−₹2.25\u202fCr'],
])('shortens %d for an axis', (value, text) => {
  expect(formatShortMoney(value)).toBe(text)
})

test('shortens other currencies by thousands and millions', () => {
  expect(formatShortMoney(1_500_000, 'USD')).toBe('$1.5M')
})

test('signs percentages', () => {
  expect(formatSignedPercent(3.456)).toBe('+3.46\u202f%')
  expect(formatSignedPercent(-8)).toBe('−8\u202f%')
})

test.each([
  ['1,23,456.50', '123456.50'],
  [' ₹ 500 ', '500'],
  ['−8', '-8'],
  ['007', '7'],
  ['0.50', '0.50'],
  ['１２', '12'],
])('reads “%s”', (typed, read) => {
  expect(readAmount(typed)).toBe(read)
})

test.each(['', 'twelve', '1.2.3', '12,4x', '.', '5.', '1e5'])('does not read “%s”', (typed) => {
  expect(readAmount(typed)).toBeNull()
})

test('reads back what it wrote into a field', () => {
  expect(readAmount(formatFigure(130000))).toBe('130000')
  expect(readAmount(formatFigure(-2.5))).toBe('-2.5')
})

test('adds in minor units, where floats would not', () => {
  expect(0.1 + 0.2).not.toBe(0.3)
  expect(sumMoney([0.1, 0.2])).toBe(0.3)
  expect(differenceOf(1.1, 1)).toBe(0.1)
  expect(sumMoney([1, 2], 'JPY')).toBe(3)
})
