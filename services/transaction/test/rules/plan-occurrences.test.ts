// What a schedule still has to do, with some of its dates known by themselves.
import type { RecurrenceRule } from '@fintwin/ledger-rules'
import { describe, expect, it } from 'vitest'
import {
  countRemaining,
  findNextOccurrence,
  type KnownDate,
  planOccurrences,
  type SchedulePlan,
} from '../../src/rules/plan-occurrences.ts'

const rule: RecurrenceRule = {
  frequency: 'daily',
  interval: 1,
  dayOfMonth: null,
  businessDays: 'none',
  startOn: '2026-05-01',
  endOn: null,
  count: null,
}
const schedule: SchedulePlan = { rule, openFrom: '2026-05-01', amountMinor: 100n, note: 'Tea' }

const known = (date: string, change: Partial<KnownDate> = {}): KnownDate => ({
  date,
  state: 'planned',
  dueOn: date,
  isMoved: false,
  amountMinor: null,
  note: null,
  ...change,
})

/** `date>dueOn` where it is moved, `(date)` where it is left out. */
const shown = (plan: SchedulePlan, dates: KnownDate[], count = 4): string[] =>
  planOccurrences(plan, dates)
    .take(count)
    .map(({ date, dueOn, isSkipped }) => {
      const day = date === dueOn ? date.slice(8) : `${date.slice(8)}>${dueOn.slice(8)}`
      return isSkipped ? `(${day})` : day
    })
    .toArray()

describe('what is to come', () => {
  it.each<[string, Partial<SchedulePlan>, KnownDate[], string[]]>([
    ['the rule’s dates', {}, [], ['01', '02', '03', '04']],
    ['from where it is open', { openFrom: '2026-05-03' }, [], ['03', '04', '05', '06']],
    [
      'a date left out, in its place',
      {},
      [known('2026-05-02', { state: 'skipped' })],
      ['01', '(02)', '03', '04'],
    ],
    [
      'a date put off, where it was put',
      {},
      [known('2026-05-01', { dueOn: '2026-05-03', isMoved: true })],
      ['02', '01>03', '03', '04'],
    ],
    [
      'a date put off from before',
      { openFrom: '2026-05-03' },
      [known('2026-05-01', { dueOn: '2026-05-04', isMoved: true })],
      ['03', '01>04', '04', '05'],
    ],
    [
      'a date brought forward, before its neighbours',
      {},
      [known('2026-05-09', { dueOn: '2026-05-01', isMoved: true })],
      ['01', '09>01', '02', '03'],
    ],
    [
      'nothing settled',
      {},
      [known('2026-05-01', { state: 'posted' }), known('2026-05-02', { state: 'refused' })],
      ['03', '04', '05', '06'],
    ],
    [
      'what was put off beyond the end of the rule',
      { rule: { ...rule, count: 2 } },
      [known('2026-05-02', { dueOn: '2026-05-20', isMoved: true })],
      ['01', '02>20'],
    ],
    ['nothing after the end', { rule: { ...rule, count: 2 }, openFrom: '2026-05-03' }, [], []],
  ])('%s', (_what, change, dates, expected) => {
    expect(shown({ ...schedule, ...change }, dates)).toEqual(expected)
  })

  it('gives each date its own amount and note, or those of the schedule', () => {
    const dates = [
      known('2026-05-01', { amountMinor: 250n }),
      known('2026-05-02', { note: 'Coffee' }),
      known('2026-05-03', { note: '' }),
    ]
    const plan = planOccurrences(schedule, dates).take(4).toArray()
    expect(plan.map(({ amountMinor, note, isChanged }) => [amountMinor, note, isChanged])).toEqual([
      [250n, 'Tea', true],
      [100n, 'Coffee', true],
      [100n, null, true],
      [100n, 'Tea', false],
    ])
  })
})

it('the next one is the first that is not left out', () => {
  const skipped = ['2026-05-01', '2026-05-02'].map((date) => known(date, { state: 'skipped' }))
  expect(findNextOccurrence(schedule, skipped)?.date).toBe('2026-05-03')
  const ended = { ...schedule, rule: { ...rule, count: 2 } }
  expect(findNextOccurrence(ended, skipped)).toBeUndefined()
})

it('counts what remains of a schedule that ends after so many dates', () => {
  const counted = { ...schedule, rule: { ...rule, count: 5 }, openFrom: '2026-05-03' }
  expect(countRemaining(counted, [known('2026-05-04', { state: 'skipped' })])).toBe(2)
  expect(countRemaining(schedule, [])).toBeNull()
})
