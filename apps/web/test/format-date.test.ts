// Days in words when they are near, and calendar days that no time zone moves.
import { expect, test } from 'vitest'
import { addMonths, formatAgo, formatDay, parseDay, parseMoment, toDay } from '../src/ui/format-date.ts'

const now = new Date(2026, 10, 24, 15, 0)

test.each([
  [new Date(2026, 10, 24, 0, 1), 'Today'],
  [new Date(2026, 10, 23, 23, 59), 'Yesterday'],
  [new Date(2026, 10, 25, 1, 0), 'Tomorrow'],
  [new Date(2026, 10, 20, 12, 0), 'Friday'],
  [new Date(2026, 9, 3), '3 Oct'],
  [new Date(2024, 9, 3), '3 Oct 2024'],
])('says %s as %s', (at, words) => {
  expect(formatDay(at, now)).toBe(words)
})

test.each([
  [new Date(2026, 10, 24, 14, 59, 30), 'just now'],
  [new Date(2026, 10, 24, 14, 48), '12 min ago'],
  [new Date(2026, 10, 24, 12, 0), '3 h ago'],
  [new Date(2026, 10, 23, 22, 0), 'Yesterday'],
])('says %s as %s', (at, words) => {
  expect(formatAgo(at, now)).toBe(words)
})

test('keeps a calendar day what it is', () => {
  expect(toDay(parseDay('2026-03-01'))).toBe('2026-03-01')
})

test('takes midnight in UTC as a date without a time', () => {
  expect(toDay(parseMoment('2005-10-30T00:00:00.000Z'))).toBe('2005-10-30')
  expect(parseMoment('2005-10-30T12:30:00Z').toISOString()).toBe('2005-10-30T12:30:00.000Z')
})

test('goes a month on without leaving it', () => {
  expect(toDay(addMonths(new Date(2026, 0, 31), 1))).toBe('2026-02-28')
  expect(toDay(addMonths(new Date(2026, 0, 15), -12))).toBe('2025-01-15')
})
