// What a person does to a schedule and to single dates of it: pause, resume, edit one, leave one out, try one again. Each locks the schedule first.
import type { Occurrence, OccurrenceChange } from '@fintwin/contracts'
import { type CalendarDate, findDueDate, isCalendarDate } from '@fintwin/ledger-rules'
import { readPayment } from '@fintwin/money'
import {
  type Answer,
  isId,
  isRefusal,
  notFound,
  type Refusal,
  Refused,
  refuse,
  type Tx,
} from '@fintwin/platform'
import { advanceSchedule, leaveOutPaused } from './advance-schedule.ts'
import { retryOccurrence } from './post-occurrence.ts'
import { renderOccurrence, renderOneSchedule } from './render-schedule.ts'
import { dayIn } from './rules/calendar-day.ts'
import type { KnownDate } from './rules/plan-occurrences.ts'
import { findOccurrence, leaveRefused, type OccurrenceRow, saveOpenDate } from './store/occurrences.ts'
import { lockSchedule, readClock, type ScheduleRow } from './store/schedules.ts'

interface LockedSchedule {
  schedule: ScheduleRow
  /** The database's clock. */
  now: Date
}

/** @throws Refused `not_found` for one that is not the owner's, or no id at all. */
export async function requireSchedule(tx: Tx, ownerId: string, id: string): Promise<LockedSchedule> {
  const locked = await lockOwn(tx, ownerId, id)
  if (!locked) throw new Refused(notFound)
  return locked
}

async function lockOwn(tx: Tx, ownerId: string, id: string): Promise<LockedSchedule | undefined> {
  const schedule = isId(id) ? await lockSchedule(tx, ownerId, id) : undefined
  return schedule && { schedule, now: await readClock(tx) }
}

type Change = (tx: Tx, schedule: ScheduleRow, now: Date) => Promise<ScheduleRow | Refusal>

export async function answerChange(
  tx: Tx,
  ownerId: string,
  id: string,
  change: Change,
): Promise<Answer | Refusal> {
  const locked = await lockOwn(tx, ownerId, id)
  if (!locked) return notFound
  const { schedule, now } = locked
  const changed = await change(tx, schedule, now)
  return isRefusal(changed) ? changed : { status: 200, body: await renderOneSchedule(tx, changed, now) }
}

export const pause: Change = async (tx, schedule) =>
  schedule.state === 'ended' ? hasEnded : advanceSchedule(tx, schedule, { state: 'paused' })

/** What fell due while it was paused stays unposted. */
export const resume: Change = async (tx, schedule, now) => {
  if (schedule.state === 'ended') return hasEnded
  if (schedule.state === 'active') return schedule
  const current = await leaveOutPaused(tx, schedule, now)
  return advanceSchedule(tx, current, { state: 'active' })
}

const hasEnded = refuse('schedule_ended', 'This schedule has ended: nothing of it is still to come.')

/** A body without members brings the occurrence back to what the schedule says. */
export async function changeOccurrence(
  tx: Tx,
  schedule: ScheduleRow,
  date: string,
  change: OccurrenceChange,
  { now, locale }: { now: Date; locale: string },
): Promise<Occurrence | Refusal> {
  const open = await findOpenDate(tx, schedule, date)
  if (isRefusal(open)) return open
  const today = dayIn(schedule.timeZone, now)
  if (change.due_on !== undefined && change.due_on < today)
    return refuse('malformed_request', 'due_on: must be today or later.', [
      { pointer: '/due_on', detail: 'It must be today or later.' },
    ])
  const dueOn = change.due_on ?? findDueDate(schedule.rule, open.date)?.dueOn ?? open.dueOn
  if (dueOn < today)
    return refuse('occurrence_settled', 'Its day has passed: give it another one, from today on.')
  const amountMinor = readAmount(change, schedule, locale)
  if (typeof amountMinor === 'object' && amountMinor !== null) return amountMinor
  const isMoved = change.due_on !== undefined
  const note = change.note ?? null
  await saveOpenDate(tx, schedule, { ...open, state: 'planned', dueOn, isMoved, amountMinor, note })
  return renderChanged(tx, schedule, open.date)
}

function readAmount(
  { amount }: OccurrenceChange,
  { currency }: ScheduleRow,
  locale: string,
): bigint | null | Refusal {
  if (amount === undefined) return null
  const read = readPayment(amount, currency, locale)
  if (read.ok) return read.amountMinor
  return refuse('invalid_amount', read.detail, [{ pointer: '/amount', detail: read.detail }])
}

/** One that is still to come is not posted; one that was refused is not tried again. */
export async function skipOccurrence(
  tx: Tx,
  schedule: ScheduleRow,
  date: string,
): Promise<Occurrence | Refusal> {
  const known = await findKnownDate(tx, schedule, date)
  if (isRefusal(known)) return known
  if (known.state === 'posted') return wasPosted
  if (known.state === 'refused') await leaveRefused(tx, schedule.id, known.date)
  else await saveOpenDate(tx, schedule, { ...known, state: 'skipped' })
  return renderChanged(tx, schedule, known.date)
}

const wasPosted = refuse('occurrence_settled', 'This one was posted already.')

export interface Retry {
  ownerId: string
  id: string
  date: string
  locale: string
}

export async function retryRefused(tx: Tx, { ownerId, id, date, locale }: Retry): Promise<Answer | Refusal> {
  const locked = await lockOwn(tx, ownerId, id)
  const row = locked && isCalendarDate(date) ? await findOccurrence(tx, locked.schedule.id, date) : undefined
  if (!row) return notFound
  const { schedule, now } = locked as LockedSchedule
  if (row.state !== 'refused')
    return refuse('nothing_refused', 'This one was not refused, so there is nothing to try again.')
  if (row.currency !== schedule.currency) {
    const detail = `This one was in ${row.currency}, and the schedule is in ${schedule.currency} now.`
    return refuse('currency_mismatch', detail)
  }
  const tried = await retryOccurrence(tx, schedule, row, { now, locale })
  if (tried.state === 'refused') return refuse(tried.reasonCode as Refusal['refused'], tried.reason ?? '')
  return { status: 200, body: renderOccurrence(tried, schedule) }
}

async function renderChanged(tx: Tx, schedule: ScheduleRow, date: CalendarDate): Promise<Occurrence> {
  await advanceSchedule(tx, schedule)
  return renderOccurrence((await findOccurrence(tx, schedule.id, date)) as OccurrenceRow, schedule)
}

async function findOpenDate(tx: Tx, schedule: ScheduleRow, date: string): Promise<KnownDate | Refusal> {
  const known = await findKnownDate(tx, schedule, date)
  if (isRefusal(known)) return known
  if (known.state === 'posted') return wasPosted
  if (known.state === 'refused')
    return refuse('occurrence_settled', 'This one was refused: try it again, or leave it out.')
  return known
}

/** What is known of a date of the schedule, or what its rule says of one that is still to come. */
async function findKnownDate(tx: Tx, schedule: ScheduleRow, date: string): Promise<KnownDate | Refusal> {
  if (!isCalendarDate(date)) return notFound
  const row = await findOccurrence(tx, schedule.id, date)
  if (row) return row
  const due = date >= schedule.openFrom ? findDueDate(schedule.rule, date) : undefined
  if (!due) return notFound
  return { ...due, state: 'planned', isMoved: false, amountMinor: null, note: null }
}
