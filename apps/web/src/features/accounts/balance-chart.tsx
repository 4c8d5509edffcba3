// The balance of one account over a span of time.
import { useMemo, useState } from 'react'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { toDay } from '../../ui/format-date.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { isDebt } from './account-words.ts'
import type { Account } from './get-accounts.ts'
import { useBalances } from './get-balances.ts'
import { isStill, type Span, spans, startOfSpan, withoutSilence } from './span.ts'

export function BalanceChart({ account }: { account: Account }) {
  const [chosen, setChosen] = useState<Span | null>(null)
  const today = toDay(new Date())
  const lastYear = useBalances(account.id, startOfSpan('12'), today)
  // An account that lay still for a year has its story before that.
  const span = chosen ?? (lastYear.data && isStill(lastYear.data.points) ? 'all' : '12')
  const balances = useBalances(account.id, startOfSpan(span), today)
  const points = useMemo(
    () => (span === 'all' ? withoutSilence(balances.data?.points) : balances.data?.points),
    [balances.data, span],
  )
  const series = useMemo<TimeSeries[]>(
    () => [
      {
        name: 'Balance',
        tone: 'ink',
        points: (points ?? []).map(({ date, balance }) => ({ date, value: balance })),
        area: true,
        warnsBelowZero: !isDebt(account.type),
      },
    ],
    [points, account.type],
  )
  const unit = useMemo(() => ({ currency: account.currency }), [account.currency])

  if (balances.isError) {
    return (
      <ErrorState
        detail={readProblem(balances.error).detail}
        stillWorks="The balance above and the transactions below are up to date."
        onRetry={() => balances.refetch()}
      />
    )
  }
  if (!points) return <ChartSkeleton title="Balance over time" />
  return (
    <TimeChart
      title="Balance over time"
      series={series}
      unit={unit}
      markLow={!isDebt(account.type)}
      controls={<Segmented label="Span" value={span} segments={spans} onChange={setChosen} />}
    />
  )
}
