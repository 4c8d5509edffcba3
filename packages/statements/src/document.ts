// A statement of an account of ours, before it is a file of some format.

import type { CurrencyCode } from '@fintwin/money'
import type { Instant } from './statement.ts'

/** Amounts are signed minor units, from the holder's side. Days are UTC, `YYYY-MM-DD`. */
export type StatementDocument = {
  /** A UUID of this file alone. */
  id: string
  createdAt: Instant
  account: {
    /** A UUID. */
    id: string
    type: 'savings' | 'current' | 'cash' | 'credit' | 'loan' | 'portfolio'
    currency: CurrencyCode
    ownerName: string
  }
  /** First and last day, by the entries' effective dates. */
  from: string
  to: string
  openingMinor: bigint
  closingMinor: bigint
  /** When the closing balance was true: see `closingInstant`. */
  closingAt: Instant
  /** What could be spent at `closingAt`, limits included; only where the statement reaches the present. */
  availableMinor?: bigint | undefined
  credits: EntryTotal
  debits: EntryTotal
}

/** How many entries, and the sum of their amounts without a sign. */
export type EntryTotal = { count: number; sumMinor: bigint }

/** An entry on the account, in the order of the document: by effective date, then by number. */
export type DocumentEntry = {
  /** The entry's position in the account, without gaps, in the order of posting. */
  number: bigint
  /** The posting's UUID: a posting is on an account once. */
  id: string
  type: string
  amountMinor: bigint
  effectiveAt: Instant
  postedAt: Instant
  counterparty: string | null
  note: string | null
  category: string | null
  /** The bank's own id, of an imported entry. */
  externalId: string | null
  /** The account on the other side of a transfer. */
  otherAccountId: string | null
  /** The other side of an exchange between currencies. */
  exchange: Exchange | null
  /** Whether the entry takes back an earlier one. */
  isReversal: boolean
}

export type Exchange = {
  /** What the other account gave or got, without a sign, in its currency. */
  otherMinor: bigint
  otherCurrency: CurrencyCode
  /** Decimal text: what one of `unitCurrency` was worth in the other of the two currencies. */
  rate: string
  unitCurrency: CurrencyCode
}

/** The last instant of a day. */
export const endOfDay = (day: string): Instant => `${day}T23:59:59.999Z`

/**
 * The instant a closing balance is true at: the end of the last day, or now when that is still to come; never before the first day, nor
 * before an entry that the balance includes.
 */
export function closingInstant(
  { from, to, createdAt }: Pick<StatementDocument, 'from' | 'to' | 'createdAt'>,
  lastEntryAt: Instant | undefined,
): Instant {
  const [knownUntil = createdAt] = [endOfDay(to), createdAt].toSorted()
  const latest = [knownUntil, `${from}T00:00:00.000Z`, lastEntryAt ?? ''].toSorted().at(-1)
  return latest ?? knownUntil
}
