// Schedules and their occurrences as the wire shows them.
import type { Occurrence, Schedule } from '@fintwin/contracts'
import type { CalendarDate } from '@fintwin/ledger-rules'
import { type CurrencyCode, toWireAmount } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'
import { dayIn } from './rules/calendar-day.ts'
import { countRemaining, type PlannedOccurrence, planOccurrences } from './rules/plan-occurrences.ts'
import { listOpenDates, type OccurrenceRow, type PastOfSchedule, readPasts } from './store/occurrences.ts'
import type { ScheduleRow } from './store/schedules.ts'

const UPCOMING_COUNT = 12

/** Reads what is known of their dates, and shows them in their order. */
export async function renderSchedules(tx: Tx, schedules: ScheduleRow[], now: Date): Promise<Schedule[]> {
  const ids = schedules.map(({ id }) => id)
  const open = Map.groupBy(await listOpenDates(tx, ids), ({ scheduleId }) => scheduleId)
  const pasts = await readPasts(tx, ids)
  return schedules.map((schedule) =>
    renderSchedule(schedule, open.get(schedule.id) ?? [], pasts.get(schedule.id) as PastOfSchedule, now),
  )
}

export async function renderOneSchedule(tx: Tx, schedule: ScheduleRow, now: Date): Promise<Schedule> {
  const [rendered] = await renderSchedules(tx, [schedule], now)
  return rendered as Schedule
}

function renderSchedule(
  row: ScheduleRow,
  known: OccurrenceRow[],
  { last, refused }: PastOfSchedule,
  now: Date,
): Schedule {
  const { rule, currency, state } = row
  const upcoming = listUpcoming(row, known, dayIn(row.timeZone, now))
  const next = upcoming.find(({ isSkipped }) => !isSkipped)
  return {
    id: row.id,
    state,
    account_id: row.accountId,
    type: row.type,
    amount: toWireAmount(row.amountMinor, currency),
    currency,
    to_account: row.toAccount,
    note: row.note,
    counterparty: row.counterparty,
    category: row.category,
    frequency: rule.frequency,
    interval: rule.interval,
    day_of_month: rule.dayOfMonth,
    business_days: rule.businessDays,
    start_on: rule.startOn,
    end_on: rule.endOn,
    count: rule.count,
    time_zone: row.timeZone,
    next_on: state === 'active' ? (next?.dueOn ?? null) : null,
    remaining: countRemaining(row, known),
    upcoming: upcoming.map((occurrence) => renderPlanned(occurrence, currency)),
    last: last && renderOccurrence(last, row),
    refused,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  }
}

/** What is to come from today on. While it is paused, what has fallen due will be left out. */
function listUpcoming(row: ScheduleRow, known: OccurrenceRow[], today: CalendarDate): PlannedOccurrence[] {
  const upcoming: PlannedOccurrence[] = []
  for (const occurrence of planOccurrences(row, known)) {
    if (upcoming.length === UPCOMING_COUNT) break
    const isOver = occurrence.dueOn < today && (occurrence.isSkipped || row.state !== 'active')
    if (!isOver) upcoming.push(occurrence)
  }
  return upcoming
}

function renderPlanned(occurrence: PlannedOccurrence, currency: CurrencyCode): Occurrence {
  const { date, dueOn, isSkipped, isChanged, amountMinor, note } = occurrence
  return {
    date,
    due_on: dueOn,
    state: isSkipped ? 'skipped' : 'planned',
    is_changed: isChanged,
    amount: toWireAmount(amountMinor, currency),
    currency,
    note,
    transaction_id: null,
    reason: null,
    settled_at: null,
  }
}

/** One with a row of its own. */
export function renderOccurrence(row: OccurrenceRow, schedule: ScheduleRow): Occurrence {
  const isSettled = row.state === 'posted' || row.state === 'refused'
  return {
    date: row.date,
    due_on: row.dueOn,
    state: row.state,
    is_changed: row.isMoved || (!isSettled && (row.amountMinor !== null || row.note !== null)),
    amount: toWireAmount(row.amountMinor ?? schedule.amountMinor, row.currency),
    currency: row.currency,
    note: isSettled || row.note !== null ? row.note || null : schedule.note,
    transaction_id: row.transactionId,
    reason: row.reasonCode === null ? null : { code: row.reasonCode, detail: row.reason ?? '' },
    settled_at: row.settledAt?.toISOString() ?? null,
  }
}
