// When the day of an occurrence begins: there, and in the ledger's own days.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayIn, dueInstantOf, effectiveInstantOf, isTimeZone } from '../../src/rules/calendar-day.ts'

describe('a day falls due', () => {
  it.each([
    // where                   day           when it has begun there and in UTC
    ['UTC', '2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
    ['Pacific/Honolulu', '2026-11-01', '2026-11-01T10:00:00.000Z'],
    // East of UTC the day begins there while the ledger still writes the day before.
    ['Asia/Kolkata', '2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-01', '2026-11-01T00:00:00.000Z'],
    // A clock that jumps over midnight, and one that goes back to it.
    ['America/Santiago', '2025-09-07', '2025-09-07T04:00:00.000Z'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00.000Z'],
  ])('in %s on %s at %s', (timeZone, day, instant) => {
    expect(dueInstantOf(day, timeZone).toISOString()).toBe(instant)
  })

  it('never before it has begun, and on its own day both there and in the ledger', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const days = fc
      .date({ min: new Date('2012-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10))
    fc.assert(
      fc.property(zones, days, (timeZone, day) => {
        const due = dueInstantOf(day, timeZone)
        expect(dayIn(timeZone, due)).toBe(day)
        expect(due >= effectiveInstantOf(day)).toBe(true)
        const isMidnightThere = dayIn(timeZone, new Date(due.getTime() - 1)) < day
        const isMidnightInUtc = due.getTime() === effectiveInstantOf(day).getTime()
        expect(isMidnightThere || isMidnightInUtc).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a time zone', () => {
  it.each([
    ['Asia/Kolkata', true],
    ['UTC', true],
    ['+05:30', false],
    ['Mars/Olympus', false],
    ['', false],
  ])('%s: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected)
  })
})
