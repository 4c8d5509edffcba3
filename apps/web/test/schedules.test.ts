// The words of a schedule, and its form: what is typed is what is asked for.
import type { RecurrenceRule } from '@fintwin/ledger-rules'
import { describe, expect, test } from 'vitest'
import type { Occurrence, Schedule } from '../src/features/schedules/get-schedules.ts'
import {
  checkDraft,
  dayChoices,
  dayOf,
  draftOf,
  newDraft,
  previewDates,
  requestOf,
  ruleOfDraft,
} from '../src/features/schedules/schedule-draft.ts'
import {
  movedWords,
  ordinal,
  ruleOf,
  ruleWords,
  scheduleTitle,
  signedScheduled,
} from '../src/features/schedules/schedule-words.ts'

const rule = (change: Partial<RecurrenceRule>): RecurrenceRule => ({
  frequency: 'monthly',
  interval: 1,
  dayOfMonth: null,
  businessDays: 'none',
  startOn: '2090-01-05',
  endOn: null,
  count: null,
  ...change,
})

test.each<[Partial<RecurrenceRule>, string]>([
  [{ frequency: 'once' }, 'Once, on 5 Jan 2090'],
  [{ frequency: 'daily' }, 'Every day'],
  [{ frequency: 'daily', interval: 3 }, 'Every 3 days'],
  [{ frequency: 'weekly' }, 'Every Thursday'],
  [{ frequency: 'weekly', interval: 2 }, 'Every 2 weeks on Thursday'],
  [{}, 'Every month on the 5th'],
  [{ dayOfMonth: 30 }, 'Every month on the 30th'],
  [{ dayOfMonth: 'last' }, 'Every month on the last day'],
  [{ dayOfMonth: 31 }, 'Every month on the last day'],
  [{ interval: 3 }, 'Every 3 months on the 5th'],
  [{ interval: 12 }, 'Every year on 5 January'],
  [{ interval: 12, dayOfMonth: 'last' }, 'Every year on the last day of January'],
  [{ endOn: '2090-06-01' }, 'Every month on the 5th, until 1 Jun 2090'],
  [{ count: 6 }, 'Every month on the 5th, 6 times'],
])('says %j as “%s”', (change, words) => {
  expect(ruleWords(rule(change))).toBe(words)
})

test('counts days as people do', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th',
  )
})

const occurrence = (date: string, change: Partial<Occurrence> = {}): Occurrence => ({
  date,
  due_on: date,
  state: 'planned',
  is_changed: false,
  amount: 100,
  currency: 'INR',
  note: null,
  transaction_id: null,
  reason: null,
  settled_at: null,
  ...change,
})

const schedule: Schedule = {
  id: 's',
  state: 'active',
  account_id: 'a',
  type: 'withdrawal',
  amount: 25_000.5,
  currency: 'INR',
  to_account: null,
  note: 'Rent',
  counterparty: 'Landlord',
  category: 'Home',
  frequency: 'monthly',
  interval: 1,
  day_of_month: 31,
  business_days: 'preceding',
  start_on: '2026-01-31',
  end_on: null,
  count: 6,
  time_zone: 'Asia/Kolkata',
  next_on: '2026-02-27',
  remaining: 5,
  upcoming: [occurrence('2026-02-28', { due_on: '2026-02-27' }), occurrence('2026-03-31')],
  last: null,
  refused: 0,
}

test('calls a schedule by the best name there is', () => {
  const own = new Map([['b', 'Trip']])
  expect(scheduleTitle(schedule, own)).toBe('Landlord')
  expect(scheduleTitle({ ...schedule, counterparty: null }, own)).toBe('Rent')
  const transfer = { ...schedule, counterparty: null, note: null, type: 'transfer' as const }
  expect(scheduleTitle({ ...transfer, to_account: 'b' }, own)).toBe('Transfer to Trip')
  expect(scheduleTitle({ ...transfer, to_account: 'c' }, own)).toBe('Transfer to another account')
  expect(signedScheduled({ ...transfer, to_account: 'b' }, 5, own)).toBeNull()
  expect(signedScheduled({ ...transfer, to_account: 'c' }, 5, own)).toBe(-5)
})

test('says what moved an occurrence, and nothing of one that did not move', () => {
  expect(movedWords({ date: '2090-04-30', due_on: '2090-04-28' })).toBe('moved from Sun, 30 Apr, 2090')
  expect(movedWords({ date: '2090-04-30', due_on: '2090-04-30' })).toBeNull()
})

describe('the form', () => {
  test('of a schedule asks for what is still to come of it, and nothing else', () => {
    const draft = draftOf(schedule, '2026-02-10')
    expect(draft).toMatchObject({
      startOn: '2026-02-28',
      dayOfMonth: 31,
      ends: 'after',
      count: '5',
      amount: '25,000.5',
    })
    expect(requestOf(draft, 'a', null, 'Asia/Kolkata')).toEqual({
      account_id: 'a',
      type: 'withdrawal',
      amount: '25000.5',
      to_account: null,
      counterparty: 'Landlord',
      category: 'Home',
      note: 'Rent',
      frequency: 'monthly',
      interval: 1,
      day_of_month: 'last',
      business_days: 'preceding',
      start_on: '2026-02-28',
      end_on: null,
      count: 5,
      time_zone: 'Asia/Kolkata',
    })
    const before = previewDates(ruleOf(schedule), 6).dates.slice(1)
    const after = previewDates(ruleOfDraft(draft) as RecurrenceRule, 6)
    expect(after).toEqual({ dates: before, hasMore: false })
  })

  test.each<[string, (number | 'last')[]]>([
    ['2026-02-10', [10]],
    ['2026-02-28', [28, 29, 30, 'last']],
    ['2026-04-30', [30, 'last']],
    ['2026-01-31', ['last']],
    ['2028-02-28', [28]],
    ['', ['last']],
  ])('begun on %s, a month may have the days %j', (startOn, choices) => {
    expect(dayChoices(startOn)).toEqual(choices)
  })

  test('follows the day that is chosen, and keeps a choice that still makes sense', () => {
    const draft = { ...newDraft('2026-02-28'), dayOfMonth: 'last' as const }
    expect(dayOf(draft)).toBe('last')
    expect(dayOf({ ...draft, startOn: '2026-02-10' })).toBe(10)
    expect(dayOf({ ...draft, startOn: '2026-04-30' })).toBe('last')
    expect(dayOf({ ...draft, dayOfMonth: 29 })).toBe(29)
  })

  test('says what it cannot read', () => {
    const draft = {
      ...newDraft('2026-02-10'),
      amount: '0',
      interval: '1.5',
      ends: 'on' as const,
      endOn: '2026-02-09',
    }
    expect(Object.keys(checkDraft(draft)).toSorted()).toEqual(['amount', 'endOn', 'interval'])
    expect(ruleOfDraft(draft)).toBeUndefined()
    expect(requestOf(draft, 'a', null, 'UTC')).toBeUndefined()
    const once = { ...draft, amount: '1,500', frequency: 'once' as const }
    expect(checkDraft(once)).toEqual({})
    expect(ruleOfDraft(once)).toMatchObject({ frequency: 'once', interval: 1, endOn: null })
    expect(checkDraft({ ...once, startOn: '' })).toHaveProperty('startOn')
  })
})
