// How a transaction is called, and on which side of zero it stands for the reader.
import type { Account } from '../accounts/get-accounts.ts'
import type { Transaction } from './get-transactions.ts'

export type AccountNames = ReadonlyMap<string, string>

export function namesOf(accounts: readonly Account[]): AccountNames {
  return new Map(accounts.map((account) => [account.id, account.name]))
}

/**
 * The amount as the reader feels it: in is above zero, out below. Seen from one account, a transfer has the sign of
 * that side; seen from all of them, a transfer between two of one's own changes nothing and has no sign (null).
 */
export function signedAmount(transaction: Transaction, own: AccountNames, seenFrom?: string): number | null {
  const { type, amount, account_id: from, to_account: to, direction } = transaction
  if (type !== 'transfer') return direction === 'in' ? amount : -amount
  if (seenFrom !== undefined) return to === seenFrom && from !== seenFrom ? amount : -amount
  const isFromMine = own.has(from)
  const isToMine = to !== null && own.has(to)
  if (isFromMine && isToMine) return null
  return isToMine ? amount : -amount
}

/** `Northwind Software`, `Transfer to Emergency fund`: the best name there is. */
export function transactionTitle(transaction: Transaction, own: AccountNames): string {
  if (transaction.type === 'opening') return 'Opening balance'
  if (transaction.counterparty) return transaction.counterparty
  if (transaction.note) return transaction.note
  if (transaction.type === 'transfer') return transferTitle(transaction, own)
  return transaction.type === 'deposit' ? 'Deposit' : 'Withdrawal'
}

function transferTitle({ account_id: from, to_account: to }: Transaction, own: AccountNames): string {
  const fromName = own.get(from)
  const toName = to === null ? undefined : own.get(to)
  if (fromName && toName) return `Transfer to ${toName}`
  if (toName) return `Transfer into ${toName}`
  return 'Transfer to another account'
}

/** The day and time the transaction counts for; imported ones were posted later. */
export function effectiveAt(transaction: Transaction): string {
  return transaction.effective_at ?? transaction.created_at
}

export const typeLabels = {
  deposit: 'Deposit',
  withdrawal: 'Withdrawal',
  transfer: 'Transfer',
  opening: 'Opening balance',
} as const

/** The ones that can be posted, and filtered by. */
export const postedTypes = (['deposit', 'withdrawal', 'transfer'] as const).map((value) => ({
  value,
  label: typeLabels[value],
}))
