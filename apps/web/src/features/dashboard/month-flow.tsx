// The month so far: in, out, and where it went.
import type { CSSProperties } from 'react'
import { Amount, Change } from '../../ui/amount.tsx'
import { formatMonth, startOfMonth, toDay } from '../../ui/format-date.ts'
import { differenceOf } from '../../ui/format-money.ts'
import { Section } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { useTransactionsSince } from '../transactions/get-transactions.ts'
import { type CashFlow, computeCashFlow, topCategories } from './cash-flow.ts'

export function MonthFlow({ accounts, currency }: { accounts: readonly Account[]; currency: string }) {
  const month = startOfMonth(new Date())
  const query = useTransactionsSince(toDay(month))
  const own = new Map(accounts.map((account) => [account.id, account.currency]))
  return (
    <Section title={`${formatMonth(month)} so far`}>
      {query.isPending && <SkeletonRows count={5} />}
      {query.isError && (
        <ErrorState detail={readProblem(query.error).detail} onRetry={() => query.refetch()} />
      )}
      {query.data && (
        <Flow
          flow={computeCashFlow(query.data.transactions, own, currency)}
          currency={currency}
          complete={query.data.complete}
        />
      )}
    </Section>
  )
}

function Flow({ flow, currency, complete }: { flow: CashFlow; currency: string; complete: boolean }) {
  if (flow.moneyIn === 0 && flow.moneyOut === 0) {
    return <p className="section__aside">Nothing came in or went out yet this month.</p>
  }
  const widest = Math.max(flow.moneyIn, flow.moneyOut)
  return (
    <>
      <dl className="flow">
        <Bar name="In" value={flow.moneyIn} of={widest} tone="in" currency={currency} />
        <Bar name="Out" value={flow.moneyOut} of={widest} tone="out" currency={currency} />
      </dl>
      <p>
        <Change
          value={differenceOf(flow.moneyIn, flow.moneyOut, currency)}
          currency={currency}
          words={['kept', 'spent beyond what came in', 'in and out are even']}
        />
      </p>
      {flow.byCategory.length > 1 && (
        <dl className="flow flow--categories" aria-label="Where it went">
          {topCategories(flow, 6, currency).map((category) => (
            <Bar
              key={category.name}
              name={category.name}
              value={category.value}
              of={flow.byCategory[0]?.value ?? 1}
              tone="category"
              currency={currency}
            />
          ))}
        </dl>
      )}
      {!complete && <p className="section__aside">Only the newest 1,000 transactions are counted here.</p>}
    </>
  )
}

interface BarProps {
  name: string
  value: number
  of: number
  tone: 'in' | 'out' | 'category'
  currency: string
}

function Bar({ name, value, of, tone, currency }: BarProps) {
  const share = of > 0 ? Math.min(1, value / of) : 0
  return (
    <div className={`flow__bar flow__bar--${tone}`} style={{ '--share': share } as CSSProperties}>
      <dt>{name}</dt>
      <dd>
        <Amount value={value} currency={currency} />
      </dd>
    </div>
  )
}
