// One account: its balance, how it came to be, and its transactions.
import { Link, useParams } from '@tanstack/react-router'
import { GitFork, Plus } from 'lucide-react'
import { useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { formatFullDate, formatLongDate } from '../../ui/format-date.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { OpenHolds } from '../holds/open-holds.tsx'
import { readProblem } from '../session/problem.ts'
import { TransactionDialog } from '../transactions/transaction-dialog.tsx'
import { TransactionList } from '../transactions/transaction-list.tsx'
import { AccountMenu } from './account-menu.tsx'
import { accountNote } from './account-note.ts'
import { StateNotice } from './account-state.tsx'
import { isDebt } from './account-words.ts'
import { BalanceAsOf } from './balance-as-of.tsx'
import { BalanceChart } from './balance-chart.tsx'
import { ExportStatement } from './export-statement.tsx'
import { useAccount } from './get-account.ts'
import type { Account } from './get-accounts.ts'
import { endOfMinute, type Moment } from './moment.ts'
import { TermsSection } from './terms-section.tsx'
import './accounts.css'

export function AccountPage() {
  const { accountId } = useParams({ from: '/shell/accounts/$accountId' })
  const query = useAccount(accountId)
  const [posting, setPosting] = useState(false)
  const [moment, setMoment] = useState<Moment | null>(null)
  const account = query.data
  const asOf = moment === null ? undefined : endOfMinute(moment)

  if (query.isError && !account) {
    return (
      <Page title="Account">
        <ErrorState
          detail={readProblem(query.error).detail}
          stillWorks="Your other accounts are on the Accounts page."
          onRetry={() => query.refetch()}
        />
      </Page>
    )
  }
  return (
    <Page
      title={account?.name ?? 'Account'}
      label="Balance"
      headline={
        account ? (
          <Amount size="headline" value={account.balance} currency={account.currency} />
        ) : (
          <Skeleton shape="headline" />
        )
      }
      sentence={account && accountNote(account)}
      actions={
        <>
          <Link to="/twin" search={{ account: accountId }} className="button button--quiet">
            <GitFork aria-hidden="true" />
            Try a what-if
          </Link>
          {account && <ExportStatement account={account} />}
          {account?.status !== 'closed' && (
            <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setPosting(true)}>
              Post a transaction
            </Button>
          )}
          {account && <AccountMenu account={account} />}
        </>
      }
    >
      {account && <StateNotice account={account} />}
      {account && <BalanceChart account={account} />}
      {account && <Facts account={account} />}
      {account && <OpenHolds accountId={accountId} />}
      {account && <TermsSection account={account} />}
      {account && <BalanceAsOf account={account} moment={moment} onChange={setMoment} />}
      <Section
        title={asOf ? `Transactions as of ${formatFullDate(new Date(asOf))}` : 'Transactions'}
        aside={
          <Link to="/transactions" search={{ account: accountId }}>
            Search and filter
          </Link>
        }
      >
        <TransactionList
          filter={{ account_id: accountId, as_of: asOf }}
          accountId={accountId}
          onClear={asOf ? () => setMoment(null) : undefined}
          onPost={account?.status === 'closed' ? undefined : () => setPosting(true)}
        />
      </Section>
      <TransactionDialog open={posting} onOpenChange={setPosting} accountId={accountId} />
    </Page>
  )
}

function Facts({ account }: { account: Account }) {
  return (
    <dl className="facts">
      {account.available_balance !== undefined && (
        <div>
          <dt>{isDebt(account.type) ? 'Left to spend' : 'Available'}</dt>
          <dd>
            <Amount value={account.available_balance} currency={account.currency} />
          </dd>
        </div>
      )}
      {(account.held ?? 0) > 0 && (
        <div>
          <dt>On hold</dt>
          <dd>
            <Amount value={account.held ?? 0} currency={account.currency} />
          </dd>
        </div>
      )}
      {(account.overdraft_limit ?? 0) > 0 && (
        <div>
          <dt>{isDebt(account.type) ? 'Limit' : 'Overdraft limit'}</dt>
          <dd>
            <Amount value={account.overdraft_limit ?? 0} currency={account.currency} />
          </dd>
        </div>
      )}
      <div>
        <dt>State</dt>
        <dd>{account.status ? account.status.charAt(0).toUpperCase() + account.status.slice(1) : 'Open'}</dd>
      </div>
      <div>
        <dt>Currency</dt>
        <dd>{account.currency}</dd>
      </div>
      <div>
        <dt>In FinTwin since</dt>
        <dd>{formatLongDate(new Date(account.created_at))}</dd>
      </div>
      <div>
        <dt>Account id</dt>
        <dd>{account.id}</dd>
      </div>
    </dl>
  )
}
