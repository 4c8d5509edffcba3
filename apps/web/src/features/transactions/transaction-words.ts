// How a transaction is called, and on which side of zero it stands for the reader.
import { sumMoney } from '../../ui/format-money.ts'
import type { Account } from '../accounts/get-accounts.ts'
import type { Transaction } from './get-transactions.ts'

export type AccountNames = ReadonlyMap<string, string>

export function namesOf(accounts: readonly Account[]): AccountNames {
  return new Map(accounts.map((account) => [account.id, account.name]))
}

export interface SeenAmount {
  /** Above zero where money came in, below where it went out; above zero without a sign where it only moved. */
  value: number
  currency: string | undefined
  /** False for money that moved between two of one's own accounts, seen from all of them. */
  hasSign: boolean
}

/**
 * The amount as the reader feels it. Seen from one account it is what happened there, in that account's currency; seen from all of them, what
 * moved between two of one's own changes nothing.
 */
export function seenAmount(transaction: Transaction, own: AccountNames, seenFrom?: string): SeenAmount {
  const { amount, currency, account_id: from, to_account: to, direction, legs } = transaction
  if (legs && to === null) return seenLegs(transaction, seenFrom)
  const arrived = {
    value: transaction.to_amount ?? amount,
    currency: transaction.to_currency ?? currency,
    hasSign: true,
  }
  const left = { value: -amount, currency, hasSign: true }
  if (to === null) return direction === 'in' ? { ...left, value: amount } : left
  if (seenFrom !== undefined) return to === seenFrom && from !== seenFrom ? arrived : left
  if (own.has(from) && own.has(to)) return { value: amount, currency, hasSign: false }
  return own.has(to) ? arrived : left
}

/** What it did to one account, or to all of one's own in its currency: a journal may have moved many. */
function seenLegs({ amount, currency, legs = [] }: Transaction, seenFrom: string | undefined): SeenAmount {
  const leg = legs.find((one) => one.account_id !== null && one.account_id === seenFrom)
  if (leg) return { value: leg.amount, currency: leg.currency, hasSign: true }
  const own = legs.filter((one) => one.account_id !== null && one.currency === currency)
  const net = sumMoney(
    own.map((one) => one.amount),
    currency,
  )
  return net === 0 ? { value: amount, currency, hasSign: false } : { value: net, currency, hasSign: true }
}

/** `Northwind Software`, `Transfer to Emergency fund`, `Salary, taken back`: the best name there is. */
export function transactionTitle(transaction: Transaction, own: AccountNames): string {
  const { type, counterparty, note } = transaction
  if (type === 'opening') return 'Opening balance'
  if (type === 'reversal') return reversalTitle(transaction, own)
  if (counterparty) return counterparty
  if (note) return note
  if (type === 'transfer') return transferTitle(transaction, own)
  if (type === 'exchange') return exchangeTitle(transaction, own)
  return typeLabels[type]
}

function transferTitle({ account_id: from, to_account: to }: Transaction, own: AccountNames): string {
  const fromName = own.get(from)
  const toName = to === null ? undefined : own.get(to)
  if (fromName && toName) return `Transfer to ${toName}`
  if (toName) return `Transfer into ${toName}`
  return 'Transfer to another account'
}

function exchangeTitle({ to_account: to }: Transaction, own: AccountNames): string {
  const toName = to === null ? undefined : own.get(to)
  return toName ? `Exchange into ${toName}` : 'Exchange'
}

function reversalTitle(transaction: Transaction, own: AccountNames): string {
  const { counterparty, account_id: from, to_account: to, direction, to_amount: arrived } = transaction
  if (to !== null && !own.has(to)) return 'Transfer returned'
  if (to !== null && !own.has(from)) return 'Transfer returned to you'
  if (counterparty) return `${counterparty}, taken back`
  if (isJournal(transaction)) return 'Journal taken back'
  if (arrived !== undefined) return 'Exchange taken back'
  if (to !== null) return 'Transfer taken back'
  return direction === 'out' ? 'Deposit taken back' : 'Withdrawal taken back'
}

/** Whether what was taken back had moved several own accounts in one. */
function isJournal({ to_account: to, legs = [] }: Transaction): boolean {
  return to === null && legs.filter((leg) => leg.account_id !== null).length > 1
}

/** What stands in the category's place: whether it was taken back comes before what it was for. */
export function transactionKind({ type, category, reversed_by: reversedBy }: Transaction): string {
  if (type === 'reversal') return typeLabels.reversal
  if (reversedBy) return 'Taken back'
  return category ?? typeLabels[type]
}

/** The day and time the transaction counts for; imported ones were posted later. */
export function effectiveAt(transaction: Transaction): string {
  return transaction.effective_at ?? transaction.created_at
}

export const typeLabels = {
  deposit: 'Deposit',
  withdrawal: 'Withdrawal',
  transfer: 'Transfer',
  exchange: 'Exchange',
  journal: 'Journal',
  reversal: 'Reversal',
  opening: 'Opening balance',
} as const

const withLabel = <T extends keyof typeof typeLabels>(value: T) => ({ value, label: typeLabels[value] })

/** The ones that are posted by hand. */
export const postedTypes = (['deposit', 'withdrawal', 'transfer'] as const).map(withLabel)

/** The ones to filter by. */
export const foundTypes = (
  ['deposit', 'withdrawal', 'transfer', 'exchange', 'journal', 'reversal', 'opening'] as const
).map(withLabel)
