// What a request for a schedule asks for, checked: it has a date from today on, and everything that its transactions will need.
import type { NewSchedule, Refusal } from '@fintwin/contracts'
import { type CalendarDate, computeDueDates, type RecurrenceRule } from '@fintwin/ledger-rules'
import { type CurrencyCode, readPayment } from '@fintwin/money'
import { isTimeZone, laterDay } from './calendar-day.ts'
import type { OwnAccount } from './propose-transaction.ts'

/** What is posted at each date, and which dates. */
export interface ScheduleTerms {
  accountId: string
  type: 'deposit' | 'withdrawal' | 'transfer'
  amountMinor: bigint
  currency: CurrencyCode
  toAccount: string | null
  note: string | null
  counterparty: string | null
  category: string | null
  rule: RecurrenceRule
  timeZone: string
}

export interface ReadingSchedule {
  /** The caller's accounts, the primary one first. An account that is not among them is ignored. */
  own: readonly OwnAccount[]
  locale: string
  timeZone: string
  /** Which day it is in a time zone. */
  dayIn: (timeZone: string) => CalendarDate
  /** Of an edit: the start that the schedule had, which may be past. */
  formerStartOn?: CalendarDate
}

export function readSchedule(request: NewSchedule, reading: ReadingSchedule): ScheduleTerms | Refusal {
  const account = chooseAccount(request, reading.own)
  const amount = readPayment(request.amount, account.currency, reading.locale)
  if (!amount.ok)
    return { refused: 'invalid_amount', detail: amount.detail, errors: at('amount', amount.detail) }
  const toAccount = request.type === 'transfer' ? (request.to_account?.toLowerCase() ?? '') : null
  if (toAccount === '')
    return { refused: 'missing_recipient', detail: 'A transfer needs the account it goes to (to_account).' }
  if (toAccount === account.id)
    return { refused: 'same_account', detail: 'A transfer needs two different accounts.' }
  const timeZone = request.time_zone ?? reading.timeZone
  if (!isTimeZone(timeZone))
    return malformed('time_zone', 'must be the name of a time zone, such as Asia/Kolkata')
  const rule = readRule(request, reading, reading.dayIn(timeZone))
  if ('refused' in rule) return rule
  return {
    accountId: account.id,
    type: request.type,
    amountMinor: amount.amountMinor,
    currency: account.currency,
    toAccount,
    note: request.note || null,
    counterparty: request.counterparty || null,
    category: request.category || null,
    rule,
    timeZone,
  }
}

function chooseAccount({ account_id }: NewSchedule, own: readonly OwnAccount[]): OwnAccount {
  const persons = own.filter(({ kind }) => kind === 'person')
  const wanted = typeof account_id === 'string' ? account_id.toLowerCase() : ''
  const account = persons.find(({ id }) => id === wanted) ?? persons[0]
  if (!account) throw new Error('The caller has no account in the ledger.')
  return account
}

function readRule(
  request: NewSchedule,
  { formerStartOn }: ReadingSchedule,
  today: CalendarDate,
): RecurrenceRule | Refusal {
  const isOnce = request.frequency === 'once'
  const rule: RecurrenceRule = {
    frequency: request.frequency,
    interval: isOnce ? 1 : request.interval,
    dayOfMonth:
      request.frequency === 'monthly' ? (request.day_of_month ?? Number(request.start_on.slice(8))) : null,
    businessDays: request.business_days,
    startOn: request.start_on,
    endOn: isOnce ? null : (request.end_on ?? null),
    count: isOnce ? null : (request.count ?? null),
  }
  if (rule.startOn < today && rule.startOn !== formerStartOn)
    return malformed('start_on', 'must be today or later')
  if (rule.endOn !== null && rule.count !== null)
    return malformed('count', 'says when it ends, and end_on does too: leave one of them out')
  if (computeDueDates(rule, laterDay(today, rule.startOn)).next().done)
    return malformed(
      rule.endOn === null ? 'count' : 'end_on',
      'leaves no date: it would end before its next one',
    )
  return rule
}

const at = (member: string, detail: string) => [{ pointer: `/${member}`, detail }]

function malformed(member: string, detail: string): Refusal {
  return {
    refused: 'malformed_request',
    detail: `${member}: ${detail}.`,
    errors: at(member, `It ${detail}.`),
  }
}
