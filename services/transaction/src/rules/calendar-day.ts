// Days of the calendar in a time zone: which day it is there, and when an occurrence's day has begun.
import type { CalendarDate } from '@fintwin/ledger-rules'

/** Whether it is the name of a time zone; an offset such as +05:30 is none, since it follows the clock of no place. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    clockOf(name)
    return true
  } catch {
    return false
  }
}

export const laterDay = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? b : a)

export function dayIn(timeZone: string, instant: Date): CalendarDate {
  return new Date(wallClockMs(timeZone, instant.getTime())).toISOString().slice(0, 10)
}

/**
 * The instant at which an occurrence of that day falls due: when the day has begun in the schedule's time zone, and in UTC, whose days are the
 * ledger's. Before that its effective date would be the day before, or an instant that has not come.
 */
export function dueInstantOf(day: CalendarDate, timeZone: string): Date {
  return new Date(Math.max(startOfDayMs(day, timeZone), effectiveInstantOf(day).getTime()))
}

/** What the ledger keeps for a day without a time: it stays that day wherever it is read. */
export function effectiveInstantOf(day: CalendarDate): Date {
  return new Date(`${day}T00:00:00.000Z`)
}

/** The first instant that is on that day there. Where the clock jumps over midnight, the day begins after the jump. */
function startOfDayMs(day: CalendarDate, timeZone: string): number {
  const midnightMs = Date.parse(`${day}T00:00:00.000Z`)
  const candidates = [-dayMs, 0, dayMs].map((shiftMs) => {
    const atMs = midnightMs + shiftMs
    return midnightMs - (wallClockMs(timeZone, atMs) - atMs)
  })
  const isThere = (instantMs: number): boolean => wallClockMs(timeZone, instantMs) >= midnightMs
  return Math.min(...candidates.filter(isThere))
}

/** What the clocks there show at an instant, as if it were UTC. */
function wallClockMs(timeZone: string, instantMs: number): number {
  const parts = clockOf(timeZone).formatToParts(instantMs)
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** @throws RangeError for an unknown time zone. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  // A name may be spelled in many ways, each of them one more clock.
  if (clocks.size > 500) clocks.clear()
  clocks.set(timeZone, clock)
  return clock
}

const dayMs = 86_400_000
