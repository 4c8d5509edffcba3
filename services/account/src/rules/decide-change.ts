// Whether an account may be changed as asked, before the ledger is asked: what its type and its state allow.
import type { AccountChange, Refusal } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import { readOverdraftLimit } from './read-overdraft-limit.ts'

export type AccountStatus = 'open' | 'frozen' | 'closed'

export interface ChangedAccount {
  name: string
  type: string
  currency: CurrencyCode
  isPrimary: boolean
  status: AccountStatus
  overdraftLimitMinor: bigint
}

/** What is to be done. A state or limit that the account has already is among it: telling the ledger again is harmless. */
export interface DecidedChange {
  name?: string
  status?: AccountStatus
  overdraftLimitMinor?: bigint
}

/**
 * Open and frozen change into one another as often as the owner likes: frozen pays nothing out and takes money in. Closed is final: an account
 * that may come back would still have to be reckoned with, and opening another costs nothing. Whether an account is empty enough to be
 * closed, only the ledger knows, under its lock.
 */
export function decideChange(asked: AccountChange, account: ChangedAccount): DecidedChange | Refusal {
  const { name, status } = asked
  if (name === undefined && status === undefined && asked.overdraft_limit === undefined) {
    return {
      refused: 'malformed_request',
      detail: 'Say what to change: name, status or overdraft_limit.',
    }
  }
  const isFinal = account.status === 'closed'
  if (status !== undefined && status !== account.status) {
    if (isFinal) return closedForGood
    if (status === 'closed' && account.isPrimary) return primaryStays
  }
  const change: DecidedChange = {}
  if (name !== undefined && name.trim() !== account.name) change.name = name.trim()
  if (status !== undefined) change.status = status
  if (asked.overdraft_limit === undefined) return change
  const overdraftLimitMinor = readOverdraftLimit(asked.overdraft_limit, account)
  if (typeof overdraftLimitMinor !== 'bigint') return overdraftLimitMinor
  if (isFinal && overdraftLimitMinor !== account.overdraftLimitMinor) return closedForGood
  return { ...change, overdraftLimitMinor }
}

const closedForGood: Refusal = {
  refused: 'account_closed',
  detail: 'The account is closed, and that is final; open another one instead.',
}

const primaryStays: Refusal = {
  refused: 'primary_account',
  detail: 'Your first account stays open as long as you are here; it can be frozen.',
}
