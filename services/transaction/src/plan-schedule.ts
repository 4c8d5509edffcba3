// A schedule from its request to its row: read, look for the account that a transfer goes to, and keep it; or change all that is still to come.
import type { NewSchedule } from '@fintwin/contracts'
import { type CalendarDate, findDueDate } from '@fintwin/ledger-rules'
import { isId, isRefusal, newId, type Refusal, refuse, type Tx } from '@fintwin/platform'
import { advanceSchedule, computeProgress, leaveOutPaused } from './advance-schedule.ts'
import { settleNextDue } from './post-occurrence.ts'
import { dayIn, laterDay } from './rules/calendar-day.ts'
import { readSchedule, type ScheduleTerms } from './rules/read-schedule.ts'
import { listOwnAccounts } from './store/ledger.ts'
import { deleteOpenDates, listOpenDates, type OccurrenceRow, saveOpenDate } from './store/occurrences.ts'
import { findRecipient, insertSchedule, type ScheduleRow, updateTerms } from './store/schedules.ts'

export interface Planning {
  ownerId: string
  locale: string
  timeZone: string
  now: Date
}

export async function createSchedule(
  tx: Tx,
  request: NewSchedule,
  planning: Planning,
): Promise<ScheduleRow | Refusal> {
  const terms = await readTerms(tx, request, planning)
  if (isRefusal(terms)) return terms
  const openFrom = dayIn(terms.timeZone, planning.now)
  const progress = computeProgress({ ...terms, openFrom, state: 'active' }, [])
  return insertSchedule(tx, newId(), planning.ownerId, terms, progress)
}

/**
 * Gives a locked schedule new terms from now on. What fell due until now is settled first, as it was planned; single dates that were edited or
 * left out stay so where the new rule has them.
 */
export async function changeSchedule(
  tx: Tx,
  former: ScheduleRow,
  request: NewSchedule,
  planning: Planning,
): Promise<ScheduleRow | Refusal> {
  const terms = await readTerms(tx, request, planning, former.rule.startOn)
  if (isRefusal(terms)) return terms
  const settled = await settleUntilNow(tx, former, planning)
  const today = dayIn(terms.timeZone, planning.now)
  const openFrom = laterDay(settled.openFrom, today)
  await keepOpenDates(tx, settled, { terms, openFrom })
  await updateTerms(tx, settled.id, terms)
  return advanceSchedule(tx, { ...settled, ...terms, openFrom })
}

async function readTerms(
  tx: Tx,
  request: NewSchedule,
  { ownerId, locale, timeZone, now }: Planning,
  formerStartOn?: CalendarDate,
): Promise<ScheduleTerms | Refusal> {
  const own = await listOwnAccounts(tx, ownerId)
  const terms = readSchedule(request, {
    own,
    locale,
    timeZone,
    dayIn: (zone) => dayIn(zone, now),
    ...(formerStartOn === undefined ? {} : { formerStartOn }),
  })
  if (isRefusal(terms) || terms.toAccount === null) return terms
  const recipient = isId(terms.toAccount) ? await findRecipient(tx, terms.toAccount) : undefined
  if (!recipient) return refuse('unknown_recipient', 'There is no account with this number to transfer to.')
  if (recipient.currency !== terms.currency) {
    return refuse(
      'currency_mismatch',
      `This account is in ${terms.currency} and the other one in ${recipient.currency}.`,
    )
  }
  return terms
}

async function settleUntilNow(
  tx: Tx,
  schedule: ScheduleRow,
  { locale, now }: Planning,
): Promise<ScheduleRow> {
  if (schedule.state === 'paused') return leaveOutPaused(tx, schedule, now)
  let current = schedule
  while (current.state === 'active' && current.nextDueAt && current.nextDueAt <= now)
    current = await settleNextDue(tx, current, { now, locale })
  return current
}

/**
 * Of the dates that are known by themselves and still to come, those that the new rule has too are kept, and those that were put off from before;
 * the others are forgotten.
 */
async function keepOpenDates(
  tx: Tx,
  schedule: ScheduleRow,
  { terms, openFrom }: { terms: ScheduleTerms; openFrom: CalendarDate },
): Promise<void> {
  const isSameCurrency = terms.currency === schedule.currency
  const forgotten: CalendarDate[] = []
  for (const row of await listOpenDates(tx, [schedule.id])) {
    if (!isOpen(row)) continue
    const ofRule = findDueDate(terms.rule, row.date)
    const isPutOff = row.isMoved && row.date < openFrom
    if (!ofRule && !isPutOff) forgotten.push(row.date)
    else {
      const dueOn = row.isMoved || !ofRule ? row.dueOn : ofRule.dueOn
      const amountMinor = isSameCurrency ? row.amountMinor : null
      await saveOpenDate(tx, { ...schedule, currency: terms.currency }, { ...row, dueOn, amountMinor })
    }
  }
  await deleteOpenDates(tx, schedule.id, forgotten)
}

const isOpen = (row: OccurrenceRow): row is OccurrenceRow & { state: 'planned' | 'skipped' } =>
  row.state === 'planned' || row.state === 'skipped'
