// How the score moved.
import { useMemo } from 'react'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { toDay } from '../../ui/format-date.ts'
import { ErrorState } from '../../ui/states.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { type PastScore, useScoreHistory } from './get-score-history.ts'

const levels = [
  { value: 30, name: 'medium above 30' },
  { value: 60, name: 'high above 60' },
]

export function ScoreHistory({ account }: { account: Account }) {
  const history = useScoreHistory(account.id)
  const series = useMemo<TimeSeries[]>(
    () => [{ name: 'Score', tone: 'ink', points: dailyScores(history.data ?? []) }],
    [history.data],
  )
  if (history.isPending) return <ChartSkeleton title="The score over time" size="small" />
  if (history.isError) {
    return (
      <ErrorState
        detail={readProblem(history.error).detail}
        stillWorks="The score of now, above, is up to date."
        onRetry={() => history.refetch()}
      />
    )
  }
  if ((series[0]?.points.length ?? 0) < 2) return null
  return <TimeChart title="The score over time" size="small" series={series} unit="score" levels={levels} />
}

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
