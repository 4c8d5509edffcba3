// Net worth, what it is invested in, and how that went.
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Amount, Change } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TreemapChart } from '../../ui/chart/treemap-chart.tsx'
import { sumMoney } from '../../ui/format-money.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton, SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { AddHoldingDialog } from './add-holding-dialog.tsx'
import { allocation } from './asset-classes.ts'
import { type Holding, usePortfolio } from './get-portfolio.ts'
import { HoldingsTable } from './holdings-table.tsx'
import { NetWorthSentence } from './net-worth-sentence.tsx'
import { useShownCurrency } from './use-shown-currency.tsx'
import '../accounts/accounts.css'
import './portfolio.css'

export function PortfolioPage() {
  const portfolio = usePortfolio()
  const [adding, setAdding] = useState(false)
  const { shown, others, currencySwitch } = useShownCurrency(portfolio.data)
  return (
    <Page
      title="Portfolio"
      label="Net worth"
      headline={
        shown ? (
          <Amount size="headline" value={shown.netWorth} currency={shown.currency} />
        ) : (
          portfolio.isPending && <Skeleton shape="headline" />
        )
      }
      sentence={
        portfolio.data &&
        shown && <NetWorthSentence accounts={portfolio.data.accounts} shown={shown} others={others} />
      }
      actions={
        <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
          Add a holding
        </Button>
      }
    >
      {portfolio.isError && !portfolio.data ? (
        <ErrorState
          detail={readProblem(portfolio.error).detail}
          stillWorks="Your accounts and transactions are not affected."
          onRetry={() => portfolio.refetch()}
        />
      ) : portfolio.data && shown ? (
        <>
          {currencySwitch}
          <Holdings
            holdings={portfolio.data.holdings}
            mainCurrency={portfolio.data.totals.currency}
            currency={shown.currency}
            onAdd={() => setAdding(true)}
          />
        </>
      ) : (
        <>
          <ChartSkeleton title="Allocation" />
          <SkeletonRows count={5} tall />
        </>
      )}
      <AddHoldingDialog open={adding} onOpenChange={setAdding} />
    </Page>
  )
}

interface HoldingsProps {
  holdings: readonly Holding[]
  mainCurrency: string
  /** The one that is shown: a treemap of two currencies would compare what cannot be compared. */
  currency: string
  onAdd: () => void
}

function Holdings({ holdings, mainCurrency, currency, onAdd }: HoldingsProps) {
  const own = holdings.filter((holding) => (holding.currency ?? mainCurrency) === currency)
  if (own.length === 0) {
    return (
      <EmptyState
        title={holdings.length === 0 ? 'No holding yet' : `No holding in ${currency}`}
        action={
          <Button look="primary" onClick={onAdd}>
            Add a holding
          </Button>
        }
      >
        Add what you own by hand, or import an investment statement on the Transactions page.
      </EmptyState>
    )
  }
  const invested = sumMoney(
    own.map((holding) => holding.invested_value),
    currency,
  )
  const gain = sumMoney(
    own.map((holding) => holding.gain_loss),
    currency,
  )
  return (
    <>
      <Allocation holdings={own} currency={currency} />
      <Section
        title="Holdings"
        aside={
          <span className="section__aside">
            <Change
              value={gain}
              currency={currency}
              percent={invested > 0 ? (gain / invested) * 100 : null}
            />
          </span>
        }
      >
        <HoldingsTable holdings={own} currency={currency} />
      </Section>
    </>
  )
}

function Allocation({ holdings, currency }: { holdings: readonly Holding[]; currency: string }) {
  const [by, setBy] = useState<'class' | 'holding'>('class')
  const groups = useMemo(() => allocation(holdings, by), [holdings, by])
  const first = groups[0]
  const total = holdings.reduce((sum, holding) => sum + holding.current_value, 0)
  const firstShare = first ? first.items.reduce((sum, item) => sum + item.value, 0) / total : 0
  const verb = first?.name.endsWith('s') && by === 'class' ? 'are' : 'is'
  return (
    <TreemapChart
      title="Allocation"
      sentence={first && `${first.name} ${verb} ${Math.round(firstShare * 100)}\u202f% of what is invested.`}
      currency={currency}
      groups={groups}
      controls={
        <Segmented
          label="Grouped by"
          value={by}
          segments={[
            { value: 'class', label: 'By class' },
            { value: 'holding', label: 'By holding' },
          ]}
          onChange={setBy}
        />
      }
    />
  )
}
