// The ledger's invariants, each recomputed from the entries themselves, from the first one on.
import type { Database, Tx } from '@fintwin/platform'
import { holdChecks } from './audit-holds.ts'
import { reversalChecks } from './audit-reversals.ts'
import { checkHead, readSeals, type SealState, walkEntries } from './audit-seals.ts'

export interface Finding {
  check: string
  /** The first row that does not agree. */
  row: Record<string, unknown>
}

export interface AuditReport {
  findings: Finding[]
  /** What was checked, in words. */
  checks: string[]
  entries: bigint
  accounts: bigint
  seals: SealState
}

/**
 * One consistent snapshot for all checks, read by the auditor's own role, which may write nothing. Memory stays bounded: what does not fit is
 * sorted on the database's disk. `head` is the head of the chain of rounds as it was noted after an earlier audit.
 */
export async function auditLedger(database: Database, head?: string): Promise<AuditReport> {
  return database.begin('isolation level repeatable read read only', async (tx) => {
    // Each check reads everything and asks for the first fault only. Planned for finding one soon, it would search all entries for each
    // posting; there is none to find.
    await tx`set local enable_nestloop = off`
    await tx`set local work_mem = '64MB'`
    const [size] = await tx<{ entries: bigint; accounts: bigint }[]>`
      select (select count(*) from transaction.entries) as entries, (select count(*) from transaction.accounts) as accounts`
    const walked = await walkEntries(tx)
    const others = await runChecks(tx)
    const known = head === undefined ? [] : await checkHead(tx, head)
    const outcomes = [...walked, ...others, ...known]
    return {
      findings: outcomes.flatMap(({ check, rows }) => rows.map((row) => ({ check, row }))),
      checks: outcomes.map(({ check }) => check),
      entries: size?.entries ?? 0n,
      accounts: size?.accounts ?? 0n,
      seals: await readSeals(tx),
    }
  })
}

/** A check with the rows that do not agree: none where all is well. */
export interface Outcome {
  check: string
  rows: Record<string, unknown>[]
}

async function runChecks(tx: Tx): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const [check, query] of Object.entries({ ...checks, ...holdChecks, ...reversalChecks }))
    outcomes.push({ check, rows: [...(await tx.unsafe(query))] })
  return outcomes
}

/** Each gives the first offending row, in the order of the entries, or none. */
const checks: Record<string, string> = {
  'each posting sums to zero in each currency': `
    select e.posting_id, a.currency, sum(e.amount_minor) as sum from transaction.entries e join transaction.accounts a on a.no = e.account_no
    group by e.posting_id, a.currency having sum(e.amount_minor) <> 0 order by e.posting_id limit 1`,
  'the whole ledger sums to zero in each currency': `
    select currency, sum(balance_minor) as sum from transaction.accounts group by currency having sum(balance_minor) <> 0 limit 1`,
  'each account’s balance and position are those of its entries': `
    select a.id as account_id, a.balance_minor, coalesce(sum(e.amount_minor), 0) as recomputed, a.entry_count, count(e.number) as entries
    from transaction.accounts a left join transaction.entries e on e.account_no = a.no
    group by a.id having a.balance_minor <> coalesce(sum(e.amount_minor), 0) or a.entry_count <> count(e.number)
    order by a.id limit 1`,
  'each posting has its entry of its amount on its account, and one on the account it went to': `
    select p.id as posting_id, p.amount_minor from transaction.postings p
    left join transaction.accounts a on a.id = p.account_id left join transaction.accounts t on t.id = p.to_account
    left join transaction.entries e on e.posting_id = p.id
    group by p.id, p.amount_minor, p.is_out, p.to_account, p.effective_at
    having count(*) filter (where e.account_no = a.no and e.amount_minor = case when p.is_out then -p.amount_minor else p.amount_minor end) <> 1
      or count(*) filter (where e.account_no = t.no) <> (p.to_account is not null)::int
      or count(e.number) < 2 or bool_or(e.effective_at <> p.effective_at)
    order by p.id limit 1`,
  'money left nobody’s account but the one who posted it': `
    select p.id as posting_id, main.owner_id from transaction.postings p join transaction.accounts main on main.id = p.account_id
    join transaction.entries e on e.posting_id = p.id join transaction.accounts a on a.no = e.account_no
    where a.owner_id <> main.owner_id and (p.type not in ('transfer', 'reversal') or a.kind = 'system' or (e.amount_minor < 0) = p.is_out)
    order by p.id limit 1`,
  'no payment left less than the floor that was in force': `
    select a.id as account_id, e.number, e.posting_id, e.balance_minor, f.floor_minor from transaction.entries e
    join (
      select account_no, floor_minor, position, lead(position) over (partition by account_no order by id) as until from transaction.floors
    ) f on f.account_no = e.account_no and e.number > f.position and (f.until is null or e.number <= f.until)
    join transaction.postings p on p.id = e.posting_id join transaction.accounts a on a.no = e.account_no
    where e.amount_minor < 0 and e.balance_minor < f.floor_minor and p.external_id is null and p.type <> 'opening'
    order by e.account_no, e.number limit 1`,
  'each account’s floor is the one that was set last': `
    select a.id as account_id, a.floor_minor, f.floor_minor as set from transaction.accounts a
    left join (select distinct on (account_no) account_no, floor_minor from transaction.floors order by account_no, id desc) f
      on f.account_no = a.no
    where a.floor_minor is distinct from f.floor_minor order by a.id limit 1`,
  'each daily total is the sum of the day’s sealed entries': `
    select a.id as account_id, coalesce(d.day, s.day)::text as day, d.amount_minor, s.recomputed from transaction.daily_totals d
    full join (
      select e.account_no, (e.effective_at at time zone 'UTC')::date as day, sum(e.amount_minor) as recomputed
      from transaction.entries e join transaction.folds f on f.account_no = e.account_no and e.number <= f.number group by 1, 2
    ) s on s.account_no = d.account_no and s.day = d.day
    left join transaction.accounts a on a.no = coalesce(d.account_no, s.account_no)
    where d.amount_minor is distinct from s.recomputed order by coalesce(d.account_no, s.account_no), coalesce(d.day, s.day) limit 1`,
  'rounds follow one another without gaps, each with a mark for every entry it sealed': `
    select round, expected, length(marks) as marks from (
      select r.*, row_number() over (order by round) as expected, (select sum(count) from unnest(r.counts) count) as entries
      from transaction.seal_rounds r
    ) numbered
    where round <> expected or length(marks) <> 4 * entries or cardinality(numbers) <> cardinality(account_nos)
      or cardinality(counts) <> cardinality(account_nos)
    order by round limit 1`,
  'each round goes on where the one before left off, and each account’s seal is where the last one ended': `
    with part as (
      select r.round, s.account_no, s.number, s.count, lag(s.number, 1, 0) over numbers as before, lead(r.round) over numbers is null as is_last
      from transaction.seal_rounds r
      cross join lateral unnest(r.account_nos, r.numbers, r.counts) s (account_no, number, count)
      window numbers as (partition by s.account_no order by r.round)
    )
    select a.id as account_id, p.round, p.before + p.count as expected, p.number as last_round, f.number as seal
    from (select * from part where is_last or number <> before + count) p
    full join transaction.folds f on f.account_no = p.account_no
    left join transaction.accounts a on a.no = coalesce(p.account_no, f.account_no)
    where p.number is distinct from p.before + p.count or p.is_last and (p.number, p.round) is distinct from (f.number, f.round)
      or p.account_no is null
    order by coalesce(p.account_no, f.account_no), p.round limit 1`,
  'each account has a checkpoint at every 256th of its sealed entries': `
    select a.id as account_id, f.number / 256 as expected, count(c.number) as checkpoints from transaction.folds f
    full join transaction.checkpoints c on c.account_no = f.account_no
    left join transaction.accounts a on a.no = coalesce(f.account_no, c.account_no)
    group by a.id, f.account_no, f.number
    having count(c.number) is distinct from (f.number / 256)::bigint or max(c.number) > f.number order by a.id limit 1`,
}
