// One transaction in a list.
import { Amount, Flow } from '../../ui/amount.tsx'
import { formatDay, formatFullDate, parseMoment } from '../../ui/format-date.ts'
import type { Transaction } from './get-transactions.ts'
import {
  type AccountNames,
  effectiveAt,
  seenAmount,
  transactionKind,
  transactionTitle,
} from './transaction-words.ts'

export interface TransactionRowProps {
  transaction: Transaction
  names: AccountNames
  accountId?: string | undefined
  /** False for the later ones of a day: the date stands once. */
  showsDay: boolean
  onOpen: () => void
}

export function TransactionRow({ transaction, names, accountId, showsDay, onOpen }: TransactionRowProps) {
  const at = effectiveAt(transaction)
  const date = parseMoment(at)
  return (
    <button
      type="button"
      className="row transaction-row"
      data-row
      data-same-day={!showsDay || undefined}
      data-taken-back={transaction.reversed_by !== undefined || undefined}
      onClick={onOpen}
    >
      <time className="transaction-row__day" dateTime={at} title={formatFullDate(date)}>
        {formatDay(date)}
      </time>
      <span className="row__title">{transactionTitle(transaction, names)}</span>
      <span className="transaction-row__category">{transactionKind(transaction)}</span>
      <span className="transaction-row__account">{placeOf(transaction, names, accountId)}</span>
      <span className="row__end">
        <TransactionAmount transaction={transaction} names={names} accountId={accountId} />
      </span>
    </button>
  )
}

export function TransactionAmount(props: Pick<TransactionRowProps, 'transaction' | 'names' | 'accountId'>) {
  const { transaction, names, accountId } = props
  const { value, currency, hasSign } = seenAmount(transaction, names, accountId)
  return hasSign ? <Flow value={value} currency={currency} /> : <Amount value={value} currency={currency} />
}

/** The account, or both ends of what went from one to another; seen from one account, only the other end. */
function placeOf(transaction: Transaction, names: AccountNames, accountId: string | undefined): string {
  const from = names.get(transaction.account_id) ?? 'another account'
  if (transaction.to_account === null) return accountId === undefined ? from : ''
  const to = names.get(transaction.to_account) ?? 'another account'
  if (accountId === undefined) return `${from} → ${to}`
  return accountId === transaction.to_account ? `from ${from}` : `to ${to}`
}
