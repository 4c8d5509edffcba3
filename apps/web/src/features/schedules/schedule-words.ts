// How a schedule is called and what its rule says, in plain words.
import { computeDueDates, type RecurrenceRule } from '@fintwin/ledger-rules'
import { formatDay, parseDay } from '../../ui/format-date.ts'
import { locale } from '../../ui/format-money.ts'
import { type AccountNames, typeLabels } from '../transactions/transaction-words.ts'
import type { BusinessDays, Occurrence, Schedule } from './get-schedules.ts'

/** `Landlord`, `Rent`, `Transfer to Emergency fund`: the best name there is. */
export function scheduleTitle(
  { counterparty, note, type, to_account: to }: Schedule,
  own: AccountNames,
): string {
  if (counterparty) return counterparty
  if (note) return note
  if (type !== 'transfer') return typeLabels[type]
  const toName = to === null ? undefined : own.get(to)
  return toName ? `Transfer to ${toName}` : 'Transfer to another account'
}

/** In is above zero, out below; a transfer between two of one's own accounts has no sign (null). */
export function signedScheduled(
  { type, to_account: to }: Pick<Schedule, 'type' | 'to_account'>,
  amount: number,
  own: AccountNames,
): number | null {
  if (type === 'deposit') return amount
  return to !== null && own.has(to) ? null : -amount
}

export function ruleOf(schedule: Schedule): RecurrenceRule {
  return {
    frequency: schedule.frequency,
    interval: schedule.interval,
    dayOfMonth: schedule.day_of_month,
    businessDays: schedule.business_days,
    startOn: schedule.start_on,
    endOn: schedule.end_on,
    count: schedule.count,
  }
}

/** `Every 2 weeks on Friday`, `Every month on the last day, until 3 Nov`. */
export function ruleWords(rule: RecurrenceRule): string {
  return `${frequencyWords(rule)}${endWords(rule)}`
}

function frequencyWords(rule: RecurrenceRule): string {
  const { frequency, interval, startOn } = rule
  if (frequency === 'once') return `Once, ${lowerDay(startOn)}`
  if (frequency === 'daily') return interval === 1 ? 'Every day' : `Every ${interval} days`
  if (frequency === 'weekly') {
    const day = weekday.format(parseDay(startOn))
    return interval === 1 ? `Every ${day}` : `Every ${interval} weeks on ${day}`
  }
  if (interval === 12) return `Every year ${yearlyWords(rule)}`
  const day = `on the ${dayOfMonthWords(rule)}`
  return interval === 1 ? `Every month ${day}` : `Every ${interval} months ${day}`
}

function yearlyWords(rule: RecurrenceRule): string {
  const [first] = computeDueDates(rule)
  const day = parseDay(first?.date ?? rule.startOn)
  return rule.dayOfMonth === 'last'
    ? `on the last day of ${monthName.format(day)}`
    : `on ${dayAndMonth.format(day)}`
}

/** `1st`, `last day`. The 31st and the last day are the same days. */
export function dayOfMonthWords({
  dayOfMonth,
  startOn,
}: Pick<RecurrenceRule, 'dayOfMonth' | 'startOn'>): string {
  const day = dayOfMonth ?? Number(startOn.slice(8))
  return day === 'last' || day === 31 ? 'last day' : ordinal(day)
}

function endWords({ endOn, count, frequency }: RecurrenceRule): string {
  if (frequency === 'once') return ''
  if (endOn !== null) return `, until ${plainDay(endOn)}`
  if (count !== null) return count === 1 ? ', one time' : `, ${count} times`
  return ''
}

export const weekendChoices: readonly { value: BusinessDays; label: string }[] = [
  { value: 'none', label: 'Keep the day' },
  { value: 'following', label: 'Monday after' },
  { value: 'preceding', label: 'Friday before' },
  { value: 'modified_following', label: 'Monday in its month' },
]

/** What moved it, if anything: `moved from Sat, 31 Oct`. */
export function movedWords({ date, due_on: dueOn }: Pick<Occurrence, 'date' | 'due_on'>): string | null {
  return date === dueOn ? null : `moved from ${shortDayWords(date)}`
}

/** `Fri, 30 Oct`, and the year when it is not this one: a day among others. */
export function shortDayWords(day: string, now: Date = new Date()): string {
  const at = parseDay(day)
  return (at.getFullYear() === now.getFullYear() ? shortDay : shortDayOfYear).format(at)
}

/** `tomorrow`, `on 3 Nov`. */
export function lowerDay(day: string): string {
  const words = plainDay(day)
  return /^[a-z]/.test(words) ? words : `on ${words}`
}

/** `tomorrow`, `3 Nov`. */
function plainDay(day: string): string {
  const words = formatDay(parseDay(day))
  return /^(Today|Tomorrow|Yesterday)$/.test(words) ? words.toLowerCase() : words
}

const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
const monthName = new Intl.DateTimeFormat(locale, { month: 'long' })
const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
const shortDay = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' })
const shortDayOfYear = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** 1 → `1st`, 22 → `22nd`. */
export function ordinal(day: number): string {
  const endings = { one: 'st', two: 'nd', few: 'rd' } as Record<string, string>
  return `${day}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(day)] ?? 'th'}`
}
