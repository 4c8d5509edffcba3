// Events between services: past tense, one shape each, and who consumes which. Money is a decimal string of minor units.
import type { ServiceName } from './services.ts'

export interface EventPayloads {
  'account.opened': { account_id: string; name: string; type: string; currency: string }
  /** An account as it is after a change of the members named in `changed`. */
  'account.changed': {
    account_id: string
    name: string
    type: string
    currency: string
    changed: ('name' | 'status' | 'overdraft_limit' | 'terms')[]
  }
  'transaction.posted': {
    transaction_id: string
    type: string
    amount_minor: string
    currency: string
    /** Which way the money went, seen from `account_id`. */
    is_out: boolean
    account_id: string
    /** Present when the event's owner owns that side; the other side's balance is nobody else's business. */
    account_balance_minor?: string
    /** Number of the entry that made that balance: which of two balances is the newer one. */
    account_position?: number
    to_account?: string
    to_account_balance_minor?: string
    to_account_position?: number
    /** Of an exchange: what arrived in `to_account`, in that account's currency. */
    to_amount_minor?: string
    to_currency?: string
    /** Of a journal, and of what takes one back: every account of the owner's that it moved. */
    legs?: { account_id: string; amount_minor: string; balance_minor: string; position: number }[]
    /** Which side of it the event's owner is on; a transfer between own accounts is `both`. */
    side: 'sent' | 'received' | 'both'
    note?: string
    counterparty?: string
    effective_at: string
    created_at: string
  }
  /** Money was set aside: told to its owner, and to its recipient unless it is a delayed transfer. */
  'hold.placed': HoldPayload
  /** It was let go without being paid. What a capture pays tells of itself. */
  'hold.released': HoldPayload
  /** What a statement added to one account; no `transaction.posted` tells of its entries. */
  'statement.imported': {
    account_id: string
    account_type: string
    /** How many postings the import added. */
    posted: number
    currency: string
    /** Balance after them, and the number of the entry that made it. */
    balance_minor: string
    position: number
  }
  /** An occurrence of a schedule that the ledger refused; the schedule goes on. */
  'schedule.refused': {
    schedule_id: string
    account_id: string
    type: string
    amount_minor: string
    currency: string
    to_account: string | null
    counterparty: string | null
    note: string | null
    /** YYYY-MM-DD: the occurrence's name, and the day it fell due on. */
    date: string
    due_on: string
    code: string
    /** One sentence for the person. */
    detail: string
  }
  'simulation.completed': {
    simulation_id: string
    account_id: string
    scenario: string
    risk_score: number
    alert_level: string
    recommendation: string
  }
  'risk.changed': {
    account_id: string
    score: number
    previous_score: number
    alert_level: string
    flags: string[]
  }
  'holding.changed': {
    holding_id: string | null
    account_id: string
    change: 'added' | 'updated' | 'deleted' | 'imported'
  }
}

export interface HoldPayload {
  hold_id: string
  state: 'placed' | 'released' | 'expired'
  account_id: string
  to_account: string | null
  amount_minor: string
  currency: string
  /** Which side of it the event's owner is on. */
  side: 'sent' | 'received'
  settled_by: 'owner' | 'recipient' | 'clock' | null
  /** The code of what refused a delayed transfer at its time. */
  reason: string | null
  is_delayed: boolean
  note: string | null
  counterparty: string | null
}

export type EventType = keyof EventPayloads

export type DomainEvent = {
  [T in EventType]: { id: string; type: T; ownerId: string; createdAt: string; payload: EventPayloads[T] }
}[EventType]

/** Who must have recorded an event before its outbox row may go. */
export const subscriptions: Record<EventType, readonly ServiceName[]> = {
  'account.opened': ['risk', 'notification'],
  'account.changed': ['notification'],
  'transaction.posted': ['risk', 'notification'],
  'hold.placed': ['notification'],
  'hold.released': ['notification'],
  'statement.imported': ['risk', 'notification'],
  'schedule.refused': ['notification'],
  'simulation.completed': ['notification'],
  'risk.changed': ['notification'],
  'holding.changed': ['notification'],
}
