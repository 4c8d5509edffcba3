// All accounts, grouped by what they are, each with the shape of its last ninety days.
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toDay } from '../../ui/format-date.ts'
import { defaultCurrency, sumMoney } from '../../ui/format-money.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton, SkeletonRows } from '../../ui/skeleton.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { readProblem } from '../session/problem.ts'
import { accountNote } from './account-note.ts'
import { StateBadge } from './account-state.tsx'
import { type AccountGroup, groupOf } from './account-words.ts'
import { AvailableNote } from './available-note.tsx'
import { type Account, useAccounts } from './get-accounts.ts'
import { useBalancesOf } from './get-balances.ts'
import { OpenAccountDialog } from './open-account-dialog.tsx'
import './accounts.css'
import '../../ui/table.css'

const groups: readonly AccountGroup[] = ['Cash and savings', 'Cards and loans', 'Investments', 'Closed']

export function AccountsPage() {
  const accounts = useAccounts()
  const [opening, setOpening] = useState(false)
  return (
    <Page
      title="Accounts"
      label="Balance of all"
      headline={
        accounts.data ? (
          <Totals accounts={accounts.data} />
        ) : (
          accounts.isPending && <Skeleton shape="headline" />
        )
      }
      actions={
        <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpening(true)}>
          Open an account
        </Button>
      }
    >
      <AccountGroups query={accounts} onOpen={() => setOpening(true)} />
      <OpenAccountDialog open={opening} onOpenChange={setOpening} />
    </Page>
  )
}

/** The sum per currency, the one with most accounts first: money of two currencies is not added. */
function Totals({ accounts }: { accounts: readonly Account[] }) {
  const accountsIn = (currency: string) =>
    accounts.filter((account) => account.currency === currency && account.balance !== 0).length
  const [main = defaultCurrency, ...others] = [
    ...new Set([defaultCurrency, ...accounts.map((account) => account.currency)]),
  ]
    .sort((a, b) => accountsIn(b) - accountsIn(a))
    .filter((currency, index) => index === 0 || accountsIn(currency) > 0)
  return (
    <>
      <Amount size="headline" value={sumOf(accounts, main)} currency={main} />
      {others.length > 0 && (
        <p className="page-head__sentence">
          and{' '}
          {others.map((currency, index) => (
            <span key={currency}>
              {index > 0 && ', '}
              <Amount value={sumOf(accounts, currency)} currency={currency} />
            </span>
          ))}{' '}
          in other currencies.
        </p>
      )}
    </>
  )
}

function AccountGroups({ query, onOpen }: { query: ReturnType<typeof useAccounts>; onOpen: () => void }) {
  const list = useRef<HTMLDivElement>(null)
  useListKeys(list)
  if (query.isPending) return <SkeletonRows count={5} tall />
  if (query.isError) {
    return (
      <ErrorState
        detail={readProblem(query.error).detail}
        stillWorks="Nothing is lost; the ledger keeps every account."
        onRetry={() => query.refetch()}
      />
    )
  }
  if (query.data.length === 0) {
    return (
      <EmptyState
        title="No account yet"
        action={
          <Button look="primary" onClick={onOpen}>
            Open an account
          </Button>
        }
      >
        Open one by hand, or import a bank statement: it opens the accounts it speaks of.
      </EmptyState>
    )
  }
  return (
    <div className="stack" ref={list}>
      {groups.map((group) => (
        <Group
          key={group}
          name={group}
          accounts={query.data.filter((account) => groupOf(account) === group)}
        />
      ))}
    </div>
  )
}

function Group({ name, accounts }: { name: AccountGroup; accounts: readonly Account[] }) {
  const now = new Date()
  const from = toDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 90))
  const balances = useBalancesOf(
    accounts.map((account) => account.id),
    from,
    toDay(now),
  )
  if (accounts.length === 0) return null
  const currency = accounts[0]?.currency ?? defaultCurrency
  const alone = accounts.every((account) => account.currency === currency)
  return (
    <Section
      title={name}
      aside={
        <span className="section__aside">
          {alone ? (
            <Amount value={sumOf(accounts, currency)} currency={currency} />
          ) : (
            `${accounts.length} accounts`
          )}
        </span>
      }
    >
      <ul className="row-list">
        {accounts.map((account, index) => (
          <AccountRow
            key={account.id}
            account={account}
            points={
              balances[index]?.data?.points.map(({ date, balance }) => ({ date, value: balance })) ?? []
            }
          />
        ))}
      </ul>
    </Section>
  )
}

function AccountRow({ account, points }: { account: Account; points: { date: string; value: number }[] }) {
  return (
    <li>
      <Link to="/accounts/$accountId" params={{ accountId: account.id }} className="row account-row" data-row>
        <span className="row__main">
          <span className="account-row__title">
            <span className="row__title">{account.name}</span>
            <StateBadge account={account} />
          </span>
          <span className="row__note">{accountNote(account)}</span>
        </span>
        <span className="account-row__states">{account.is_primary && <Badge>Primary</Badge>}</span>
        <Sparkline label={`${account.name}, the last 90 days`} points={points} />
        <span className="row__end account-row__balance">
          <Amount value={account.balance} currency={account.currency} />
          <AvailableNote account={account} />
        </span>
      </Link>
    </li>
  )
}

function sumOf(accounts: readonly Account[], currency: string): number {
  const own = accounts.filter((account) => account.currency === currency)
  return sumMoney(
    own.map((account) => account.balance),
    currency,
  )
}
