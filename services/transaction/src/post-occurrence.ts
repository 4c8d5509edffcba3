// Posts what a schedule has due: each occurrence in one transaction of its owner's, together with the row that says it was posted, so that
// neither a killed worker nor a second one can post it again.
import { formatDecimal } from '@fintwin/money'
import {
  asPerson,
  type Database,
  isRefusal,
  publish,
  type Refusal,
  Refused,
  statusOf,
  type Tx,
} from '@fintwin/platform'
import { advanceSchedule, openAfter } from './advance-schedule.ts'
import { type Posting, postTransactions, type TransactionBody } from './post-transactions.ts'
import { dueInstantOf, effectiveInstantOf } from './rules/calendar-day.ts'
import { findNextOccurrence, type PlannedOccurrence } from './rules/plan-occurrences.ts'
import { listOwnAccounts } from './store/ledger.ts'
import { listOpenDates, type OccurrenceRow, settle } from './store/occurrences.ts'
import { type DueSchedule, lockDueSchedule, type ScheduleRow } from './store/schedules.ts'

type Outcome = { transactionId: string } | Refusal

/** Posts the earliest due occurrence of a schedule, or records why it was refused. False when nothing of it is due, or somebody else is at it. */
export function postNextDue(database: Database, due: DueSchedule, locale: string): Promise<boolean> {
  return asPerson(database, due.ownerId, async (tx) => {
    const locked = await lockDueSchedule(tx, due.ownerId, due.id)
    if (!locked) return false
    await settleNextDue(tx, locked.schedule, { now: locked.now, locale })
    return true
  })
}

export interface Settling {
  now: Date
  locale: string
}

/** The schedule is locked. Gives it as it stands afterwards. */
export async function settleNextDue(
  tx: Tx,
  schedule: ScheduleRow,
  { now, locale }: Settling,
): Promise<ScheduleRow> {
  const known = await listOpenDates(tx, [schedule.id])
  const next = findNextOccurrence(schedule, known)
  if (!next || dueInstantOf(next.dueOn, schedule.timeZone) > now) return advanceSchedule(tx, schedule)
  const outcome = await postOccurrence(tx, schedule, next, { now, locale, isOnDueDay: true })
  await settle(tx, schedule, { ...next, outcome }, 'planned')
  if (isRefusal(outcome)) await tellRefusal(tx, schedule, next, outcome)
  return advanceSchedule(tx, schedule, { openFrom: openAfter(schedule, [next]) })
}

/** Tries a refused occurrence once more, as of now. The schedule is locked. */
export async function retryOccurrence(
  tx: Tx,
  schedule: ScheduleRow,
  refused: OccurrenceRow,
  settling: Settling,
): Promise<OccurrenceRow> {
  const amountMinor = refused.amountMinor ?? schedule.amountMinor
  const occurrence = { ...refused, amountMinor }
  const outcome = await postOccurrence(tx, schedule, occurrence, { ...settling, isOnDueDay: false })
  return settle(tx, schedule, { ...occurrence, outcome }, 'refused')
}

type Posted = Pick<PlannedOccurrence, 'date' | 'dueOn' | 'amountMinor' | 'note'>

async function postOccurrence(
  tx: Tx,
  schedule: ScheduleRow,
  { dueOn, amountMinor, note }: Posted,
  { now, locale, isOnDueDay }: Settling & { isOnDueDay: boolean },
): Promise<Outcome> {
  const { ownerId, accountId, type, currency, toAccount, counterparty, category } = schedule
  // A transfer to somebody else happens when it is sent, however late that is.
  const isDated = isOnDueDay && (toAccount === null || (await isOwn(tx, ownerId, toAccount)))
  const body: TransactionBody = {
    account_id: accountId,
    type,
    amount: formatDecimal(amountMinor, currency),
    to_account: toAccount,
    note,
    ...(counterparty === null ? {} : { counterparty }),
    ...(category === null ? {} : { category }),
    metadata: { schedule_id: schedule.id },
    ...(isDated ? { effective_at: effectiveInstantOf(dueOn).toISOString() } : {}),
  }
  return postOrRefuse(tx, body, { callerId: ownerId, locale, now, isAtomic: true })
}

/** The ledger's own constraints refuse by breaking a transaction off; a savepoint is what they break off here, so that it can be recorded. */
async function postOrRefuse(tx: Tx, body: TransactionBody, posting: Posting): Promise<Outcome> {
  try {
    return await tx.savepoint(async (inner) => {
      const outcome = await postTransactions(inner as Tx, [body], posting)
      if ('refusal' in outcome) return outcome.refusal
      const [posted] = outcome
      if (!posted || isRefusal(posted)) throw new Error('An atomic posting gave neither a row nor a refusal.')
      return { transactionId: posted.id }
    })
  } catch (error) {
    if (error instanceof Refused && statusOf(error.refusal) < 500) return error.refusal
    throw error
  }
}

async function isOwn(tx: Tx, ownerId: string, accountId: string): Promise<boolean> {
  const own = await listOwnAccounts(tx, ownerId)
  return own.some(({ id }) => id === accountId)
}

function tellRefusal(
  tx: Tx,
  { id, ownerId, accountId, type, currency, toAccount, counterparty }: ScheduleRow,
  { date, dueOn, amountMinor, note }: PlannedOccurrence,
  { refused, detail }: Refusal,
): Promise<void> {
  return publish(tx, 'schedule.refused', ownerId, {
    schedule_id: id,
    account_id: accountId,
    type,
    amount_minor: amountMinor.toString(),
    currency,
    to_account: toAccount,
    counterparty,
    note,
    date,
    due_on: dueOn,
    code: refused,
    detail,
  })
}
