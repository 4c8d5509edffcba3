// Everything the ledger knows of one transaction, and what can still be done about it.
import { type ReactNode, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatFullDate, parseMoment } from '../../ui/format-date.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { rateSentence } from './exchange-words.ts'
import { type TransactionDetail as Detailed, useTransaction } from './get-transaction.ts'
import type { Transaction } from './get-transactions.ts'
import { ReversalSection } from './reversal-section.tsx'
import { TransactionLegs } from './transaction-legs.tsx'
import { TransactionAmount } from './transaction-row.tsx'
import { TransactionTexts } from './transaction-texts.tsx'
import { type AccountNames, effectiveAt, transactionTitle, typeLabels } from './transaction-words.ts'

export interface TransactionDetailProps {
  /** As it stands in a list. */
  transaction: Transaction | null
  names: AccountNames
  accountId: string | undefined
  onClose: () => void
}

export function TransactionDetail({ transaction, names, accountId, onClose }: TransactionDetailProps) {
  const [followed, setFollowed] = useState<{ from: string; to: string } | null>(null)
  const isFollowing = followed !== null && followed.from === transaction?.id
  const id = isFollowing ? followed.to : transaction?.id
  const query = useTransaction(id)
  const shown = query.data ?? (isFollowing ? null : transaction)
  const close = () => {
    setFollowed(null)
    onClose()
  }
  return (
    <Dialog
      open={transaction !== null}
      onOpenChange={(open) => !open && close()}
      title={shown ? transactionTitle(shown, names) : 'Transaction'}
    >
      {shown && <Facts transaction={shown} names={names} accountId={isFollowing ? undefined : accountId} />}
      {!shown && query.isPending && <SkeletonRows count={6} />}
      {query.isError && (
        <ErrorState detail={readProblem(query.error).detail} onRetry={() => query.refetch()} />
      )}
      {query.data && transaction && (
        <More
          transaction={query.data}
          names={names}
          onFollow={(to) => setFollowed({ from: transaction.id, to })}
        />
      )}
    </Dialog>
  )
}

interface MoreProps {
  transaction: Detailed
  names: AccountNames
  onFollow: (id: string) => void
}

/** What the list does not know. */
function More({ transaction, names, onFollow }: MoreProps) {
  return (
    <>
      <TransactionLegs
        key={transaction.id}
        legs={transaction.legs}
        names={names}
        open={transaction.type === 'journal'}
      />
      <ReversalSection
        key={`${transaction.id} back`}
        transaction={transaction}
        names={names}
        onFollow={onFollow}
      />
    </>
  )
}

interface FactsProps {
  transaction: Transaction
  names: AccountNames
  accountId: string | undefined
}

function Facts({ transaction, names, accountId }: FactsProps) {
  const isTakenBack = transaction.reversed_by !== undefined
  return (
    <>
      <p className="transaction-detail__amount" data-taken-back={isTakenBack || undefined}>
        <TransactionAmount transaction={transaction} names={names} accountId={accountId} />
        {isTakenBack && <Badge tone="accent">Taken back</Badge>}
      </p>
      <dl className="details">
        <Detail name="Type">{typeLabels[transaction.type]}</Detail>
        <Detail name={transaction.to_account ? 'From' : 'Account'}>
          {names.get(transaction.account_id) ?? 'Another account'}
        </Detail>
        {transaction.to_account && (
          <Detail name="To">{names.get(transaction.to_account) ?? transaction.to_account}</Detail>
        )}
        <ExchangeFacts transaction={transaction} />
        <Detail name="Date">{formatFullDate(parseMoment(effectiveAt(transaction)))}</Detail>
        <TransactionTexts transaction={transaction} />
        {transaction.created_at !== transaction.effective_at && (
          <Detail name="Posted">{formatFullDate(new Date(transaction.created_at))}</Detail>
        )}
        {transaction.external_id && <Detail name="Bank’s id">{transaction.external_id}</Detail>}
        <Detail name="Id">{transaction.id}</Detail>
      </dl>
    </>
  )
}

function ExchangeFacts({ transaction }: { transaction: Transaction }) {
  const { amount, currency, to_amount: bought, to_currency: boughtCurrency } = transaction
  if (bought === undefined || boughtCurrency === undefined || currency === undefined) return null
  return (
    <>
      <Detail name="Paid">
        <Amount value={amount} currency={currency} />
      </Detail>
      <Detail name="Arrived">
        <Amount value={bought} currency={boughtCurrency} />
      </Detail>
      <Detail name="Rate">
        {rateSentence({ amount, currency }, { amount: bought, currency: boughtCurrency })}
      </Detail>
    </>
  )
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
