// All accounts over time: their sum as a line, or each as a layer.
import { useMemo, useState } from 'react'
import { Change } from '../../ui/amount.tsx'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { toneOf } from '../../ui/chart/palette.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { addMonths, toDay } from '../../ui/format-date.ts'
import { differenceOf } from '../../ui/format-money.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { type Span, spans } from '../accounts/balance-chart.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { useBalancesOf } from '../accounts/get-balances.ts'
import { readProblem } from '../session/problem.ts'
import { type AccountLine, stackedBalances, totalBalance } from './total-balance.ts'

type View = 'total' | 'accounts'

export function BalanceHistory({ accounts, currency }: { accounts: readonly Account[]; currency: string }) {
  const [span, setSpan] = useState<Span>('12')
  const [view, setView] = useState<View>('total')
  const own = accounts.filter((account) => account.currency === currency)
  const today = toDay(new Date())
  const queries = useBalancesOf(
    own.map((account) => account.id),
    toDay(addMonths(new Date(), -Number(span))),
    today,
  )
  const failed = queries.find((query) => query.isError)
  const data = queries.map((query) => query.data)
  const lines: AccountLine[] = own.map((account, index) => ({
    name: account.name,
    points: data[index]?.points.map(({ date, balance }) => ({ date, value: balance })) ?? [],
  }))
  // The queries give new arrays each time; what they hold changes only with these.
  const version = queries.map((query) => query.dataUpdatedAt).join()
  const series = useMemo(() => seriesOf(lines, view, currency), [version, view, currency, span, own.length])
  const unit = useMemo(() => ({ currency }), [currency])

  if (failed) {
    return (
      <ErrorState
        detail={readProblem(failed.error).detail}
        stillWorks="The figures of today, around this, are up to date."
        onRetry={() => {
          for (const query of queries) query.refetch()
        }}
      />
    )
  }
  if (data.some((one) => one === undefined)) return <ChartSkeleton title="All accounts over time" />
  return (
    <TimeChart
      title="All accounts over time"
      sentence={<Moved lines={lines} span={span} currency={currency} />}
      series={series}
      unit={unit}
      markLow={view === 'total'}
      controls={
        <>
          <Segmented
            label="Show"
            value={view}
            segments={[
              { value: 'total', label: 'Total' },
              { value: 'accounts', label: 'By account' },
            ]}
            onChange={setView}
          />
          <Segmented label="Span" value={span} segments={spans} onChange={setSpan} />
        </>
      }
    />
  )
}

function Moved({ lines, span, currency }: { lines: readonly AccountLine[]; span: Span; currency: string }) {
  const total = totalBalance(lines, currency)
  const first = total[0]
  const last = total.at(-1)
  if (!first || !last) return null
  const ago = spans.find((one) => one.value === span)?.ago
  return (
    <Change
      value={differenceOf(last.value, first.value, currency)}
      currency={currency}
      words={[`more than ${ago}`, `less than ${ago}`, `the same as ${ago}`]}
    />
  )
}

function seriesOf(lines: readonly AccountLine[], view: View, currency: string): TimeSeries[] {
  if (view === 'total') {
    return [
      {
        name: 'All accounts',
        tone: 'ink',
        area: true,
        warnsBelowZero: true,
        points: totalBalance(lines, currency),
      },
    ]
  }
  return stackedBalances(lines).map((line, index) => ({
    ...line,
    tone: toneOf(index),
    stacked: true,
    area: true,
    endLabel: line.name,
  }))
}
