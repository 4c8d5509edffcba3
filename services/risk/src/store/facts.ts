// What a score is computed from: the newest known balance of an account and its recent transactions.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'
import { RECENT_LIMIT, RECENT_WINDOW_MS, type RecentTransaction } from '@fintwin/risk-model'

export interface AccountFacts {
  accountId: string
  type: string
  currency: CurrencyCode
  balanceMinor: bigint
  /** Number of the ledger entry that made this balance. */
  position: bigint
  /** Up to this entry no recent transaction is missing. */
  completePosition: bigint
}

export async function findFacts(
  tx: Tx,
  ownerId: string,
  accountId: string,
): Promise<AccountFacts | undefined> {
  const [row] = await tx<AccountFacts[]>`
    select ${columns(tx)} from accounts where owner_id = ${ownerId} and account_id = ${accountId}`
  return row
}

/** Locks the account's facts until the transaction ends, so that scores of one account are computed one after the other. */
export async function lockFacts(
  tx: Tx,
  ownerId: string,
  accountId: string,
): Promise<AccountFacts | undefined> {
  const [row] = await tx<AccountFacts[]>`
    select ${columns(tx)} from accounts where owner_id = ${ownerId} and account_id = ${accountId} for no key update`
  return row
}

/** Notes facts that are not older than those known; older ones change nothing. Creates and locks the row. */
export async function saveFacts(tx: Tx, ownerId: string, facts: AccountFacts): Promise<void> {
  await tx`
    insert into accounts (owner_id, account_id, type, currency, balance_minor, position, complete_position)
    values (${ownerId}, ${facts.accountId}, ${facts.type}, ${facts.currency}, ${facts.balanceMinor}, ${facts.position},
      ${facts.completePosition})
    on conflict (owner_id, account_id) do update set
      type = excluded.type,
      balance_minor = case when excluded.position >= accounts.position then excluded.balance_minor else accounts.balance_minor end,
      position = greatest(excluded.position, accounts.position),
      complete_position = greatest(excluded.complete_position, accounts.complete_position)`
}

export interface DatedTransaction {
  transactionId: string
  amountMinor: bigint
  at: Date
}

/** Adds what is recent and not known yet, and forgets what is not recent any more. */
export async function saveRecent(
  tx: Tx,
  ownerId: string,
  accountId: string,
  transactions: DatedTransaction[],
): Promise<void> {
  const oldest = new Date(Date.now() - RECENT_WINDOW_MS)
  const rows = transactions
    .filter(({ at }) => at > oldest)
    .map(({ transactionId, amountMinor, at }) => ({
      owner_id: ownerId,
      account_id: accountId,
      transaction_id: transactionId,
      amount_minor: amountMinor,
      at,
    }))
  if (rows.length > 0) await tx`insert into recent_transactions ${tx(rows)} on conflict do nothing`
  await tx`
    delete from recent_transactions where owner_id = ${ownerId} and account_id = ${accountId} and at <= ${oldest}`
}

/** Leaves out what a score should not count any more. */
export async function forgetRecent(
  tx: Tx,
  ownerId: string,
  accountId: string,
  transactionIds: string[],
): Promise<void> {
  if (transactionIds.length === 0) return
  await tx`
    delete from recent_transactions
    where owner_id = ${ownerId} and account_id = ${accountId} and transaction_id = any (${transactionIds}::uuid[])`
}

/** Newest first, as many as a score looks at. */
export async function listRecent(tx: Tx, ownerId: string, accountId: string): Promise<RecentTransaction[]> {
  const rows = await tx<{ amountMinor: bigint; at: Date }[]>`
    select amount_minor as "amountMinor", at from recent_transactions
    where owner_id = ${ownerId} and account_id = ${accountId} order by at desc limit ${RECENT_LIMIT}`
  return rows.map(({ amountMinor, at }) => ({ amountMinor, atMs: at.getTime() }))
}

const columns = (tx: Tx) => tx`
  account_id as "accountId", type, currency, balance_minor as "balanceMinor", position, complete_position as "completePosition"`
