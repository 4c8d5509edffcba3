// Schedules under row security: listed, locked while something becomes of them, and found across tenants only by the function that says what is due.
import type { CalendarDate, RecurrenceRule } from '@fintwin/ledger-rules'
import type { CurrencyCode } from '@fintwin/money'
import type { Database, Tx } from '@fintwin/platform'
import type { ScheduleTerms } from '../rules/read-schedule.ts'

export type ScheduleState = 'active' | 'paused' | 'ended'

export interface ScheduleRow extends ScheduleTerms {
  id: string
  ownerId: string
  state: ScheduleState
  openFrom: CalendarDate
  nextDueAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** Where a schedule stands after something became of it. */
export interface Progress {
  openFrom: CalendarDate
  state: ScheduleState
  nextDueAt: Date | null
}

export async function insertSchedule(
  tx: Tx,
  id: string,
  ownerId: string,
  terms: ScheduleTerms,
  { openFrom, state, nextDueAt }: Progress,
): Promise<ScheduleRow> {
  const [row] = await tx<Columns[]>`
    insert into schedules (id, owner_id, open_from, state, next_due_at, ${termNames(tx)})
    values (${id}, ${ownerId}, ${openFrom}::date, ${state}, ${nextDueAt}, ${termValues(tx, terms)})
    returning ${columns(tx)}`
  return readRow(row as Columns)
}

export async function updateTerms(tx: Tx, id: string, terms: ScheduleTerms): Promise<void> {
  await tx`update schedules set (${termNames(tx)}) = row (${termValues(tx, terms)}) where id = ${id}`
}

export async function updateProgress(
  tx: Tx,
  id: string,
  { openFrom, state, nextDueAt }: Progress,
): Promise<ScheduleRow> {
  const [row] = await tx<Columns[]>`
    update schedules set open_from = ${openFrom}::date, state = ${state}, next_due_at = ${nextDueAt}, updated_at = now()
    where id = ${id} returning ${columns(tx)}`
  return readRow(row as Columns)
}

/** Newest first. */
export async function listSchedules(
  tx: Tx,
  ownerId: string,
  { afterId, limit, offset }: { afterId: string | undefined; limit: number; offset: number },
): Promise<ScheduleRow[]> {
  const rows = await tx<Columns[]>`
    select ${columns(tx)} from schedules where owner_id = ${ownerId} ${afterId ? tx`and id < ${afterId}` : tx``}
    order by id desc limit ${limit} offset ${offset}`
  return rows.map(readRow)
}

export async function findSchedule(tx: Tx, ownerId: string, id: string): Promise<ScheduleRow | undefined> {
  const [row] = await tx<Columns[]>`
    select ${columns(tx)} from schedules where owner_id = ${ownerId} and id = ${id}`
  return row && readRow(row)
}

/** Waits for whoever is at it: what becomes of a schedule happens one after the other. */
export async function lockSchedule(tx: Tx, ownerId: string, id: string): Promise<ScheduleRow | undefined> {
  const [row] = await tx<Columns[]>`
    select ${columns(tx)} from schedules where owner_id = ${ownerId} and id = ${id} for update`
  return row && readRow(row)
}

/** Undefined when nothing of it is due, or somebody else is at it. `now` is the database's clock, which all replicas share. */
export async function lockDueSchedule(
  tx: Tx,
  ownerId: string,
  id: string,
): Promise<{ schedule: ScheduleRow; now: Date } | undefined> {
  const [row] = await tx<(Columns & { now: Date })[]>`
    select ${columns(tx)}, now() from schedules
    where owner_id = ${ownerId} and id = ${id} and state = 'active' and next_due_at <= now() for update skip locked`
  return row && { schedule: readRow(row), now: row.now }
}

/** The database's clock, which all replicas share. */
export async function readClock(tx: Tx): Promise<Date> {
  const [row] = await tx<{ now: Date }[]>`select now()`
  return (row as { now: Date }).now
}

export async function deleteScheduleById(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx`delete from schedules where owner_id = ${ownerId} and id = ${id}`
  return count > 0
}

export interface DueSchedule {
  id: string
  ownerId: string
}

/** Of all tenants, the longest due first. */
export async function listDueSchedules(
  database: Database,
  maxCount: number,
  otherThan: string[],
): Promise<DueSchedule[]> {
  return database<DueSchedule[]>`
    select id, owner_id as "ownerId" from list_due_schedules(${maxCount}, ${otherThan}::uuid[])`
}

/** The account that a transfer would go to, whoever owns it; undefined where a person has none with that id. */
export async function findRecipient(tx: Tx, id: string): Promise<{ currency: CurrencyCode } | undefined> {
  const [row] = await tx<{ currency: CurrencyCode }[]>`
    select currency from lock_accounts(array[${id}::uuid]) where kind = 'person'`
  return row
}

interface Columns extends Omit<ScheduleRow, 'rule'> {
  frequency: RecurrenceRule['frequency']
  every: number
  dayOfMonth: string | null
  businessDays: RecurrenceRule['businessDays']
  startOn: CalendarDate
  endOn: CalendarDate | null
  maxCount: number | null
}

const termNames = (tx: Tx) => tx`
  account_id, type, amount_minor, currency, to_account, note, counterparty, category, frequency, every, day_of_month, business_days, start_on,
  end_on, max_count, time_zone`

/** In the order of their names. */
function termValues(tx: Tx, { rule, ...terms }: ScheduleTerms) {
  return tx`
    ${terms.accountId}, ${terms.type}, ${terms.amountMinor}, ${terms.currency}, ${terms.toAccount}, ${terms.note}, ${terms.counterparty},
    ${terms.category}, ${rule.frequency}, ${rule.interval}, ${rule.dayOfMonth === null ? null : String(rule.dayOfMonth)},
    ${rule.businessDays}, ${rule.startOn}::date, ${rule.endOn}::date, ${rule.count}, ${terms.timeZone}`
}

const columns = (tx: Tx) => tx`
  id, owner_id as "ownerId", account_id as "accountId", type, amount_minor as "amountMinor", currency, to_account as "toAccount", note,
  counterparty, category, frequency, every, day_of_month as "dayOfMonth", business_days as "businessDays", start_on::text as "startOn",
  end_on::text as "endOn", max_count as "maxCount", time_zone as "timeZone", state, open_from::text as "openFrom", next_due_at as "nextDueAt",
  created_at as "createdAt", updated_at as "updatedAt"`

function readRow(row: Columns): ScheduleRow {
  const { frequency, every, dayOfMonth, businessDays, startOn, endOn, maxCount, ...rest } = row
  return {
    ...rest,
    rule: {
      frequency,
      interval: every,
      dayOfMonth: dayOfMonth === null || dayOfMonth === 'last' ? dayOfMonth : Number(dayOfMonth),
      businessDays,
      startOn,
      endOn,
      count: maxCount,
    },
  }
}
