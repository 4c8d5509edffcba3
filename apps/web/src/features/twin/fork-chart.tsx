// The last twelve months, solid; the fork, a line; what would follow, dashed. It moves with the slider.
import { useDeferredValue, useMemo } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import type { TimeSeries } from '../../ui/chart/time-option.ts'
import { addMonths, toDay } from '../../ui/format-date.ts'
import { formatShortMoney, readAmount } from '../../ui/format-money.ts'
import type { AlertLevel } from '../../ui/risk-meter.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { isDebt } from '../accounts/account-words.ts'
import type { Account } from '../accounts/get-accounts.ts'
import { useBalances } from '../accounts/get-balances.ts'
import { readProblem } from '../session/problem.ts'
import type { Outcome } from './outcome.ts'
import { previewSimulation } from './preview-simulation.ts'
import { scenarioTitle } from './scenario-words.ts'
import type { Draft } from './simulation-form.tsx'

export interface ForkChartProps {
  account: Account
  draft: Draft
  /** A past simulation that is being looked at, instead of the draft. */
  outcome: Outcome | null
}

const lowBalance = 50_000

export function ForkChart({ account, draft, outcome }: ForkChartProps) {
  const today = toDay(new Date())
  const balances = useBalances(account.id, toDay(addMonths(new Date(), -12)), today)
  const shownDraft = useDeferredValue(draft)
  const scene = useMemo(
    () => sceneOf(account, shownDraft, outcome, today),
    [account, shownDraft, outcome, today],
  )
  const points = balances.data?.points
  const series = useMemo(() => forkSeries(account, scene, points ?? []), [account, scene, points])
  const unit = useMemo(() => ({ currency: account.currency }), [account.currency])
  const fork = useMemo(() => ({ date: scene.date, name: scene.name }), [scene])
  const levels = useMemo(() => levelsFor(account, scene.after), [account, scene.after])

  if (balances.isError) {
    return (
      <ErrorState
        detail={readProblem(balances.error).detail}
        stillWorks="The simulation itself still runs."
        onRetry={() => balances.refetch()}
      />
    )
  }
  if (!points) return <ChartSkeleton title="The fork" />
  return (
    <TimeChart
      title={scenarioTitle(scene.scenario, scene.amount, account.currency)}
      sentence={
        <>
          <Amount value={scene.before} currency={account.currency} /> {outcome ? 'became' : 'would become'}{' '}
          <Amount value={scene.after} currency={account.currency} />, the risk score {scene.score} (
          {scene.level}).
        </>
      }
      series={series}
      unit={unit}
      fork={fork}
      levels={levels}
    />
  )
}

interface Scene {
  date: string
  until: string
  name: string
  scenario: Draft['scenario']
  amount: number
  before: number
  after: number
  score: number
  level: AlertLevel
}

function sceneOf(account: Account, draft: Draft, outcome: Outcome | null, today: string): Scene {
  const until = toDay(addMonths(new Date(), 3))
  if (outcome) {
    const date = outcome.created_at ? toDay(new Date(outcome.created_at)) : today
    return {
      date,
      until,
      name: date === today ? 'Fork, today' : 'Fork',
      scenario: outcome.scenario,
      amount: outcome.amount,
      before: outcome.current_balance,
      after: outcome.virtual_balance,
      score: outcome.risk_score,
      level: outcome.alert_level,
    }
  }
  const preview = previewSimulation(account, draft.scenario, draft.amount)
  const still = previewSimulation(account, 'deposit', '0')
  return {
    date: today,
    until,
    name: 'Fork, today',
    scenario: draft.scenario,
    amount: Number(readAmount(draft.amount) ?? 0),
    before: account.balance,
    after: preview?.after ?? account.balance,
    score: preview?.score ?? still?.score ?? 10,
    level: preview?.level ?? still?.level ?? 'low',
  }
}

function forkSeries(
  account: Account,
  scene: Scene,
  points: readonly { date: string; balance: number }[],
): TimeSeries[] {
  const money = (value: number) => formatShortMoney(value, account.currency)
  return [
    {
      name: 'Live',
      tone: 'ink',
      points: points.map(({ date, balance }) => ({ date, value: balance })),
      warnsBelowZero: !isDebt(account.type),
    },
    {
      name: 'Without it',
      tone: 'ink-soft',
      dashed: true,
      endLabel: `${money(scene.before)} without`,
      endLabelShort: money(scene.before),
      points: [
        { date: scene.date, value: scene.before },
        { date: scene.until, value: scene.before },
      ],
    },
    {
      name: 'On the fork',
      tone: 'accent',
      dashed: true,
      endLabel: `${money(scene.after)} with it`,
      endLabelShort: money(scene.after),
      points: [
        { date: scene.date, value: scene.before },
        { date: scene.date, value: scene.after },
        { date: scene.until, value: scene.after },
      ],
    },
  ]
}

/** The low-balance line is drawn where it can be told from zero. */
function levelsFor(account: Account, after: number) {
  if (account.currency !== 'INR' || isDebt(account.type)) return undefined
  const near = Math.min(account.balance, after) < lowBalance * 12
  return near ? [{ value: lowBalance, name: 'Low balance, ₹50,000' }] : undefined
}
