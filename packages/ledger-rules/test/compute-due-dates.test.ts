// The dates of recurring transactions: as a table, as properties, and beside an independent implementation of RFC 5545.
import fc from 'fast-check'
import rrule from 'rrule'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  type BusinessDayRule,
  type CalendarDate,
  computeDueDates,
  findDueDate,
  isCalendarDate,
  type RecurrenceRule,
} from '../src/index.ts'

const { RRule } = rrule

function ruleOf(changes: Partial<RecurrenceRule>): RecurrenceRule {
  return {
    frequency: 'monthly',
    interval: 1,
    dayOfMonth: null,
    businessDays: 'none',
    startOn: '2026-01-01',
    endOn: null,
    count: null,
    ...changes,
  }
}

const firstDates = (rule: RecurrenceRule, count: number, from?: CalendarDate): string[] =>
  computeDueDates(rule, from)
    .take(count)
    .map(({ date }) => date)
    .toArray()

const firstDueDays = (rule: RecurrenceRule, count: number): string[] =>
  computeDueDates(rule)
    .take(count)
    .map(({ dueOn }) => dueOn)
    .toArray()

describe('the dates of a rule', () => {
  it.each<[string, Partial<RecurrenceRule>, string[]]>([
    ['once', { frequency: 'once', startOn: '2026-02-03' }, ['2026-02-03']],
    [
      'once, whatever interval and count say',
      { frequency: 'once', interval: 3, count: 9, startOn: '2026-02-03' },
      ['2026-02-03'],
    ],
    [
      'every day over the end of February in a leap year',
      { frequency: 'daily', startOn: '2028-02-28' },
      ['2028-02-28', '2028-02-29', '2028-03-01', '2028-03-02'],
    ],
    [
      'every day over the end of February in a common year, which 2100 is',
      { frequency: 'daily', startOn: '2100-02-27' },
      ['2100-02-27', '2100-02-28', '2100-03-01', '2100-03-02'],
    ],
    [
      'every ten days',
      { frequency: 'daily', interval: 10, startOn: '2026-12-25' },
      ['2026-12-25', '2027-01-04', '2027-01-14', '2027-01-24'],
    ],
    [
      'every second week, on the weekday of the start',
      { frequency: 'weekly', interval: 2, startOn: '2026-03-20' },
      ['2026-03-20', '2026-04-03', '2026-04-17', '2026-05-01'],
    ],
    [
      'every month on the day of the start',
      { startOn: '2026-01-15' },
      ['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15'],
    ],
    [
      'the 31st, at the end of shorter months and back again',
      { dayOfMonth: 31, startOn: '2026-01-31' },
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      'the 31st, begun on the last day of a short month',
      { dayOfMonth: 31, startOn: '2026-04-30' },
      ['2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31'],
    ],
    [
      'the 30th in a leap year',
      { dayOfMonth: 30, startOn: '2028-01-30' },
      ['2028-01-30', '2028-02-29', '2028-03-30', '2028-04-30'],
    ],
    [
      'the last day',
      { dayOfMonth: 'last', startOn: '2027-12-05' },
      ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31'],
    ],
    [
      'a day of the month that has passed in the month of the start',
      { dayOfMonth: 15, startOn: '2026-01-20' },
      ['2026-02-15', '2026-03-15', '2026-04-15', '2026-05-15'],
    ],
    [
      'every third month, counted from the first date and not from the start',
      { dayOfMonth: 15, interval: 3, startOn: '2026-01-20' },
      ['2026-02-15', '2026-05-15', '2026-08-15', '2026-11-15'],
    ],
    [
      'every year on a leap day',
      { interval: 12, startOn: '2028-02-29' },
      ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29'],
    ],
    [
      'up to and with the end',
      { frequency: 'daily', startOn: '2026-01-01', endOn: '2026-01-03' },
      ['2026-01-01', '2026-01-02', '2026-01-03'],
    ],
    ['so many times', { count: 2, startOn: '2026-01-31' }, ['2026-01-31', '2026-02-28']],
    [
      'none, when it ends before its first date',
      { dayOfMonth: 9, startOn: '2026-01-05', endOn: '2026-01-08' },
      [],
    ],
    [
      'to the end of the calendar',
      { frequency: 'daily', startOn: '9999-12-28' },
      ['9999-12-28', '9999-12-29'],
    ],
  ])('%s', (_what, changes, expected) => {
    const rule = ruleOf(changes)
    const isEndless = expected.length >= 4
    expect(firstDates(rule, isEndless ? expected.length : 100)).toEqual(expected)
  })

  it('begin anywhere, without walking there', () => {
    const rule = ruleOf({ frequency: 'daily', startOn: '1970-01-01', count: 2_000_000 })
    expect(firstDates(rule, 2, '7000-05-05')).toEqual(['7000-05-05', '7000-05-06'])
  })
})

describe('a date on a weekend', () => {
  // 2026-05-30 is the Saturday before the Sunday that ends May; 2026-08-01 is a Saturday.
  it.each<[BusinessDayRule, Record<string, string>]>([
    ['none', { '2026-05-30': '2026-05-30', '2026-05-31': '2026-05-31', '2026-08-01': '2026-08-01' }],
    ['following', { '2026-05-30': '2026-06-01', '2026-05-31': '2026-06-01', '2026-08-01': '2026-08-03' }],
    ['preceding', { '2026-05-30': '2026-05-29', '2026-05-31': '2026-05-29', '2026-08-01': '2026-07-31' }],
    [
      'modified_following',
      { '2026-05-30': '2026-05-29', '2026-05-31': '2026-05-29', '2026-08-01': '2026-08-03' },
    ],
  ])('%s', (businessDays, moved) => {
    for (const [date, dueOn] of Object.entries(moved)) {
      const rule = ruleOf({ frequency: 'once', startOn: date, businessDays })
      expect(computeDueDates(rule).toArray()).toEqual([{ date, dueOn }])
    }
  })

  it('leaves the next date where it belongs', () => {
    const rule = ruleOf({ dayOfMonth: 'last', businessDays: 'modified_following', startOn: '2026-05-01' })
    expect(firstDueDays(rule, 4)).toEqual(['2026-05-29', '2026-06-30', '2026-07-31', '2026-08-31'])
  })

  it('keeps days of work apart from days moved onto them', () => {
    const rule = ruleOf({ frequency: 'daily', businessDays: 'following', startOn: '2026-05-29' })
    expect(firstDueDays(rule, 4)).toEqual(['2026-05-29', '2026-06-01', '2026-06-01', '2026-06-01'])
  })
})

const dates = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

const rules = fc.record<RecurrenceRule>({
  frequency: fc.constantFrom('once', 'daily', 'weekly', 'monthly'),
  interval: fc.integer({ min: 1, max: 40 }),
  dayOfMonth: fc.oneof(
    fc.constant(null),
    fc.constant('last' as const),
    fc.integer({ min: 1, max: 31 }),
    fc.integer({ min: 28, max: 31 }),
  ),
  businessDays: fc.constantFrom('none', 'following', 'preceding', 'modified_following'),
  startOn: dates,
  endOn: fc.option(dates, { nil: null, freq: 3 }),
  count: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
})

const asInstant = (date: CalendarDate): Date => new Date(`${date}T00:00:00Z`)
const asDate = (instant: Date): CalendarDate => instant.toISOString().slice(0, 10)

/** The same rule as RFC 5545 says it. A day that a month lacks is the last of the days 28 … n that it has. */
function oracleOf(rule: RecurrenceRule): InstanceType<typeof RRule> | undefined {
  const { frequency, interval, dayOfMonth, startOn, endOn, count } = rule
  const end = endOn === null ? {} : { until: asInstant(endOn) }
  const limits = { ...end, ...(count === null ? {} : { count }) }
  const dtstart = asInstant(startOn)
  if (frequency === 'once') return new RRule({ freq: RRule.DAILY, dtstart, ...end, count: 1 })
  if (frequency !== 'monthly') {
    const freq = frequency === 'daily' ? RRule.DAILY : RRule.WEEKLY
    return new RRule({ freq, interval, dtstart, ...limits })
  }
  const day = dayOfMonth ?? dtstart.getUTCDate()
  const shortened = { bymonthday: Array.from({ length: Number(day) - 27 }, (_, n) => 28 + n), bysetpos: -1 }
  const days = day === 'last' ? { bymonthday: -1 } : day <= 28 ? { bymonthday: day } : shortened
  const [first] = new RRule({ freq: RRule.MONTHLY, dtstart, ...days, count: 1 }).all()
  return first && new RRule({ freq: RRule.MONTHLY, interval, dtstart: first, ...days, ...limits })
}

describe('any rule', () => {
  it('has the dates that RFC 5545 gives it', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const expected = oracleOf(rule)?.all((_date, length) => length < 40) ?? []
        expect(firstDates(rule, 40)).toEqual(expected.slice(0, 40).map(asDate))
      }),
      { numRuns: 1500 },
    )
  })

  it('has the same dates wherever one begins to read', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: -400, max: 4000 }), (rule, offset) => {
        const from = addDays(rule.startOn, offset)
        const all = firstDates(rule, 5000).filter((date) => date >= from)
        expect(firstDates(rule, 5, from)).toEqual(all.slice(0, 5))
      }),
      { numRuns: 300 },
    )
  })

  it('falls due on working days only, at most two days from its date, in order', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        let before = ''
        for (const { date, dueOn } of computeDueDates(rule).take(40)) {
          const distance = (asInstant(dueOn).getTime() - asInstant(date).getTime()) / 86_400_000
          const isWeekend = (day: CalendarDate): boolean => [0, 6].includes(asInstant(day).getUTCDay())
          if (rule.businessDays === 'none' || !isWeekend(date)) expect(dueOn).toBe(date)
          else expect(isWeekend(dueOn)).toBe(false)
          expect(Math.abs(distance)).toBeLessThanOrEqual(2)
          if (rule.businessDays === 'following') expect(distance).toBeGreaterThanOrEqual(0)
          if (rule.businessDays === 'preceding') expect(distance).toBeLessThanOrEqual(0)
          if (rule.businessDays === 'modified_following') expect(dueOn.slice(0, 7)).toBe(date.slice(0, 7))
          expect(dueOn >= before).toBe(true)
          before = dueOn
        }
      }),
      { numRuns: 500 },
    )
  })

  it('knows its own dates, and no others', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 800 }), (rule, offset) => {
        const date = addDays(rule.startOn, offset)
        const isOwn = firstDates(rule, 900).includes(date)
        expect(findDueDate(rule, date)?.date).toBe(isOwn ? date : undefined)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a day of the calendar', () => {
  it.each([
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00:00Z', false],
    ['', false],
    ['tomorrow', false],
  ])('%s: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected)
  })

  it('is needed: anything else is a mistake of the caller', () => {
    expect(() => computeDueDates(ruleOf({ startOn: '2026-02-30' })).next()).toThrow(RangeError)
  })
})
