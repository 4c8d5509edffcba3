// The accounts over time: the cash in them, the sum with what is owed, or each as a layer.
import { useMemo, useState } from 'react'
import { Change } from '../../ui/amount.tsx'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { toneOf } from '../../ui/chart/palette.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { toDay } from '../../ui/format-date.ts'
import { differenceOf } from '../../ui/format-money.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { isDebt } from '../accounts/account-words.ts'
import type { Account } from '../accounts/get-accounts.ts'
import { useBalancesOf } from '../accounts/get-balances.ts'
import { isStill, type Span, spans, startOfSpan, withoutSilence } from '../accounts/span.ts'
import { readProblem } from '../session/problem.ts'
import { type AccountLine, stackedBalances, totalBalance } from './total-balance.ts'

type View = 'cash' | 'all' | 'accounts'

const titles: Record<View, string> = {
  cash: 'Cash over time',
  all: 'All accounts over time',
  accounts: 'Each account over time',
}

export function BalanceHistory({ accounts, currency }: { accounts: readonly Account[]; currency: string }) {
  const [chosen, setChosen] = useState<Span | null>(null)
  const [view, setView] = useState<View>('cash')
  const own = accounts.filter((account) => account.currency === currency)
  const hasDebts = own.some((account) => isDebt(account.type))
  const ids = own.map((account) => account.id)
  const today = toDay(new Date())
  const lastYear = useBalancesOf(ids, startOfSpan('12'), today)
  // Where nothing moved for a year, the story lies before it.
  const isQuiet = own.length > 0 && lastYear.every((query) => query.data && isStill(query.data.points))
  const span = chosen ?? (isQuiet ? 'all' : '12')
  const queries = useBalancesOf(ids, startOfSpan(span), today)
  const failed = queries.find((query) => query.isError)
  const data = queries.map((query) => query.data)
  const lines: OwnLine[] = own.map((account, index) => ({
    name: account.name,
    isDebt: isDebt(account.type),
    points: pointsOf(data[index]?.points ?? [], span),
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
  if (data.some((one) => one === undefined)) return <ChartSkeleton title={titles[view]} />
  return (
    <TimeChart
      title={titles[view]}
      sentence={<Moved lines={shownLines(lines, view)} span={span} currency={currency} />}
      series={series}
      unit={unit}
      markLow={view === 'cash'}
      controls={
        <>
          <Segmented
            label="Show"
            value={view}
            segments={hasDebts ? views : views.filter((one) => one.value !== 'all')}
            onChange={setView}
          />
          <Segmented label="Span" value={span} segments={spans} onChange={setChosen} />
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

function pointsOf(points: readonly { date: string; balance: number }[], span: Span) {
  const shown = (span === 'all' ? withoutSilence(points) : points) ?? []
  return shown.map(({ date, balance }) => ({ date, value: balance }))
}

const views = [
  { value: 'cash', label: 'Cash' },
  { value: 'all', label: 'With debts' },
  { value: 'accounts', label: 'By account' },
] as const

interface OwnLine extends AccountLine {
  isDebt: boolean
}

/** Cash is what lies in accounts; what is owed on cards and loans is another matter. */
function shownLines(lines: readonly OwnLine[], view: View): readonly OwnLine[] {
  return view === 'cash' ? lines.filter((line) => !line.isDebt) : lines
}

function seriesOf(lines: readonly OwnLine[], view: View, currency: string): TimeSeries[] {
  if (view !== 'accounts') {
    return [
      {
        name: view === 'cash' ? 'Cash' : 'All accounts',
        tone: 'ink',
        area: true,
        warnsBelowZero: view === 'cash',
        points: totalBalance(shownLines(lines, view), currency),
      },
    ]
  }
  const size = (line: AccountLine) => Math.abs(line.points.at(-1)?.value ?? 0)
  const whole = lines.reduce((sum, line) => sum + size(line), 0)
  return stackedBalances(lines).map((line, index) => ({
    ...line,
    tone: toneOf(index),
    stacked: true,
    area: true,
    // A layer too thin for a label of its own is named in the read-out.
    endLabel: size(line) > whole * 0.06 ? line.name : undefined,
  }))
}
