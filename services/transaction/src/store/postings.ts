// Lists of transactions: what the caller sent and received, newest first by effective date.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'

export interface PostingRow {
  id: string
  type: string
  accountId: string
  toAccount: string | null
  /** Which way the money went, seen from `accountId`. */
  direction: 'in' | 'out'
  amountMinor: bigint
  currency: CurrencyCode
  note: string | null
  counterparty: string | null
  category: string | null
  externalId: string | null
  effectiveAt: Date
  createdAt: Date
}

/** A posting in a list, with its place in the list's order: the instant to the microsecond, as the database has it. */
export interface ListedPosting extends PostingRow {
  effectiveAtUs: string
}

export interface PostingFilter {
  accountId?: string | undefined
  type?: string | undefined
  /** Part of a note, counterparty or category. */
  text?: string | undefined
  /** Inclusive dates, YYYY-MM-DD, UTC. */
  from?: string | undefined
  to?: string | undefined
  /** Rows after this one in the list's order. */
  after?: { effectiveAtUs: string; id: string } | undefined
  limit: number
  offset: number
}

/** Row security gives both sides: postings the caller sent, and those that came to the caller. */
export async function listPostings(tx: Tx, ownerId: string, filter: PostingFilter): Promise<ListedPosting[]> {
  const { accountId, type, text, from, to, after, limit, offset } = filter
  const pattern = text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : undefined
  // The cursor's instant goes as text: as a timestamp the driver would cut it to milliseconds.
  const conditions = tx`
    true
    ${accountId ? tx`and (account_id = ${accountId} or to_account = ${accountId})` : tx``}
    ${type ? tx`and type = ${type}` : tx``}
    ${pattern ? tx`and (note ilike ${pattern} or counterparty ilike ${pattern} or category ilike ${pattern})` : tx``}
    ${from ? tx`and effective_at >= ${from}::date at time zone 'UTC'` : tx``}
    ${to ? tx`and effective_at < (${to}::date + 1) at time zone 'UTC'` : tx``}
    ${after ? tx`and (effective_at, id) < (${after.effectiveAtUs}::text::timestamptz, ${after.id}::uuid)` : tx``}`
  const reach = limit + offset
  return tx<ListedPosting[]>`
    select id, type, account_id as "accountId", to_account as "toAccount", direction, amount_minor as "amountMinor", currency, note, counterparty,
      category, external_id as "externalId", effective_at as "effectiveAt", created_at as "createdAt",
      to_char(effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "effectiveAtUs"
    from (
      (select * from postings where owner_id = ${ownerId} and ${conditions} order by effective_at desc, id desc limit ${reach})
      union all
      (select * from postings where to_owner_id = ${ownerId} and owner_id <> ${ownerId} and ${conditions}
        order by effective_at desc, id desc limit ${reach})
    ) both_sides
    order by effective_at desc, id desc limit ${limit} offset ${offset}`
}
