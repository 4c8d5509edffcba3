// Balances over time, by effective date, and the proof that the entries stand as they stood.
import type { Tx } from '@fintwin/platform'

export interface BalancePoint {
  /** YYYY-MM-DD, UTC. */
  date: string
  balanceMinor: bigint
}

/** Closing balances of the days from … to on which the account moved, after one point for the balance it began with. */
export async function listDailyBalances(
  tx: Tx,
  accountNo: number,
  from: string,
  to: string,
): Promise<BalancePoint[]> {
  return tx<BalancePoint[]>`
    with before as (
      select coalesce(sum(amount_minor), 0)::bigint as balance from entries
      where account_no = ${accountNo} and effective_at < ${from}::date at time zone 'UTC'
    ), days as (
      select (effective_at at time zone 'UTC')::date as day, sum(amount_minor) as change from entries
      where account_no = ${accountNo} and effective_at >= ${from}::date at time zone 'UTC'
        and effective_at < (${to}::date + 1) at time zone 'UTC'
      group by 1
    )
    select to_char(day, 'YYYY-MM-DD') as date, balance::bigint as "balanceMinor" from (
      select (${from}::date - 1) as day, balance from before
      union all
      select day, (select balance from before) + sum(change) over (order by day) from days
    ) points order by day`
}

export interface EntriesProof {
  position: Record<string, number>
  entriesHash: string
}

/**
 * Entry number by account, and SHA-256 over the owner's entries in the order of account and number: over all of them, or over those up to
 * the given numbers of the given accounts, which stays the same however much is posted later.
 */
export async function proveEntries(
  tx: Tx,
  ownerId: string,
  at?: Record<string, number>,
): Promise<EntriesProof> {
  const pinned = at ? tx`and number <= (${tx.json(at)}::jsonb ->> a.id::text)::bigint` : tx``
  const [row] = await tx<{ entriesHash: string; position: Record<string, number> | null }[]>`
    select encode(sha256(convert_to(coalesce(string_agg(
        concat_ws(' ', a.id, number, posting_id, a.currency, amount_minor, e.balance_minor, extract(epoch from effective_at)),
        E'\n' order by a.id, number), ''), 'UTF8')), 'hex') as "entriesHash",
      (select json_object_agg(id, entry_count) from accounts where owner_id = ${ownerId} and kind = 'person') as position
    from entries e join accounts a on a.no = e.account_no where a.owner_id = ${ownerId} ${pinned}`
  return { position: at ?? row?.position ?? {}, entriesHash: row?.entriesHash ?? '' }
}
