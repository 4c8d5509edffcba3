// The balance of one account over a span of time.
import { useMemo, useState } from 'react'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { addMonths, toDay } from '../../ui/format-date.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { isDebt } from './account-words.ts'
import type { Account } from './get-accounts.ts'
import { useBalances } from './get-balances.ts'

export type Span = '3' | '12' | '24'

export const spans = [
  { value: '3', label: '3 months', ago: '3 months ago' },
  { value: '12', label: '1 year', ago: 'a year ago' },
  { value: '24', label: '2 years', ago: '2 years ago' },
] as const

export function BalanceChart({ account }: { account: Account }) {
  const [span, setSpan] = useState<Span>('12')
  const today = toDay(new Date())
  const from = toDay(addMonths(new Date(), -Number(span)))
  const balances = useBalances(account.id, from, today)
  const points = balances.data?.points
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
      controls={<Segmented label="Span" value={span} segments={spans} onChange={setSpan} />}
    />
  )
}
