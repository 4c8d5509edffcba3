// The legs of postings, read from the entries of the reader's own accounts. There is no index of entries by posting: an entry is found by its
// account and the instant it counts for.
import type { Tx } from '@fintwin/platform'
import type { LedgerAccountRow } from './ledger.ts'

export interface LegRow {
  account: LedgerAccountRow
  /** Signed, in the account's minor units. */
  amountMinor: bigint
  /** Of the account, once the posting was posted. */
  balanceMinor: bigint
  /** Of the entry. */
  number: number
}

/**
 * By posting. As an accountant writes them: the currency of the one who gives first, and in each currency what gives before what gets.
 * `own` has the system accounts, too.
 */
export async function listLegs(
  tx: Tx,
  own: LedgerAccountRow[],
  postingIds: string[],
): Promise<Map<string, LegRow[]>> {
  const rows = await tx<
    { postingId: string; accountNo: number; amountMinor: bigint; balanceMinor: bigint; number: number }[]
  >`
    select p.id as "postingId", e.account_no as "accountNo", e.amount_minor as "amountMinor", e.balance_minor as "balanceMinor", e.number
    from postings p
    join entries e on e.account_no = any (${own.map(({ no }) => no)}::int[]) and e.effective_at = p.effective_at and e.posting_id = p.id
    where p.id = any (${postingIds}::uuid[])`
  const legs = new Map<string, LegRow[]>()
  for (const { postingId, accountNo, ...entry } of rows) {
    const account = own.find(({ no }) => no === accountNo) as LedgerAccountRow
    legs.set(postingId, [...(legs.get(postingId) ?? []), { account, ...entry }])
  }
  for (const [postingId, found] of legs) legs.set(postingId, inBookOrder(found))
  return legs
}

function inBookOrder(legs: LegRow[]): LegRow[] {
  const giver = legs.find(({ account, amountMinor }) => account.kind === 'person' && amountMinor < 0n)
  const place = ({ account, amountMinor }: LegRow): number =>
    (account.currency === giver?.account.currency ? 0 : 2) + (amountMinor < 0n ? 0 : 1)
  return legs.toSorted((a, b) => place(a) - place(b) || a.account.no - b.account.no)
}
