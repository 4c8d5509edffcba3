// The walk through all entries, account by account in the order of their numbers: what each must be after the one before, and whether the chain
// that they make is the one that was sealed.
import type { Tx } from '@fintwin/platform'
import type { Outcome } from './audit-ledger.ts'

type Row = Record<string, unknown>

/** One pass for everything that needs the entries in order: sorting them is most of the work. */
export async function walkEntries(tx: Tx): Promise<Outcome[]> {
  const found: { check: string; row: Row }[] = await tx.unsafe(walk)
  const rowsOf = (check: string): Row[] => found.filter((one) => one.check === check).map(({ row }) => row)
  const entries: Row[] = []
  const folds: Row[] = []
  for (const row of rowsOf(walked.altered)) {
    const entry = await locateAltered(tx, { accountNo: row.account_no as number })
    if (entry) entries.push(entry)
    else folds.push(row)
  }
  const rounds: Row[] = []
  for (const row of rowsOf(walked.rounds))
    rounds.push({ ...row, first_mark_to_differ: await locateAltered(tx, { round: row.round as number }) })
  const { altered, rounds: roundsCheck, ...others } = walked
  return [
    ...Object.values(others).map((check) => ({ check, rows: rowsOf(check) })),
    { check: altered, rows: entries },
    { check: 'each account’s seal is the chain of its entries', rows: folds },
    { check: roundsCheck, rows: rounds },
  ]
}

const walked = {
  homeless: 'each entry is of an account that there is',
  bare: 'each entry has its posting',
  gaps: 'entries are numbered without gaps',
  balances: 'each entry’s balance is the sum of the entries up to it',
  order: 'entries of an account were posted one after another',
  newest: 'each account’s newest instant is that of its newest entry',
  altered: 'each sealed entry is as it was sealed',
  checkpoints: 'each checkpoint is the chain of its entries',
  rounds: 'each round is as it was sealed',
}

/** The first entry that breaks a rule. */
const firstEntry = (check: string, fault: string, details = ''): string => `
  (select '${check}' as check, jsonb_build_object('account_id', account_id, 'account_no', account_no, 'number', number, 'posting_id', posting_id
    ${details}) as row
  from noted where ${fault} order by account_no, number limit 1)`

/** So many accounts that were altered are searched one by one; where there are more, mending those comes first. */
const mostAltered = 20

/**
 * Of all entries only those are kept that break a rule or that a seal ends with. An account whose chain is not the one at its seal was altered, or
 * its seal was; its rounds are not judged, because they cannot be right then.
 */
const walk = `
  with hashed as (
    select e.account_no, e.number, e.posting_id, e.amount_minor, e.balance_minor, p.posted_at, transaction.entry_hash(e, p) as hash
    from transaction.entries e left join transaction.postings p on p.id = e.posting_id
    offset 0
  ), walked as (
    select e.account_no, e.number, e.posting_id, e.balance_minor, a.id as account_id, e.posted_at,
      row_number() over numbers as expected, sum(e.amount_minor) over numbers as recomputed, lag(e.posted_at) over numbers as posted_before,
      lead(e.number) over numbers is null and e.posted_at <> a.last_posted_at as is_misdated,
      transaction.chain(e.hash, transaction.chain_start(a)) over numbers as link
    from hashed e left join transaction.accounts a on a.no = e.account_no
    window numbers as (partition by e.account_no order by e.number)
  ), part as (
    select r.round, s.account_no, s.number, s.place from transaction.seal_rounds r
    cross join lateral unnest(r.account_nos, r.numbers) with ordinality s (account_no, number, place)
  ), sealed as (
    select account_no, number, round, place, 'round' as kind, null::bytea as link from part
    union all select account_no, number, round, null, 'fold', link from transaction.folds
    union all select account_no, number, null, null, 'checkpoint', link from transaction.checkpoints
  ), noted as materialized (
    select coalesce(w.account_no, s.account_no) as account_no, coalesce(w.number, s.number) as number, w.account_id, w.posting_id, w.balance_minor,
      w.posted_at, w.recomputed, w.expected, w.posted_before, w.is_misdated, w.link, w.account_no is not null as is_entry, s.kind, s.round, s.place,
      s.link as sealed_link
    from walked w full join sealed s on s.account_no = w.account_no and s.number = w.number
    where s.account_no is not null or w.account_id is null or w.posted_at is null or w.expected <> w.number or w.balance_minor <> w.recomputed
      or w.posted_at <= w.posted_before or w.is_misdated
  ), altered as materialized (
    select account_no, account_id, number, round from noted where kind = 'fold' and link is distinct from sealed_link
  ), linked as (
    select round, string_agg(link, '' order by place) as links, bool_or(account_no in (select account_no from altered)) as is_of_altered
    from noted where kind = 'round' group by round
  ), chained as (
    select r.round, r.sealed_at, r.hash is distinct from transaction.round_hash(lag(r.hash) over (order by r.round), r, l.links) as is_altered,
      coalesce(l.is_of_altered, false) as is_of_altered
    from transaction.seal_rounds r left join linked l on l.round = r.round
  )
  ${firstEntry(walked.homeless, 'is_entry and account_id is null')}
  union all ${firstEntry(walked.bare, 'is_entry and posted_at is null')}
  union all ${firstEntry(walked.gaps, 'expected <> number', `, 'expected', expected`)}
  union all ${firstEntry(walked.balances, 'balance_minor <> recomputed', `, 'balance_minor', balance_minor, 'recomputed', recomputed`)}
  union all ${firstEntry(walked.order, 'posted_at <= posted_before', `, 'posted_at', posted_at, 'posted_before', posted_before`)}
  union all ${firstEntry(walked.newest, 'is_misdated', `, 'posted_at', posted_at`)}
  union all ${firstEntry(
    walked.checkpoints,
    `kind = 'checkpoint' and link is distinct from sealed_link and account_no not in (select account_no from altered)`,
  )}
  union all
  (select '${walked.altered}', jsonb_build_object('account_id', account_id, 'account_no', account_no, 'number', number, 'round', round)
  from altered order by account_no limit ${mostAltered})
  union all
  (select '${walked.rounds}', jsonb_build_object('round', round, 'sealed_at', sealed_at)
  from chained where is_altered and not is_of_altered order by round limit 1)`

/** The first entry of an account, or of a round, that does not have the mark it got when it was sealed; undefined where all have theirs. */
async function locateAltered(
  tx: Tx,
  { accountNo = null, round = null }: { accountNo?: number | null; round?: number | null },
): Promise<Row | undefined> {
  const [row] = await tx<Row[]>`
    with part as (
      select r.round, r.sealed_at, r.marks, s.account_no, s.number, s.count,
        (sum(s.count) over (partition by r.round order by s.place) - s.count)::int as skipped
      from transaction.seal_rounds r
      cross join lateral unnest(r.account_nos, r.numbers, r.counts) with ordinality s (account_no, number, count, place)
      where ${round}::int is null or r.round = ${round}
    ), mark as materialized (
      select p.round, p.sealed_at, p.account_no, p.number - p.count + nth as number, substring(p.marks from 4 * (p.skipped + nth) - 3 for 4) as mark
      from part p cross join lateral generate_series(1, p.count) nth
      where ${accountNo}::int is null or p.account_no = ${accountNo}
    ), walked as (
      select e.account_no, e.number, e.posting_id,
        transaction.chain(transaction.entry_hash(e, p), transaction.chain_start(a)) over (partition by e.account_no order by e.number) as link
      from transaction.entries e left join transaction.postings p on p.id = e.posting_id
      left join transaction.accounts a on a.no = e.account_no
      where e.account_no in (select account_no from mark)
    )
    select a.id as account_id, m.number, w.posting_id, m.round, m.sealed_at, w.account_no is null as is_missing
    from mark m left join walked w on w.account_no = m.account_no and w.number = m.number
    left join transaction.accounts a on a.no = m.account_no
    where substring(w.link from 1 for 4) is distinct from m.mark order by m.account_no, m.number limit 1`
  return row
}

export interface SealState {
  rounds: number
  /** Entries that are sealed, and those that are still to be. */
  sealed: bigint
  waiting: bigint
  /** The newest round, whose hash stands for everything that was sealed by then. */
  head: { round: number; sealedAt: Date; hash: string } | undefined
}

export async function readSeals(tx: Tx): Promise<SealState> {
  const [head] = await tx<{ round: number; sealedAt: Date; hash: string }[]>`
    select round, sealed_at as "sealedAt", encode(hash, 'hex') as hash from transaction.seal_rounds order by round desc limit 1`
  const [state] = await tx<{ rounds: bigint; sealed: bigint; entries: bigint }[]>`
    select (select count(*) from transaction.seal_rounds) as rounds, (select coalesce(sum(number), 0) from transaction.folds)::bigint as sealed,
      (select count(*) from transaction.entries) as entries`
  const { rounds = 0n, sealed = 0n, entries = 0n } = state ?? {}
  return { rounds: Number(rounds), sealed, waiting: entries - sealed, head }
}

/** Whether the head of an earlier audit is still in the chain. Where it is not, what was sealed by then was rewritten, or is of another ledger. */
export async function checkHead(tx: Tx, head: string): Promise<Outcome[]> {
  const check = 'the head that was noted is in the chain'
  const [found] =
    await tx`select from transaction.seal_rounds where encode(hash, 'hex') = ${head.toLowerCase()}`
  return [{ check, rows: found ? [] : [{ head }] }]
}
