// Holds: read under row security, which shows a person their own and those in their favour; placed and settled through the ledger's functions.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'

export type HoldState = 'placed' | 'captured' | 'released' | 'expired'

export interface PlacedHold {
  id: string
  ownerId: string
  accountId: string
  /** Null where the payment will go out of FinTwin. */
  toAccount: string | null
  amountMinor: bigint
  /** Until when it can be captured. */
  expiresAt: Date | null
  /** When it is captured by itself. */
  captureAt: Date | null
  createdAt: Date
  note: string | null
  counterparty: string | null
  category: string | null
  metadata: Record<string, string | number | boolean> | null
}

export interface HoldRow extends PlacedHold {
  toOwnerId: string | null
  currency: CurrencyCode
  state: HoldState
  capturedMinor: bigint
  /** What the capture posted. */
  postingId: string | null
  settledAt: Date | null
  settledBy: 'owner' | 'recipient' | 'clock' | null
  /** The code of what refused a delayed transfer at its time. */
  reason: string | null
}

export interface Settlement {
  /** Null for the clock, once the hold is due. */
  settlerId: string | null
  state: Exclude<HoldState, 'placed'>
  capturedMinor?: bigint
  postingId?: string
  reason?: string | undefined
}

/** The hold with that id that the transaction's person may see. */
export async function findHold(tx: Tx, id: string): Promise<HoldRow | undefined> {
  const [row] = await tx<HoldRow[]>`select ${holdColumns(tx)} from holds where id = ${id}`
  return row
}

export interface HoldFilter {
  state?: HoldState | undefined
  /** Of the caller's accounts, on either side. */
  accountId?: string | undefined
  afterId?: string | undefined
  limit: number
  offset: number
}

/** The person's own, and those in their favour, newest first. */
export async function listHolds(
  tx: Tx,
  personId: string,
  { state, accountId, afterId, limit, offset }: HoldFilter,
): Promise<HoldRow[]> {
  return tx<HoldRow[]>`
    select ${holdColumns(tx)} from holds
    where (owner_id = ${personId} or to_owner_id = ${personId})
      ${state ? tx`and state = ${state}` : tx``}
      ${accountId ? tx`and ${accountId}::uuid in (account_id, to_account)` : tx``}
      ${afterId ? tx`and id < ${afterId}` : tx``}
    order by id desc limit ${limit} offset ${offset}`
}

/** Sets the money aside. Throws when that breaks a rule of the ledger. */
export async function placeHold(tx: Tx, hold: PlacedHold): Promise<void> {
  const placed = {
    id: hold.id,
    account_id: hold.accountId,
    to_account: hold.toAccount,
    amount_minor: hold.amountMinor.toString(),
    expires_at: hold.expiresAt,
    capture_at: hold.captureAt,
    created_at: hold.createdAt,
    note: hold.note,
    counterparty: hold.counterparty,
    category: hold.category,
    metadata: hold.metadata,
  }
  await tx`select place_hold(${hold.ownerId}, ${tx.json(placed as never)})`
}

/** Lets the money go, in a transaction of the hold's owner. Throws unless the hold is open and the settler may. */
export async function settleHold(
  tx: Tx,
  holdId: string,
  { settlerId, state, capturedMinor = 0n, postingId, reason }: Settlement,
): Promise<void> {
  await tx`
    select settle_hold(${holdId}, ${settlerId}, ${state}, ${capturedMinor.toString()}, ${postingId ?? null}, ${reason ?? null})`
}

/** Holds whose time has come, whoever's they are, but for those excepted: the longest overdue first. */
export async function listDueHolds(
  tx: Tx,
  exceptIds: string[],
  limit: number,
): Promise<{ id: string; ownerId: string }[]> {
  return tx<{ id: string; ownerId: string }[]>`
    select id, owner_id as "ownerId" from list_due_holds(${exceptIds}::uuid[], ${limit})`
}

const holdColumns = (tx: Tx) => tx`
  id, owner_id as "ownerId", account_id as "accountId", to_account as "toAccount", to_owner_id as "toOwnerId", amount_minor as "amountMinor",
  currency, expires_at as "expiresAt", capture_at as "captureAt", created_at as "createdAt", state, captured_minor as "capturedMinor",
  posting_id as "postingId", settled_at as "settledAt", settled_by as "settledBy", reason, note, counterparty, category, metadata`
