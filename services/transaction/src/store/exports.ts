// What a statement of one account says: totals and entries by effective date, up to a position, so that a statement which is read in many
// transactions is still of one state of the ledger.
import type { Tx } from '@fintwin/platform'
import { movesUntil, startOf } from './balances.ts'
import type { PostingType } from './ledger.ts'
import { limitTo } from './limit-to.ts'

export interface ExportScope {
  accountNo: number
  /** Number of the newest entry it may tell of. */
  position: bigint
  /** First and last day, `YYYY-MM-DD`, UTC. */
  from: string
  to: string
}

/** Of one instant. */
export interface ExportTotals {
  /** Number of the account's newest entry. */
  position: bigint
  /** What may be spent; null where there is no floor. */
  availableMinor: bigint | null
  /** The balance before the first day. */
  openingMinor: bigint
  /** Over the days: how many entries, and the sum of their amounts without a sign. */
  credits: { count: number; sumMinor: bigint }
  debits: { count: number; sumMinor: bigint }
  lastEntryAt: Date | null
}

interface TotalsRow extends Pick<ExportTotals, 'position' | 'availableMinor' | 'lastEntryAt'> {
  openingMinor: string
  credits: number
  creditedMinor: string
  debits: number
  debitedMinor: string
}

export async function readExportTotals(
  tx: Tx,
  { accountNo, from, to }: Omit<ExportScope, 'position'>,
): Promise<ExportTotals> {
  const [row] = await tx<TotalsRow[]>`
    with ${movesUntil(tx, accountNo, from)}, entry as materialized (
      select e.amount_minor, e.effective_at from entries e
      where e.account_no = ${accountNo} and e.effective_at >= ${startOf(tx, from)}
        and e.effective_at < ${startOf(tx, to, 1)}
    )
    select a.entry_count as position, a.balance_minor - a.held_minor - a.floor_minor as "availableMinor",
      (select coalesce(sum(amount_minor), 0) from moves where day < ${from}::date)::text as "openingMinor", e.*
    from accounts a, (
      select count(*) filter (where amount_minor > 0)::int as credits, count(*) filter (where amount_minor < 0)::int as debits,
        coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::text as "creditedMinor",
        coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0)::text as "debitedMinor",
        max(effective_at) as "lastEntryAt"
      from entry
    ) e
    where a.no = ${accountNo}`
  if (!row) throw new Error(`There is no account ${accountNo} for this reader.`)
  const { openingMinor, credits, creditedMinor, debits, debitedMinor, ...rest } = row
  return {
    ...rest,
    openingMinor: BigInt(openingMinor),
    credits: { count: credits, sumMinor: BigInt(creditedMinor) },
    debits: { count: debits, sumMinor: BigInt(debitedMinor) },
  }
}

export interface ExportedEntry {
  number: number
  postingId: string
  type: PostingType
  amountMinor: bigint
  effectiveAt: Date
  /** To the microsecond, as the database has it. */
  effectiveAtUs: string
  postedAt: Date
  counterparty: string | null
  note: string | null
  category: string | null
  externalId: string | null
  /** The account whose amount and direction the posting is told by, and the other one. */
  accountId: string
  toAccount: string | null
  /** What the posting moved in each of the two: they differ in an exchange. */
  fromMinor: bigint
  toMinor: bigint | null
  rate: string | null
  isReversal: boolean
}

/** The next entries of the days after one of them, or the first. */
export async function listExportedEntries(
  tx: Tx,
  { accountNo, position, from, to }: ExportScope,
  after: Pick<ExportedEntry, 'effectiveAtUs' | 'number'> | undefined,
  limit: number,
): Promise<ExportedEntry[]> {
  // The instant goes as text: as a timestamp the driver would cut it to milliseconds.
  const later = after
    ? tx`and e.effective_at >= ${after.effectiveAtUs}::text::timestamptz
         and (e.effective_at, e.number) > (${after.effectiveAtUs}::text::timestamptz, ${after.number})`
    : tx`and e.effective_at >= ${startOf(tx, from)}`
  // The owner's own words where there are any, as in lists; an empty one shows nothing.
  const shown = (text: string) => tx`nullif(coalesce(n.${tx(text)}, p.${tx(text)}), '') as ${tx(text)}`
  return tx<ExportedEntry[]>`
    with page as materialized (
      select e.number, e.posting_id, e.amount_minor, e.effective_at from entries e
      where e.account_no = ${accountNo} and e.number <= ${position}
        and e.effective_at < ${startOf(tx, to, 1)} ${later}
      order by e.effective_at, e.number ${limitTo(tx, limit)}
    )
    select page.number, page.posting_id as "postingId", p.type, page.amount_minor as "amountMinor", page.effective_at as "effectiveAt",
      to_char(page.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "effectiveAtUs", p.posted_at as "postedAt",
      ${shown('counterparty')}, ${shown('note')}, ${shown('category')}, p.external_id as "externalId", p.account_id as "accountId", p.to_account as "toAccount",
      p.amount_minor as "fromMinor", p.to_amount_minor as "toMinor", p.rate::text, p.reverses is not null as "isReversal"
    from page join postings p on p.id = page.posting_id left join annotations n on n.posting_id = p.id
    order by page.effective_at, page.number`
}
