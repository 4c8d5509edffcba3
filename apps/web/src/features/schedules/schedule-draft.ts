// The form of a schedule as it is typed, and what it asks for once it can be read.
import { computeDueDates, type DueDate, isCalendarDate, type RecurrenceRule } from '@fintwin/ledger-rules'
import { toDay } from '../../ui/format-date.ts'
import { formatFigure, readAmount } from '../../ui/format-money.ts'
import type { BusinessDays, Frequency, Schedule, ScheduledType } from './get-schedules.ts'
import type { ScheduleRequest } from './save-schedule.ts'
import { ruleOf } from './schedule-words.ts'

export interface ScheduleDraft {
  type: ScheduledType
  account: string | undefined
  amount: string
  /** An own account, or `elsewhere`. */
  to: string
  toId: string
  counterparty: string
  category: string
  note: string
  frequency: Frequency
  interval: string
  startOn: string
  /** Of a monthly one: the day itself, a later one that the first month lacks, or the last. */
  dayOfMonth: number | 'last'
  businessDays: BusinessDays
  ends: 'never' | 'on' | 'after'
  endOn: string
  count: string
}

export const elsewhere = 'elsewhere'

export function newDraft(today: string = toDay(new Date())): ScheduleDraft {
  return {
    type: 'withdrawal',
    account: undefined,
    amount: '',
    to: '',
    toId: '',
    counterparty: '',
    category: '',
    note: '',
    frequency: 'monthly',
    interval: '1',
    startOn: today,
    dayOfMonth: 1,
    businessDays: 'none',
    ends: 'never',
    endOn: '',
    count: '12',
  }
}

/** What is still to come of a schedule, as the form shows it: it begins with its next date. */
export function draftOf(schedule: Schedule, today: string = toDay(new Date())): ScheduleDraft {
  const next = schedule.upcoming.find(({ date }) => date >= today)?.date ?? today
  const { to_account: to, count, end_on: endOn, day_of_month: dayOfMonth } = schedule
  return {
    ...newDraft(today),
    type: schedule.type,
    account: schedule.account_id,
    amount: formatFigure(schedule.amount),
    to: to ?? '',
    toId: to ?? '',
    counterparty: schedule.counterparty ?? '',
    category: schedule.category ?? '',
    note: schedule.note ?? '',
    frequency: schedule.frequency,
    interval: String(schedule.interval),
    startOn: next,
    dayOfMonth: dayOfMonth === null ? Number(next.slice(8)) : dayOfMonth,
    businessDays: schedule.business_days,
    ends: endOn !== null ? 'on' : count !== null ? 'after' : 'never',
    endOn: endOn ?? '',
    count: count === null ? '12' : String(Math.max(1, datesLeft(ruleOf(schedule), next))),
  }
}

function datesLeft(rule: RecurrenceRule, from: string): number {
  let count = 0
  for (const _date of computeDueDates(rule, from)) count += 1
  return count
}

/** The days of the month that a monthly schedule beginning on that day can have: only the end of a short month leaves a choice. */
export function dayChoices(startOn: string): readonly (number | 'last')[] {
  if (!isCalendarDate(startOn)) return ['last']
  const [year = 0, month = 0, day = 0] = startOn.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < lastDay) return [day]
  return [...Array.from({ length: 31 - day }, (_, index) => day + index), 'last']
}

export function dayOf({ startOn, dayOfMonth }: ScheduleDraft): number | 'last' {
  const choices = dayChoices(startOn)
  const wanted = dayOfMonth === 31 ? 'last' : dayOfMonth
  return choices.find((choice) => choice === wanted) ?? choices[0] ?? 'last'
}

export type DraftErrors = Partial<Record<'amount' | 'interval' | 'startOn' | 'endOn' | 'count', string>>

/** What cannot be read yet, by field. */
export function checkDraft(draft: ScheduleDraft): DraftErrors {
  const errors: DraftErrors = {}
  const figure = readAmount(draft.amount)
  const isOnce = draft.frequency === 'once'
  if (figure === null || Number(figure) <= 0)
    errors.amount = 'Give an amount above zero, such as 1,500 or 249.50.'
  if (!isCalendarDate(draft.startOn)) errors.startOn = 'Choose a day.'
  if (!isOnce && readCount(draft.interval, 999) === null) errors.interval = 'A whole number from 1 to 999.'
  if (!isOnce && draft.ends === 'on') {
    if (!isCalendarDate(draft.endOn)) errors.endOn = 'Choose a day.'
    else if (draft.endOn < draft.startOn) errors.endOn = 'This is before the first one.'
  }
  if (!isOnce && draft.ends === 'after' && readCount(draft.count, 1000) === null)
    errors.count = 'A whole number from 1 to 1,000.'
  return errors
}

/** The rule of what is typed; undefined while some of it cannot be read. */
export function ruleOfDraft(draft: ScheduleDraft): RecurrenceRule | undefined {
  const { interval, startOn, endOn, count } = checkDraft(draft)
  if (interval || startOn || endOn || count) return undefined
  const { frequency, ends } = draft
  const isOnce = frequency === 'once'
  return {
    frequency,
    interval: isOnce ? 1 : (readCount(draft.interval, 999) ?? 1),
    dayOfMonth: frequency === 'monthly' ? dayOf(draft) : null,
    businessDays: draft.businessDays,
    startOn: draft.startOn,
    endOn: !isOnce && ends === 'on' ? draft.endOn : null,
    count: !isOnce && ends === 'after' ? readCount(draft.count, 1000) : null,
  }
}

/** The first dates of what is typed, and whether there are more. */
export function previewDates(rule: RecurrenceRule, length: number): { dates: DueDate[]; hasMore: boolean } {
  const dates: DueDate[] = []
  for (const date of computeDueDates(rule)) {
    if (dates.length === length) return { dates, hasMore: true }
    dates.push(date)
  }
  return { dates, hasMore: false }
}

/** `draft` has been checked; `toAccount` is the account a transfer goes to. */
export function requestOf(
  draft: ScheduleDraft,
  account: string,
  toAccount: string | null,
  timeZone: string,
): ScheduleRequest | undefined {
  const amount = readAmount(draft.amount)
  const rule = ruleOfDraft(draft)
  if (amount === null || !rule) return undefined
  return {
    account_id: account,
    type: draft.type,
    amount,
    to_account: draft.type === 'transfer' ? toAccount : null,
    counterparty: draft.counterparty.trim() || null,
    category: draft.category.trim() || null,
    note: draft.note.trim() || null,
    frequency: rule.frequency,
    interval: rule.interval,
    day_of_month: rule.dayOfMonth,
    business_days: rule.businessDays,
    start_on: rule.startOn,
    end_on: rule.endOn,
    count: rule.count,
    time_zone: timeZone,
  }
}

function readCount(typed: string, most: number): number | null {
  const count = Number(typed.trim())
  return /^\d+$/.test(typed.trim()) && count >= 1 && count <= most ? count : null
}
