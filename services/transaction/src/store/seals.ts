// The chains of hashes over what was posted: sealing them, round by round, and proving how they stand.
import type { Tx } from '@fintwin/platform'

export interface SealedRound {
  /** Entries sealed now, and those that are left for the next rounds. */
  sealed: bigint
  waiting: bigint
  /** Accounts with an entry missing, which were left alone. */
  broken: bigint
}

/** Seals at most so many entries; undefined where another process is sealing. */
export async function sealEntries(tx: Tx, mostEntries: number): Promise<SealedRound | undefined> {
  const [round] = await tx<SealedRound[]>`select sealed, waiting, broken from seal(${mostEntries})`
  return round
}

/** Numbers of entries by account id. */
export type Positions = Record<string, number>

export interface EntriesProof {
  position: Positions
  /** Up to where the entries were not read again, because their seal tells of them. */
  sealed: Positions
  entriesHash: string
}

/**
 * SHA-256 over the hash chains of the owner's accounts: as they stand, or up to the given numbers of the given accounts, which stays the same
 * however much is posted or sealed later. A chain is taken from its nearest known link, so that the cost is that of what is not sealed yet, and
 * of at most 256 entries an account.
 */
export async function proveEntries(tx: Tx, ownerId: string, at?: Positions): Promise<EntriesProof> {
  const [row] = await tx<{ position: Positions | null; sealed: Positions | null; entriesHash: string }[]>`
    with account as materialized (
      select a.id, a.no, pinned.position, coalesce(f.number, 0) as sealed, base.number, base.link
      from accounts a
      left join folds f on f.account_no = a.no
      cross join lateral (
        select ${at ? tx`least((${tx.json(at)}::jsonb ->> a.id::text)::bigint, a.entry_count)` : tx`a.entry_count`}::int as position
      ) pinned
      cross join lateral (
        select f.number, f.link where f.number <= pinned.position
        union all
        (select c.number, c.link from checkpoints c where c.account_no = a.no and c.number <= pinned.position order by c.number desc limit 1)
        union all
        select 0, chain_start(a)
        order by number desc limit 1
      ) base
      where a.owner_id = ${ownerId} and a.kind = 'person' and pinned.position is not null
    ), chained as (
      select a.id, a.position, least(a.sealed, a.position) as sealed, coalesce(tail.link, a.link) as link
      from account a cross join lateral (
        select chain(entry_hash(e, p), a.link order by e.number) as link
        from entries e join postings p on p.id = e.posting_id
        where e.account_no = a.no and e.number > a.number and e.number <= a.position
      ) tail
    )
    select json_object_agg(id, position) as position, json_object_agg(id, sealed) as sealed,
      encode(sha256(convert_to(coalesce(
        string_agg(concat_ws(' ', id, position, encode(link, 'hex')), E'\n' order by id) filter (where position > 0), ''), 'UTF8')), 'hex')
        as "entriesHash"
    from chained`
  return {
    position: row?.position ?? {},
    sealed: row?.sealed ?? {},
    entriesHash: row?.entriesHash ?? '',
  }
}
