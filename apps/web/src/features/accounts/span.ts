// Over how much of the past a balance is shown.
import { addMonths, toDay } from '../../ui/format-date.ts'

export type Span = '3' | '12' | '24' | 'all'

export const spans = [
  { value: '3', label: '3 months', ago: '3 months ago' },
  { value: '12', label: '1 year', ago: 'a year ago' },
  { value: '24', label: '2 years', ago: '2 years ago' },
  { value: 'all', label: 'All', ago: 'at the beginning' },
] as const

/** The first day of a span, `YYYY-MM-DD`; for everything there is, a day before any bank's records. */
export function startOfSpan(span: Span, now: Date = new Date()): string {
  return span === 'all' ? '1970-01-01' : toDay(addMonths(now, -Number(span)))
}

interface DatedBalance {
  date: string
  balance: number
}

/** Whether the balance never moved between the two ends. */
export function isStill(points: readonly DatedBalance[]): boolean {
  return points.every((point) => point.balance === points[0]?.balance)
}

/**
 * A whole history without the silence around it: it begins the day before the first movement, and ends a little after
 * the last one, if that was long ago.
 */
export function withoutSilence<Point extends DatedBalance>(
  points: readonly Point[] | undefined,
): Point[] | undefined {
  if (!points) return undefined
  const firstMove = points.findIndex((point) => point.balance !== 0)
  const first = points[firstMove]
  const last = points.findLast((point, index) => point.balance !== points[index - 1]?.balance)
  const end = points.at(-1)
  if (!first || !last || !end) return [...points]
  const begin = points[firstMove - 1]
  const activeDays = Math.max(30, daysBetween(first.date, last.date))
  const quietDays = daysBetween(last.date, end.date)
  const shownEnd =
    quietDays > activeDays ? { ...end, date: shiftDay(last.date, Math.ceil(activeDays / 5)) } : end
  return [
    ...(begin ? [{ ...begin, date: shiftDay(first.date, -1) }] : []),
    ...points.slice(firstMove, -1),
    shownEnd,
  ]
}

const dayMs = 86_400_000

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}

function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}
