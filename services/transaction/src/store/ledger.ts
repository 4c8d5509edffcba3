// The ledger's SQL: own accounts read under row security; locking, opening and posting through the ledger's functions.
import type { LedgerAccountState } from '@fintwin/ledger-rules'
import type { CurrencyCode } from '@fintwin/money'
import { Refused, refuse, type Tx } from '@fintwin/platform'

/** An account as the ledger keeps it. */
export interface LedgerAccountRow extends LedgerAccountState {
  /** The ledger's own short number of the account: entries refer to it. */
  no: number
  type: string
  /** Number of its newest entry. */
  position: bigint
}

export type PostingType =
  | 'deposit'
  | 'withdrawal'
  | 'transfer'
  | 'opening'
  | 'exchange'
  | 'journal'
  | 'reversal'

export interface DecidedPosting {
  id: string
  callerId: string
  type: PostingType
  /** The account the transaction is shown under, and the other one of a transfer, an exchange or the reversal of one. */
  accountId: string
  toAccountId: string | null
  /** Which way the money went, seen from `accountId`. */
  isOut: boolean
  amountMinor: bigint
  /** They sum to zero in each currency. */
  legs: { accountNo: number; amountMinor: bigint }[]
  exchange?: { toAmountMinor: bigint; rate: string } | undefined
  reverses?: string
  holdId?: string
  externalId?: string | undefined
  note?: string | null | undefined
  counterparty?: string | undefined
  category?: string | undefined
  metadata?: Record<string, string | number | boolean> | undefined
  /** When it happened, if that was before it is posted. */
  effectiveAt?: Date | undefined
  /** Recorded whatever it does to the balance. */
  isFact?: boolean
  /** Posts without an event of its own: an import tells of itself once. */
  isQuiet?: boolean
}

/** Every account of the caller, system accounts included, the primary one first. */
export async function listOwnAccounts(tx: Tx, ownerId: string): Promise<LedgerAccountRow[]> {
  return tx<LedgerAccountRow[]>`
    select ${accountColumns(tx)} from accounts where owner_id = ${ownerId} order by id <> owner_id, id`
}

export interface LockedAccounts extends Map<string, LedgerAccountRow> {
  /** Postings on these accounts come after this instant, to the millisecond: the clock under the locks, and never before an earlier posting. */
  postedAfter: Date
}

interface LockedRow extends LedgerAccountRow {
  lastPostedAt: Date | null
  lockedAt: Date
}

/** Locks accounts of anyone, in the order of their ids; those that do not exist are missing in the answer. */
export async function lockAccounts(tx: Tx, ids: string[]): Promise<LockedAccounts> {
  const rows = await tx<LockedRow[]>`
    select ${accountColumns(tx)}, nullif(last_posted_at, '-infinity') as "lastPostedAt", locked_at as "lockedAt" from lock_accounts(${ids}::uuid[])`
  const newestMs = Math.max(
    0,
    ...rows.map(({ lockedAt }) => lockedAt.getTime()),
    // The driver cuts microseconds off.
    ...rows.map(({ lastPostedAt }) => (lastPostedAt ? lastPostedAt.getTime() + 1 : 0)),
  )
  return Object.assign(new Map(rows.map((row) => [row.id, row])), { postedAfter: new Date(newestMs) })
}

/** Opens an account's row; false when its id is another owner's. Opening it again changes nothing. */
export async function openAccount(
  tx: Tx,
  account: { ownerId: string; id: string; type: string; currency: CurrencyCode; floorMinor: bigint | null },
): Promise<boolean> {
  const { ownerId, id, type, currency, floorMinor } = account
  const [row] = await tx<{ opened: boolean }[]>`
    select open_account(${ownerId}, ${id}, ${type}, ${currency}, ${floorMinor}) as opened`
  return row?.opened ?? false
}

/**
 * Writes decided postings in order, from one microsecond after `postedAfter` on, one apart. Throws when one breaks an invariant of the ledger.
 */
export async function post(tx: Tx, postings: DecidedPosting[], postedAfter: Date): Promise<void> {
  const legPostings: number[] = []
  const legAccounts: number[] = []
  const legAmounts: string[] = []
  for (const [index, { legs }] of postings.entries()) {
    for (const { accountNo, amountMinor } of legs) {
      legPostings.push(index + 1)
      legAccounts.push(accountNo)
      legAmounts.push(amountMinor.toString())
    }
  }
  await tx`select post(${tx.json(postings.map(asJson) as never)}, ${legPostings}::int[], ${legAccounts}::int[],
    ${legAmounts}::bigint[], ${postedAfter})`.catch(explainRange)
}

/** What is undefined is left out, and becomes null in the row. */
function asJson(posting: DecidedPosting): object {
  return {
    id: posting.id,
    caller: posting.callerId,
    type: posting.type,
    account_id: posting.accountId,
    to_account: posting.toAccountId ?? undefined,
    is_out: posting.isOut,
    amount_minor: posting.amountMinor.toString(),
    to_amount_minor: posting.exchange?.toAmountMinor.toString(),
    rate: posting.exchange?.rate,
    reverses: posting.reverses,
    hold_id: posting.holdId,
    external_id: posting.externalId,
    note: posting.note ?? undefined,
    counterparty: posting.counterparty,
    category: posting.category,
    metadata: posting.metadata,
    effective_at: posting.effectiveAt?.toISOString(),
    is_fact: posting.isFact,
    is_quiet: posting.isQuiet,
  }
}

/** A balance beyond 15 digits is refused by the table itself, also on accounts whose balance the decision may not see. */
function explainRange(error: unknown): never {
  const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string }
  if (code === '23514' && constraint === 'accounts_balance_minor_check') {
    throw new Refused(refuse('balance_out_of_range', 'A balance would become larger than FinTwin can hold.'))
  }
  throw error
}

const accountColumns = (tx: Tx) => tx`
  id, no, owner_id as "ownerId", kind, type, currency, status, floor_minor as "floorMinor", balance_minor as "balanceMinor",
  held_minor as "heldMinor", entry_count as "position"`
