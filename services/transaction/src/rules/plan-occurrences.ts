// What a schedule still has to do: the rule's dates, with what is known of single ones, in the order in which they fall due.
import { type CalendarDate, computeDueDates, type DueDate, type RecurrenceRule } from '@fintwin/ledger-rules'

export interface SchedulePlan {
  rule: RecurrenceRule
  /** Dates of the rule before this day are done with. */
  openFrom: CalendarDate
  amountMinor: bigint
  note: string | null
}

/** A date that is known by itself. */
export interface KnownDate {
  date: CalendarDate
  state: 'planned' | 'skipped' | 'posted' | 'refused'
  dueOn: CalendarDate
  /** Whether a person chose `dueOn`. */
  isMoved: boolean
  /** Of one that is still to come: null for the schedule's own. */
  amountMinor: bigint | null
  note: string | null
}

export interface PlannedOccurrence {
  date: CalendarDate
  dueOn: CalendarDate
  /** False for a date that only the rule gives: all dates of the rule before it are done with or known. */
  isKnown: boolean
  isSkipped: boolean
  isMoved: boolean
  /** Whether it differs from its schedule in day, amount or note. */
  isChanged: boolean
  amountMinor: bigint
  note: string | null
}

/** All that is to come, the ones left out among them; endless where the rule is. `known` holds every known date from `openFrom` on, and each planned one. */
export function* planOccurrences(
  schedule: SchedulePlan,
  known: readonly KnownDate[],
): Generator<PlannedOccurrence, void> {
  const dates = new Set(known.map(({ date }) => date))
  const own = known
    .filter(({ state }) => state === 'planned' || state === 'skipped')
    .map((one) => fromKnown(schedule, one))
    .toSorted(byDueDay)
  let next = own.shift()
  for (const { date, dueOn } of computeDueDates(schedule.rule, schedule.openFrom)) {
    if (dates.has(date)) continue
    const ofRule = fromRule(schedule, { date, dueOn })
    while (next && byDueDay(next, ofRule) < 0) {
      yield next
      next = own.shift()
    }
    yield ofRule
  }
  if (next) yield* [next, ...own]
}

/** The first that is to be posted. */
export function findNextOccurrence(
  schedule: SchedulePlan,
  known: readonly KnownDate[],
): PlannedOccurrence | undefined {
  for (const occurrence of planOccurrences(schedule, known)) if (!occurrence.isSkipped) return occurrence
  return undefined
}

function fromRule(schedule: SchedulePlan, { date, dueOn }: DueDate): PlannedOccurrence {
  const { amountMinor, note } = schedule
  const flags = { isKnown: false, isSkipped: false, isMoved: false, isChanged: false }
  return { date, dueOn, ...flags, amountMinor, note }
}

function fromKnown(schedule: SchedulePlan, known: KnownDate): PlannedOccurrence {
  const { date, dueOn, isMoved, amountMinor, note } = known
  return {
    date,
    dueOn,
    isKnown: true,
    isSkipped: known.state === 'skipped',
    isMoved,
    isChanged: isMoved || amountMinor !== null || note !== null,
    amountMinor: amountMinor ?? schedule.amountMinor,
    note: note === null ? schedule.note : note || null,
  }
}

function byDueDay(a: PlannedOccurrence, b: PlannedOccurrence): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1
  return a.date < b.date ? -1 : 1
}

/** Of a schedule that ends after so many dates: how many are to come and not left out. Null for any other. */
export function countRemaining(schedule: SchedulePlan, known: readonly KnownDate[]): number | null {
  if (schedule.rule.count === null) return null
  let remaining = 0
  for (const { isSkipped } of planOccurrences(schedule, known)) if (!isSkipped) remaining += 1
  return remaining
}
