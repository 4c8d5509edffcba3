// A moment is picked to the minute, and all of that minute counts.
import { expect, it } from 'vitest'
import { endOfMinute, momentOf } from '../src/features/accounts/moment.ts'

it('is written as a date-and-time field has it', () => {
  expect(momentOf(new Date(2026, 0, 3, 4, 5, 59))).toBe('2026-01-03T04:05')
})

it('takes in the whole of its minute, by the clock of whoever reads', () => {
  expect(endOfMinute('2026-01-03T04:05')).toBe(new Date(2026, 0, 3, 4, 5, 59, 999).toISOString())
})

it.each(['', 'soon', '1899-12-31T23:59', '2026-13-01T00:00'])('is none for %j', (text) => {
  expect(endOfMinute(text)).toBeUndefined()
})
