// The newest transactions of all accounts.
import { useMemo, useState } from 'react'
import { formatDay, formatFullDate, parseMoment } from '../../ui/format-date.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { type Transaction, useRecentTransactions } from '../transactions/get-transactions.ts'
import { TransactionDetail } from '../transactions/transaction-detail.tsx'
import { TransactionAmount } from '../transactions/transaction-row.tsx'
import { effectiveAt, namesOf, transactionKind, transactionTitle } from '../transactions/transaction-words.ts'
import '../transactions/transactions.css'

export function RecentTransactions({ accounts }: { accounts: readonly Account[] }) {
  const recent = useRecentTransactions(8)
  const names = useMemo(() => namesOf(accounts), [accounts])
  const [opened, setOpened] = useState<Transaction | null>(null)
  if (recent.isPending) return <SkeletonRows count={6} tall />
  if (recent.isError) {
    return <ErrorState detail={readProblem(recent.error).detail} onRetry={() => recent.refetch()} />
  }
  return (
    <>
      <ul className="row-list">
        {recent.data.map((transaction) => {
          const at = parseMoment(effectiveAt(transaction))
          return (
            <li key={transaction.id}>
              <button
                type="button"
                className="row recent"
                data-row
                data-taken-back={transaction.reversed_by !== undefined || undefined}
                onClick={() => setOpened(transaction)}
              >
                <time className="recent__day" dateTime={effectiveAt(transaction)} title={formatFullDate(at)}>
                  {formatDay(at)}
                </time>
                <span className="row__main">
                  <span className="row__title">{transactionTitle(transaction, names)}</span>
                  <span className="row__note">{transactionKind(transaction)}</span>
                </span>
                <span className="row__end">
                  <TransactionAmount transaction={transaction} names={names} />
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <TransactionDetail
        transaction={opened}
        names={names}
        accountId={undefined}
        onClose={() => setOpened(null)}
      />
    </>
  )
}
