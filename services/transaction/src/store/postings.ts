// Lists of transactions: what the caller sent and received, newest first by effective date.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'
import { startOf } from './balances.ts'
import type { LedgerAccountRow, PostingType } from './ledger.ts'
import { limitTo } from './limit-to.ts'
import type { Reach } from './positions.ts'

export interface PostingRow {
  id: string
  type: PostingType
  accountId: string
  toAccount: string | null
  /** Which way the money went, seen from `accountId`. */
  direction: 'in' | 'out'
  amountMinor: bigint
  currency: CurrencyCode
  /** Of an exchange: what arrived in `toAccount`, and how much of its currency one of `currency` bought. */
  toAmountMinor: bigint | null
  toCurrency: CurrencyCode | null
  rate: string | null
  /** The posting that this one takes back. */
  reverses: string | null
  /** The posting that took this one back. */
  reversedBy?: string | null
  holdId: string | null
  note: string | null
  counterparty: string | null
  category: string | null
  /** What was posted, of the texts that the reader has put their own beside. */
  original?: Partial<PostingText>
  externalId: string | null
  metadata: Record<string, string | number | boolean> | null
  effectiveAt: Date
  createdAt: Date
}

export interface PostingText {
  note: string | null
  counterparty: string | null
  category: string | null
}

/** A posting in a list, with its place in the list's order: the instant to the microsecond, as the database has it. */
export interface ListedPosting extends PostingRow {
  effectiveAtUs: string
}

export interface PostingFilter {
  type?: string | undefined
  /** Part of a note, counterparty or category, as posted or as the reader calls it. */
  text?: string | undefined
  /** Inclusive dates, YYYY-MM-DD, UTC. */
  from?: string | undefined
  to?: string | undefined
  /** Rows after this one in the list's order. */
  after?: { effectiveAtUs: string; id: string } | undefined
  /** What one account's list reached as of an instant or a position. */
  reach?: Reach | undefined
  limit: number
  offset: number
}

/**
 * Transactions that touch any of the given accounts of the caller's `own`. Each account's newest entries come from its own index, so
 * that a page costs the same whatever the ledger holds; a transfer between two of the accounts is found twice and shown once.
 */
export async function listPostings(
  tx: Tx,
  { own, accounts }: { own: LedgerAccountRow[]; accounts: LedgerAccountRow[] },
  filter: PostingFilter,
): Promise<ListedPosting[]> {
  const { type, text, from, to, after, reach, limit, offset } = filter
  const pattern = text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : undefined
  const numbers = accounts.map(({ no }) => no)
  // The cursor's instant goes as text: as a timestamp the driver would cut it to milliseconds.
  const inTime = tx`
    ${from ? tx`and e.effective_at >= ${startOf(tx, from)}` : tx``}
    ${to ? tx`and e.effective_at < ${startOf(tx, to, 1)}` : tx``}
    ${reach ? tx`and e.number + 0 <= ${reach.position} and e.effective_at <= ${reach.untilUs}::text::timestamptz` : tx``}
    ${after ? tx`and e.effective_at <= ${after.effectiveAtUs}::text::timestamptz and (e.effective_at, e.posting_id) < (${after.effectiveAtUs}::text::timestamptz, ${after.id}::uuid)` : tx``}`
  const matching = tx`
    ${type ? tx`and p.type::text = ${type}` : tx``}
    ${pattern ? tx`and concat_ws(E'\n', p.note, p.counterparty, p.category, n.note, n.counterparty, n.category) ilike ${pattern}` : tx``}`
  const isFiltered = Boolean(type || pattern)
  const newest = isFiltered
    ? tx`select e.posting_id, e.effective_at from entries e join postings p on p.id = e.posting_id
         ${pattern ? tx`left join annotations n on n.posting_id = p.id` : tx``}
         where e.account_no = own.no ${inTime} ${matching} order by e.effective_at desc, e.posting_id desc ${limitTo(tx, limit + offset)}`
    : tx`select e.posting_id, e.effective_at from entries e
         where e.account_no = own.no ${inTime} order by e.effective_at desc, e.posting_id desc ${limitTo(tx, limit + offset)}`
  const rows = await tx<ReadRow<ListedPosting>[]>`
    select ${postingColumns(tx)}, to_char(page.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "effectiveAtUs"
    from (
      select distinct found.posting_id, found.effective_at
      from unnest(${numbers}::int[]) own (no) cross join lateral (${newest}) found
      order by found.effective_at desc, found.posting_id desc limit ${limit} offset ${offset}
    ) page
    join postings p on p.id = page.posting_id
    ${besides(tx)}
    order by page.effective_at desc, page.posting_id desc`
  return rows.map((row) => asReader(row, own))
}

/** One posting that the reader sees. */
export async function findPosting(
  tx: Tx,
  own: LedgerAccountRow[],
  id: string,
): Promise<PostingRow | undefined> {
  const [row] = await tx<ReadRow<PostingRow>[]>`
    select ${postingColumns(tx)} from postings p ${besides(tx)} where p.id = ${id}`
  return row && asReader(row, own)
}

/** The posting that took this one back. */
export async function findReversal(tx: Tx, id: string): Promise<string | undefined> {
  const [row] = await tx<{ id: string }[]>`select id from postings where reverses = ${id}`
  return row?.id
}

/** What stands beside a posting for its reader: the reader's own words, and the posting that took it back. */
const besides = (tx: Tx) => tx`
  left join annotations n on n.posting_id = p.id left join postings r on r.reverses = p.id`

/** Of `postings p` with what stands `besides` them. */
const postingColumns = (tx: Tx) => tx`
  p.id, p.type, p.account_id as "accountId", p.to_account as "toAccount", case when p.is_out then 'out' else 'in' end as direction,
  p.amount_minor as "amountMinor", p.to_amount_minor as "toAmountMinor", p.rate::text, p.reverses, r.id as "reversedBy",
  p.hold_id as "holdId", p.note, p.counterparty, p.category, p.external_id as "externalId", p.metadata, p.effective_at as "effectiveAt",
  p.posted_at as "createdAt", case when n.posting_id is not null then
    jsonb_strip_nulls(jsonb_build_object('note', n.note, 'counterparty', n.counterparty, 'category', n.category)) end as "ownWords"`

/** A posting as it was read: without its currencies, and with the reader's own words apart. */
type ReadRow<T extends PostingRow> = Omit<T, 'currency' | 'toCurrency' | 'original'> & {
  ownWords: Partial<Record<keyof PostingText, string>> | null
}

/**
 * A posting is in the currency of its own account; where that is somebody else's, it is a transfer, and in the currency of the one it came to.
 * The reader's own words stand where there are any; an empty one shows nothing.
 */
function asReader<T extends PostingRow>({ ownWords, ...row }: ReadRow<T>, own: LedgerAccountRow[]) {
  const main = own.find(({ id }) => id === row.accountId)
  const other = own.find(({ id }) => id === row.toAccount)
  const currency = (main ?? other)?.currency
  if (!currency) throw new Error(`Posting ${row.id} touches no account of its reader.`)
  const toCurrency = row.toAmountMinor === null ? null : (other?.currency ?? null)
  if (!ownWords) return { ...row, currency, toCurrency }
  const shown = Object.entries(ownWords).map(([name, words]) => [name, words || null])
  const original = Object.keys(ownWords).map((name) => [name, row[name as keyof PostingText]])
  return {
    ...row,
    ...Object.fromEntries(shown),
    currency,
    toCurrency,
    original: Object.fromEntries(original),
  }
}
