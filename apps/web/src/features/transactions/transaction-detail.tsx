// Everything the ledger knows of one transaction.
import type { ReactNode } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { formatFullDate, parseMoment } from '../../ui/format-date.ts'
import type { Transaction } from './get-transactions.ts'
import { TransactionAmount } from './transaction-row.tsx'
import { type AccountNames, effectiveAt, transactionTitle, typeLabels } from './transaction-words.ts'

export interface TransactionDetailProps {
  transaction: Transaction | null
  names: AccountNames
  accountId: string | undefined
  onClose: () => void
}

export function TransactionDetail({ transaction, names, accountId, onClose }: TransactionDetailProps) {
  return (
    <Dialog
      open={transaction !== null}
      onOpenChange={(open) => !open && onClose()}
      title={transaction ? transactionTitle(transaction, names) : 'Transaction'}
    >
      {transaction && (
        <>
          <p className="transaction-detail__amount">
            <TransactionAmount transaction={transaction} names={names} accountId={accountId} />
          </p>
          <dl className="details">
            <Detail name="Type">{typeLabels[transaction.type]}</Detail>
            <Detail name="Account">{names.get(transaction.account_id) ?? 'Another account'}</Detail>
            {transaction.to_account && (
              <Detail name="To">{names.get(transaction.to_account) ?? transaction.to_account}</Detail>
            )}
            <Detail name="Date">{formatFullDate(parseMoment(effectiveAt(transaction)))}</Detail>
            {transaction.category && <Detail name="Category">{transaction.category}</Detail>}
            {transaction.note && <Detail name="Note">{transaction.note}</Detail>}
            {transaction.created_at !== transaction.effective_at && (
              <Detail name="Posted">{formatFullDate(new Date(transaction.created_at))}</Detail>
            )}
            {transaction.external_id && <Detail name="Bank’s id">{transaction.external_id}</Detail>}
            <Detail name="Id">{transaction.id}</Detail>
          </dl>
        </>
      )}
    </Dialog>
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
