// A history of scores as one value a day.
import { toDay } from '../../ui/format-date.ts'
import type { PastScore } from './get-score-history.ts'

/** The last score of each day, and today's again so that the line reaches the present. */
export function dailyScores(history: readonly PastScore[], today: string = toDay(new Date())) {
  const byDay = new Map<string, number>()
  for (const past of [...history].sort((a, b) => a.at.localeCompare(b.at))) {
    byDay.set(toDay(new Date(past.at)), past.score)
  }
  const points = [...byDay].map(([date, value]) => ({ date, value }))
  const last = points.at(-1)
  if (last && last.date < today) points.push({ date: today, value: last.value })
  return points
}
