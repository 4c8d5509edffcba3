// The ledger's SQL: own accounts read under row security; locking, opening and posting through the ledger's functions.
import type { LedgerAccountState } from '@fintwin/ledger-rules'
import type { CurrencyCode } from '@fintwin/money'
import { Refused, refuse, type Tx } from '@fintwin/platform'

/** An account as the ledger keeps it. */
export interface LedgerAccountRow extends LedgerAccountState {
  type: string
  /** Number of its newest entry. */
  position: bigint
}

export interface DecidedPosting {
  id: string
  callerId: string
  type: 'deposit' | 'withdrawal' | 'transfer' | 'opening'
  sourceId: string
  targetId: string
  /** The account the transaction is shown under, and the other one of a transfer. */
  accountId: string
  toAccountId: string | null
  amountMinor: bigint
  note: string | null
  counterparty: string | null
  category: string | null
  externalId: string | null
  effectiveAt: Date | null
  isFact: boolean
  /** Posts without an event of its own: an import tells of itself once. */
  isQuiet: boolean
}

/** Every account of the caller, system accounts included, the primary one first. */
export async function listOwnAccounts(tx: Tx, ownerId: string): Promise<LedgerAccountRow[]> {
  return tx<LedgerAccountRow[]>`
    select ${accountColumns(tx)} from accounts where owner_id = ${ownerId} order by id <> owner_id, id`
}

/** Locks accounts of anyone, in the order of their ids; those that do not exist are missing in the answer. */
export async function lockAccounts(tx: Tx, ids: string[]): Promise<Map<string, LedgerAccountRow>> {
  const rows = await tx<LedgerAccountRow[]>`select ${accountColumns(tx)} from lock_accounts(${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
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

/** Writes decided postings in order and gives the instant they were posted at. Throws when one breaks an invariant of the ledger. */
export async function post(tx: Tx, postings: DecidedPosting[]): Promise<Date> {
  const decided = postings.map((posting) => ({
    id: posting.id,
    caller: posting.callerId,
    type: posting.type,
    source: posting.sourceId,
    target: posting.targetId,
    account_id: posting.accountId,
    to_account: posting.toAccountId,
    amount_minor: posting.amountMinor.toString(),
    note: posting.note,
    counterparty: posting.counterparty,
    category: posting.category,
    external_id: posting.externalId,
    effective_at: posting.effectiveAt?.toISOString() ?? null,
    is_fact: posting.isFact,
    is_quiet: posting.isQuiet,
  }))
  const [row] = await tx<{ postedAt: Date }[]>`select post(${tx.json(decided)}) as "postedAt"`.catch(
    explainRange,
  )
  return row?.postedAt ?? new Date()
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
  id, owner_id as "ownerId", kind, type, currency, status, floor_minor as "floorMinor", balance_minor as "balanceMinor",
  held_minor as "heldMinor", entry_count as "position"`
