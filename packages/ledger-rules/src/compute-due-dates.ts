// The dates of a rule such as "every month on its last day". Calendar arithmetic only, without a clock and without a time zone, so that a twin
// plays the same dates that the ledger's worker posts.

/** A day of the calendar, `YYYY-MM-DD`. */
export type CalendarDate = string

/** What happens to a date that falls on a Saturday or a Sunday. */
export type BusinessDayRule = 'none' | 'following' | 'preceding' | 'modified_following'

export interface RecurrenceRule {
  frequency: 'once' | 'daily' | 'weekly' | 'monthly'
  /** Every so many days, weeks or months: 1 or more. */
  interval: number
  /** Of a monthly rule. In a month that is too short the date falls on its last day, and goes back to its own day in the next. */
  dayOfMonth: number | 'last' | null
  businessDays: BusinessDayRule
  /** No date is before it. Days and weeks are counted from it; months from the first date that the rule has. */
  startOn: CalendarDate
  /** The last day that may still be a date of the rule, before it is moved off a weekend. */
  endOn: CalendarDate | null
  /** How many dates there are in all, the first one included. */
  count: number | null
}

export interface DueDate {
  /** The rule's own date, which stays the name of the occurrence wherever it is moved. */
  date: CalendarDate
  /** The day it falls due on, moved off a weekend as the rule says. */
  dueOn: CalendarDate
}

/** The dates of a rule from a day on, in order; `dueOn` never goes back either. Ends with the rule, or with the year 9999. */
export function* computeDueDates(
  rule: RecurrenceRule,
  from: CalendarDate = rule.startOn,
): Generator<DueDate, void> {
  const series = seriesOf(rule)
  for (let index = series.firstIndexFrom(dayNumber(from)); ; index += 1) {
    const day = series.dayAt(index)
    if (day > series.lastDay || index >= series.length) return
    yield {
      date: calendarDate(day),
      dueOn: calendarDate(moveOffWeekend(day, rule.businessDays)),
    }
  }
}

/** The rule's date of that day; undefined when it has none there. */
export function findDueDate(rule: RecurrenceRule, date: CalendarDate): DueDate | undefined {
  const [found] = computeDueDates(rule, date)
  return found?.date === date ? found : undefined
}

/** Whether it is a day of the calendar, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && calendarDate(time / dayMs) === text
}

/** The day so many days later; earlier for a negative number. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return calendarDate(dayNumber(date) + days)
}

/** A rule as numbered days: days are counted from 1970-01-01, a Thursday. */
interface Series {
  /** The day of the index-th date, were there no end. */
  dayAt(index: number): number
  /** The first index whose day is that day or a later one. */
  firstIndexFrom(day: number): number
  lastDay: number
  /** How many dates there are, were there no last day. */
  length: number
}

function seriesOf(rule: RecurrenceRule): Series {
  const lastDay = Math.min(rule.endOn === null ? lastDayOfAll : dayNumber(rule.endOn), lastDayOfAll)
  const length = rule.frequency === 'once' ? 1 : (rule.count ?? Number.POSITIVE_INFINITY)
  if (rule.frequency === 'monthly') return { ...monthsOf(rule), lastDay, length }
  const start = dayNumber(rule.startOn)
  const step = rule.frequency === 'weekly' ? 7 * rule.interval : rule.interval
  return {
    dayAt: (index) => start + index * step,
    firstIndexFrom: (day) => Math.max(0, Math.ceil((day - start) / step)),
    lastDay,
    length,
  }
}

function monthsOf({
  startOn,
  interval,
  dayOfMonth,
}: RecurrenceRule): Pick<Series, 'dayAt' | 'firstIndexFrom'> {
  const start = dayNumber(startOn)
  const wanted = dayOfMonth === 'last' ? 31 : (dayOfMonth ?? new Date(start * dayMs).getUTCDate())
  const dayIn = (month: number): number => {
    const lengthOfMonth = firstOfMonth(month + 1) - firstOfMonth(month)
    return firstOfMonth(month) + Math.min(wanted, lengthOfMonth) - 1
  }
  const startMonth = monthNumber(start)
  const firstMonth = dayIn(startMonth) >= start ? startMonth : startMonth + 1
  const dayAt = (index: number): number => dayIn(firstMonth + index * interval)
  return {
    dayAt,
    firstIndexFrom: (day) => {
      const index = Math.max(0, Math.floor((monthNumber(day) - firstMonth) / interval))
      return dayAt(index) >= day ? index : index + 1
    },
  }
}

function moveOffWeekend(day: number, rule: BusinessDayRule): number {
  const weekday = weekdayOf(day)
  if (rule === 'none' || weekday < saturday) return day
  const friday = day - (weekday - saturday + 1)
  const monday = friday + 3
  if (rule === 'preceding') return friday
  return rule === 'modified_following' && monthNumber(monday) !== monthNumber(day) ? friday : monday
}

/** 0 is Monday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7
const saturday = 5

const dayMs = 86_400_000
const lastDayOfAll = Date.UTC(9999, 11, 29) / dayMs

/** @throws RangeError for a text that is no day of the calendar. */
function dayNumber(date: CalendarDate): number {
  if (!isCalendarDate(date)) throw new RangeError(`"${date}" is not a day of the calendar.`)
  return Date.parse(`${date}T00:00:00Z`) / dayMs
}

const calendarDate = (day: number): CalendarDate => new Date(day * dayMs).toISOString().slice(0, 10)

/** Months are counted from January 1970. */
function monthNumber(day: number): number {
  const at = new Date(day * dayMs)
  return (at.getUTCFullYear() - 1970) * 12 + at.getUTCMonth()
}

const firstOfMonth = (month: number): number => Date.UTC(1970, month, 1) / dayMs
