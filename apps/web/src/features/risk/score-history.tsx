// How the score moved.
import { useMemo } from 'react'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { Section } from '../../ui/page.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { dailyScores } from './daily-scores.ts'
import { useScoreHistory } from './get-score-history.ts'

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
  if ((series[0]?.points.length ?? 0) < 2) {
    return (
      <Section title="The score over time">
        <p className="section__aside">Its history begins today; each transaction may move it.</p>
      </Section>
    )
  }
  return <TimeChart title="The score over time" size="small" series={series} unit="score" levels={levels} />
}
