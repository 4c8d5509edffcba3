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

/** Without the years of zero before the first movement: the line begins the day before it. */
export function withoutSilence<Point extends DatedBalance>(
  points: readonly Point[] | undefined,
): Point[] | undefined {
  if (!points) return undefined
  const firstMove = points.findIndex((point) => point.balance !== 0)
  const before = points[firstMove - 1]
  const first = points[firstMove]
  if (!before || !first) return [...points]
  return [{ ...before, date: dayBefore(first.date) }, ...points.slice(firstMove)]
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
