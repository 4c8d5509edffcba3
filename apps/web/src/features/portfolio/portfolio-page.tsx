// Net worth, what it is invested in, and how that went.
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Amount, Change } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { TreemapChart } from '../../ui/chart/treemap-chart.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton, SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { AddHoldingDialog } from './add-holding-dialog.tsx'
import { allocation } from './asset-classes.ts'
import { type Portfolio, usePortfolio } from './get-portfolio.ts'
import { HoldingsTable } from './holdings-table.tsx'
import { NetWorthSentence } from './net-worth-sentence.tsx'
import '../accounts/accounts.css'
import './portfolio.css'

export function PortfolioPage() {
  const portfolio = usePortfolio()
  const [adding, setAdding] = useState(false)
  const totals = portfolio.data?.totals
  return (
    <Page
      title="Portfolio"
      label="Net worth"
      headline={
        totals ? (
          <Amount size="headline" value={totals.net_worth} currency={totals.currency} />
        ) : (
          portfolio.isPending && <Skeleton shape="headline" />
        )
      }
      sentence={portfolio.data && <NetWorthSentence portfolio={portfolio.data} />}
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
      ) : portfolio.data ? (
        <Holdings portfolio={portfolio.data} onAdd={() => setAdding(true)} />
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

function Holdings({ portfolio, onAdd }: { portfolio: Portfolio; onAdd: () => void }) {
  const { holdings, totals } = portfolio
  if (holdings.length === 0) {
    return (
      <EmptyState
        title="No holding yet"
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
  return (
    <>
      <Allocation portfolio={portfolio} />
      <Section
        title="Holdings"
        aside={
          <span className="section__aside">
            <Change
              value={totals.gain_loss}
              currency={totals.currency}
              percent={totals.invested > 0 ? (totals.gain_loss / totals.invested) * 100 : null}
            />
          </span>
        }
      >
        <HoldingsTable holdings={holdings} currency={totals.currency} />
      </Section>
    </>
  )
}

function Allocation({ portfolio }: { portfolio: Portfolio }) {
  const [by, setBy] = useState<'class' | 'holding'>('class')
  const groups = useMemo(() => allocation(portfolio.holdings, by), [portfolio.holdings, by])
  const first = groups[0]
  const total = portfolio.holdings.reduce((sum, holding) => sum + holding.current_value, 0)
  const firstShare = first ? first.items.reduce((sum, item) => sum + item.value, 0) / total : 0
  return (
    <TreemapChart
      title="Allocation"
      sentence={
        first &&
        `${first.name} ${first.name.endsWith('s') ? 'are' : 'is'} ${Math.round(firstShare * 100)}\u202f% of what is invested.`
      }
      currency={portfolio.totals.currency}
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
