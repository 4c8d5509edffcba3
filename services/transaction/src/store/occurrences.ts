// What is known of single dates of a schedule: edited, left out, posted, refused. The schedule's row is locked by whoever writes here.
import type { CalendarDate } from '@fintwin/ledger-rules'
import type { CurrencyCode } from '@fintwin/money'
import type { Refusal, Tx } from '@fintwin/platform'
import type { KnownDate } from '../rules/plan-occurrences.ts'
import type { ScheduleRow } from './schedules.ts'

export interface OccurrenceRow extends KnownDate {
  scheduleId: string
  currency: CurrencyCode
  transactionId: string | null
  reasonCode: string | null
  reason: string | null
  settledAt: Date | null
}

/** What became of an occurrence, with the amount and note that it had. */
export interface Settlement {
  date: CalendarDate
  dueOn: CalendarDate
  isMoved: boolean
  amountMinor: bigint
  note: string | null
  outcome: { transactionId: string } | Refusal
}

/** Of each schedule: every known date from where it is open on, and each planned one. */
export async function listOpenDates(tx: Tx, scheduleIds: string[]): Promise<OccurrenceRow[]> {
  return tx<OccurrenceRow[]>`
    select ${columns(tx)} from occurrences o where o.schedule_id = any (${scheduleIds}::uuid[]) and o.state = 'planned'
    union all
    select ${columns(tx)} from schedules s join occurrences o on o.schedule_id = s.id and o.date >= s.open_from
    where s.id = any (${scheduleIds}::uuid[]) and o.state <> 'planned'`
}

export interface PastOfSchedule {
  last: OccurrenceRow | null
  refused: number
}

/** The newest settled occurrence of each schedule, and how many are refused. */
export async function readPasts(tx: Tx, scheduleIds: string[]): Promise<Map<string, PastOfSchedule>> {
  const newest = await tx<OccurrenceRow[]>`
    select ${columns(tx)} from unnest(${scheduleIds}::uuid[]) s (id) cross join lateral (
      select * from occurrences where schedule_id = s.id and state in ('posted', 'refused') order by date desc limit 1
    ) o`
  const refused = await tx<{ scheduleId: string; count: number }[]>`
    select schedule_id as "scheduleId", count(*)::int as count from occurrences
    where schedule_id = any (${scheduleIds}::uuid[]) and state = 'refused' group by schedule_id`
  const pasts = new Map(scheduleIds.map((id): [string, PastOfSchedule] => [id, { last: null, refused: 0 }]))
  for (const last of newest) pasts.set(last.scheduleId, { last, refused: 0 })
  for (const { scheduleId, count } of refused) (pasts.get(scheduleId) as PastOfSchedule).refused = count
  return pasts
}

export interface OccurrenceFilter {
  state?: string | undefined
  /** Dates before this one. */
  before?: CalendarDate | undefined
  limit: number
  offset: number
}

/** What happened, or one state of them; newest first. */
export async function listOccurrences(
  tx: Tx,
  scheduleId: string,
  { state, before, limit, offset }: OccurrenceFilter,
): Promise<OccurrenceRow[]> {
  return tx<OccurrenceRow[]>`
    select ${columns(tx)} from occurrences o
    where schedule_id = ${scheduleId} and ${state ? tx`state = ${state}` : tx`state <> 'planned'`} ${before ? tx`and date < ${before}::date` : tx``}
    order by date desc limit ${limit} offset ${offset}`
}

export async function findOccurrence(
  tx: Tx,
  scheduleId: string,
  date: CalendarDate,
): Promise<OccurrenceRow | undefined> {
  const [row] = await tx<OccurrenceRow[]>`
    select ${columns(tx)} from occurrences o where schedule_id = ${scheduleId} and date = ${date}::date`
  return row
}

/** Keeps how a date that is still to come differs from the schedule, or that it is left out. */
export async function saveOpenDate(
  tx: Tx,
  { id, ownerId, currency }: ScheduleRow,
  { date, state, dueOn, isMoved, amountMinor, note }: KnownDate & { state: 'planned' | 'skipped' },
): Promise<void> {
  await tx`
    insert into occurrences (schedule_id, date, owner_id, state, due_on, is_moved, amount_minor, currency, note)
    values (${id}, ${date}::date, ${ownerId}, ${state}, ${dueOn}::date, ${isMoved}, ${amountMinor}, ${currency}, ${note})
    on conflict (schedule_id, date) do update set state = excluded.state, due_on = excluded.due_on, is_moved = excluded.is_moved,
      amount_minor = excluded.amount_minor, note = excluded.note, reason_code = null, reason = null, settled_at = null
    where occurrences.state in ('planned', 'skipped')`
}

/** A refused one is left for good; why it was refused stays. */
export async function leaveRefused(tx: Tx, scheduleId: string, date: CalendarDate): Promise<void> {
  await tx`
    update occurrences set state = 'skipped' where schedule_id = ${scheduleId} and date = ${date}::date and state = 'refused'`
}

/**
 * Records what became of an occurrence. `former` is the only state that it may have had, if it was known at all.
 * @throws Error when it was settled before: the transaction it happens in must not commit.
 */
export async function settle(
  tx: Tx,
  { id, ownerId, currency }: ScheduleRow,
  { date, dueOn, isMoved, amountMinor, note, outcome }: Settlement,
  former: 'planned' | 'refused',
): Promise<OccurrenceRow> {
  const [transactionId, reasonCode, reason] =
    'refused' in outcome ? [null, outcome.refused, outcome.detail] : [outcome.transactionId, null, null]
  const state = transactionId === null ? 'refused' : 'posted'
  const [row] = await tx<OccurrenceRow[]>`
    insert into occurrences as o (schedule_id, date, owner_id, state, due_on, is_moved, amount_minor, currency, note, transaction_id,
      reason_code, reason, settled_at)
    values (${id}, ${date}::date, ${ownerId}, ${state}, ${dueOn}::date, ${isMoved}, ${amountMinor}, ${currency}, ${note}, ${transactionId},
      ${reasonCode}, ${reason}, now())
    on conflict (schedule_id, date) do update set state = excluded.state, due_on = excluded.due_on, amount_minor = excluded.amount_minor,
      currency = excluded.currency, note = excluded.note, transaction_id = excluded.transaction_id, reason_code = excluded.reason_code,
      reason = excluded.reason, settled_at = excluded.settled_at
    where o.state = ${former}
    returning ${columns(tx)}`
  if (!row) throw new Error(`The occurrence of ${date} of schedule ${id} was settled before.`)
  return row
}

/** Records that dates were left out by the schedule itself, and why. */
export async function leaveOut(
  tx: Tx,
  { id, ownerId, currency, amountMinor }: ScheduleRow,
  dates: { date: CalendarDate; dueOn: CalendarDate }[],
  { code, detail }: { code: string; detail: string },
): Promise<void> {
  await tx`
    insert into occurrences (schedule_id, date, owner_id, state, due_on, is_moved, amount_minor, currency, reason_code, reason, settled_at)
    select ${id}, d.date::date, ${ownerId}, 'skipped', d.due_on::date, false, ${amountMinor}, ${currency}, ${code}, ${detail}, now()
    from unnest(${dates.map(({ date }) => date)}::text[], ${dates.map(({ dueOn }) => dueOn)}::text[]) d (date, due_on)
    on conflict (schedule_id, date) do update set state = 'skipped', reason_code = excluded.reason_code, reason = excluded.reason,
      settled_at = excluded.settled_at
    where occurrences.state = 'planned'`
}

export async function deleteOpenDates(tx: Tx, scheduleId: string, dates: CalendarDate[]): Promise<void> {
  await tx`
    delete from occurrences where schedule_id = ${scheduleId} and state in ('planned', 'skipped') and date = any (${dates}::date[])`
}

const columns = (tx: Tx) => tx`
  o.schedule_id as "scheduleId", o.date::text as date, o.state, o.due_on::text as "dueOn", o.is_moved as "isMoved",
  o.amount_minor as "amountMinor", o.currency, o.note, o.transaction_id as "transactionId", o.reason_code as "reasonCode", o.reason,
  o.settled_at as "settledAt"`
