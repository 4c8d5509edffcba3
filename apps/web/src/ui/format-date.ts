// Says when: near days in words, others as dates of the reader's locale.
import { locale } from './format-money.ts'

const dayMs = 86_400_000

const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const longDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const fullDate = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
const monthName = new Intl.DateTimeFormat(locale, { month: 'long' })
const monthAndYear = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })

/** `Today`, `Yesterday`, `Monday`, `3 Oct`, `3 Oct 2024`: as short as it can be without doubt. */
export function formatDay(at: Date, now: Date = new Date()): string {
  const days = Math.round((startOfDay(now).getTime() - startOfDay(at).getTime()) / dayMs)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days === -1) return 'Tomorrow'
  if (days > 1 && days < 6) return weekday.format(at)
  return at.getFullYear() === now.getFullYear() ? shortDate.format(at) : longDate.format(at)
}

/** `just now`, `12 min ago`, `3 h ago`, and a day from yesterday on. */
export function formatAgo(at: Date, now: Date = new Date()): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000)
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (startOfDay(at).getTime() === startOfDay(now).getTime()) return `${Math.floor(seconds / 3600)} h ago`
  return formatDay(at, now)
}

export function formatFullDate(at: Date): string {
  return fullDate.format(at)
}

/** A day without a time: `Friday, 30 October 2026`. */
export function formatFullDay(at: Date): string {
  return fullDay.format(at)
}

export function formatLongDate(at: Date): string {
  return longDate.format(at)
}

export function formatMonth(at: Date): string {
  return monthName.format(at)
}

export function formatMonthAndYear(at: Date): string {
  return monthAndYear.format(at)
}

/** A calendar day `YYYY-MM-DD` as local midnight, so that no time zone moves it to the day before. */
export function parseDay(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number)
  return new Date(year, month - 1, date)
}

/**
 * An instant as the reader's clock has it. Midnight in UTC, to the second, is a bank's date that came without a time:
 * it stays that day wherever it is read.
 */
export function parseMoment(at: string): Date {
  return /T00:00:00(\.0+)?Z$/.test(at) ? parseDay(at) : new Date(at)
}

/** The local calendar day of an instant, as `YYYY-MM-DD`. */
export function toDay(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export function addMonths(at: Date, months: number): Date {
  const target = new Date(at.getFullYear(), at.getMonth() + months, 1)
  const lastDay = new Date(target.getFullYear(), target.getMonth() + 1, 0).getDate()
  target.setDate(Math.min(at.getDate(), lastDay))
  return target
}

export function startOfMonth(at: Date): Date {
  return new Date(at.getFullYear(), at.getMonth(), 1)
}

function startOfDay(at: Date): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate())
}
