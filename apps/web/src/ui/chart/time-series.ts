// Reads values off series of dated points; knows nothing of drawing.
import { parseDay } from '../format-date.ts'

export interface DatedValue {
  /** `YYYY-MM-DD` */
  date: string
  value: number
}

/** Every date on which at least one of the series has a point, in order. */
export function datesOf(series: readonly { points: readonly DatedValue[] }[]): string[] {
  return [...new Set(series.flatMap((one) => one.points.map((point) => point.date)))].sort()
}

/**
 * The value that held at the end of a day: that of the last point up to it. Null before the first point; null after
 * the last one as well, unless the series is said to go on.
 */
export function valueOn(points: readonly DatedValue[], date: string, goesOn = false): number | null {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || date < first.date) return null
  if (date > last.date) return goesOn ? last.value : null
  let low = 0
  let high = points.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((points[middle]?.date ?? '') <= date) low = middle
    else high = middle - 1
  }
  return points[low]?.value ?? null
}

/** The same series with a point on each of the dates; days before its start count as zero. */
export function resample(points: readonly DatedValue[], dates: readonly string[]): DatedValue[] {
  return dates.map((date) => ({ date, value: valueOn(points, date, true) ?? 0 }))
}

/** The index of the date nearest to an instant. */
export function nearestDate(dates: readonly string[], timeMs: number): number {
  let best = 0
  let bestDistance = Number.POSITIVE_INFINITY
  dates.forEach((date, index) => {
    const distance = Math.abs(parseDay(date).getTime() - timeMs)
    if (distance < bestDistance) {
      best = index
      bestDistance = distance
    }
  })
  return best
}

/**
 * Whether the value axis starts at zero. It does unless all values sit in a narrow band far from it, where a line
 * (which shows change, not size) may be looked at more closely.
 */
export function startsAtZero(values: readonly number[]): boolean {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (low <= 0 && high >= 0) return true
  const [near, far] = low > 0 ? [low, high] : [-high, -low]
  return near < far * 0.6
}

export function lowPoint(points: readonly DatedValue[]): DatedValue | null {
  return points.reduce<DatedValue | null>(
    (low, point) => (!low || point.value < low.value ? point : low),
    null,
  )
}
