// The first page: how much there is, how it moved, and what deserves a look.
import { Link, useNavigate } from '@tanstack/react-router'
import { GitFork, Plus } from 'lucide-react'
import { useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { ChartSkeleton } from '../../ui/chart/chart-frame.tsx'
import { defaultCurrency } from '../../ui/format-money.ts'
import { Page, Section } from '../../ui/page.tsx'
import { LevelBadge, RiskMeter } from '../../ui/risk-meter.tsx'
import { Skeleton, SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { accountNote } from '../accounts/account-note.ts'
import { StateBadge } from '../accounts/account-state.tsx'
import { AvailableNote } from '../accounts/available-note.tsx'
import { type Account, useAccounts } from '../accounts/get-accounts.ts'
import { usePortfolio } from '../portfolio/get-portfolio.ts'
import type { NetWorth } from '../portfolio/net-worth.ts'
import { NetWorthSentence } from '../portfolio/net-worth-sentence.tsx'
import { useShownCurrency } from '../portfolio/use-shown-currency.tsx'
import { AlertList } from '../risk/alert-list.tsx'
import { useScores } from '../risk/get-score.ts'
import { readProblem } from '../session/problem.ts'
import { useUser } from '../session/session.ts'
import { useRecentTransactions } from '../transactions/get-transactions.ts'
import { TransactionDialog } from '../transactions/transaction-dialog.tsx'
import { BalanceHistory } from './balance-history.tsx'
import { MonthFlow } from './month-flow.tsx'
import { RecentTransactions } from './recent-transactions.tsx'
import '../../ui/table.css'
import '../accounts/accounts.css'
import '../risk/risk.css'
import './dashboard.css'

export function DashboardPage() {
  const accounts = useAccounts()
  const portfolio = usePortfolio()
  const recent = useRecentTransactions(8)
  const [posting, setPosting] = useState(false)
  const { shown, others, currencySwitch } = useShownCurrency(portfolio.data)
  const isNew = recent.data?.length === 0 && portfolio.data?.holdings.length === 0

  return (
    <Page
      title="Dashboard"
      label="Net worth"
      headline={<Headline portfolio={portfolio} shown={shown} />}
      sentence={
        !isNew &&
        portfolio.data &&
        shown && <NetWorthSentence accounts={portfolio.data.accounts} shown={shown} others={others} />
      }
      actions={
        <>
          <Link to="/twin" className="button button--quiet">
            <GitFork aria-hidden="true" />
            Try a what-if
          </Link>
          <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setPosting(true)}>
            Post a transaction
          </Button>
        </>
      }
    >
      {isNew ? (
        <Welcome onPost={() => setPosting(true)} />
      ) : (
        <>
          {currencySwitch}
          <Overview accounts={accounts} currency={shown?.currency} />
        </>
      )}
      <TransactionDialog open={posting} onOpenChange={setPosting} />
    </Page>
  )
}

interface HeadlineProps {
  portfolio: ReturnType<typeof usePortfolio>
  shown: NetWorth | undefined
}

function Headline({ portfolio, shown }: HeadlineProps) {
  if (shown) return <Amount size="headline" value={shown.netWorth} currency={shown.currency} />
  if (portfolio.isError) {
    return (
      <ErrorState
        detail={readProblem(portfolio.error).detail}
        stillWorks="The accounts below are up to date."
        onRetry={() => portfolio.refetch()}
      />
    )
  }
  return <Skeleton shape="headline" />
}

function Welcome({ onPost }: { onPost: () => void }) {
  const user = useUser()
  const navigate = useNavigate()
  return (
    <EmptyState
      title={`Welcome${user ? `, ${user.name.split(' ')[0]}` : ''}. Your ledger is empty.`}
      action={
        <>
          <Button
            look="primary"
            onClick={() => navigate({ to: '/transactions', search: { open: 'import' } })}
          >
            Import a statement
          </Button>
          <Button onClick={onPost}>Post a transaction</Button>
        </>
      }
    >
      Import a statement from your bank and see your balance, its history and its risk at once; or begin with
      a first deposit.
    </EmptyState>
  )
}

function Overview({
  accounts,
  currency = defaultCurrency,
}: {
  accounts: ReturnType<typeof useAccounts>
  currency?: string | undefined
}) {
  if (accounts.isPending) {
    return (
      <>
        <ChartSkeleton title="Cash over time" />
        <SkeletonRows count={6} tall />
      </>
    )
  }
  if (accounts.isError) {
    return <ErrorState detail={readProblem(accounts.error).detail} onRetry={() => accounts.refetch()} />
  }
  const primary = accounts.data[0]
  return (
    <>
      <BalanceHistory accounts={accounts.data} currency={currency} />
      <div className="columns columns--wide-first">
        <div className="stack">
          <Section title="Accounts" aside={<Link to="/accounts">All accounts</Link>}>
            <AccountList accounts={accounts.data.filter(({ status }) => status !== 'closed')} />
          </Section>
          <Section title="Recent transactions" aside={<Link to="/transactions">All transactions</Link>}>
            <RecentTransactions accounts={accounts.data} />
          </Section>
        </div>
        <div className="stack">
          <MonthFlow accounts={accounts.data} currency={currency} />
          <Section title="Risk" aside={<Link to="/risk">All scores</Link>}>
            <HighestRisk accounts={accounts.data} />
            {primary && <AlertList accountId={primary.id} />}
          </Section>
        </div>
      </div>
    </>
  )
}

/** The account that deserves a look first. */
function HighestRisk({ accounts }: { accounts: readonly Account[] }) {
  const scores = useScores(accounts.map((account) => account.id))
  const highest = scores.reduce<number>(
    (best, score, index) => ((score.data?.score ?? -1) > (scores[best]?.data?.score ?? -1) ? index : best),
    0,
  )
  const score = scores[highest]?.data
  const account = accounts[highest]
  if (!score || !account) return <Skeleton shape="title" />
  return (
    <div className="dashboard-risk">
      <p>
        <b>{score.score}</b> of 100, the highest: {account.name}
      </p>
      <RiskMeter score={score.score} level={score.alert_level} label={`Risk score of ${account.name}`} />
    </div>
  )
}

/** Accounts with the risk of each at a glance. */
function AccountList({ accounts }: { accounts: readonly Account[] }) {
  const scores = useScores(accounts.map((account) => account.id))
  return (
    <ul className="row-list">
      {accounts.map((account, index) => {
        const score = scores[index]?.data
        return (
          <li key={account.id}>
            <Link
              to="/accounts/$accountId"
              params={{ accountId: account.id }}
              className="row dashboard-account"
              data-row
            >
              <span className="row__main">
                <span className="account-row__title">
                  <span className="row__title">{account.name}</span>
                  <StateBadge account={account} />
                </span>
                <span className="row__note">{accountNote(account)}</span>
              </span>
              {score && score.alert_level !== 'low' && <LevelBadge level={score.alert_level} />}
              <span className="row__end dashboard-account__balance">
                <Amount value={account.balance} currency={account.currency} />
                <AvailableNote account={account} />
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
