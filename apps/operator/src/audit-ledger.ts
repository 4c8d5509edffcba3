// The ledger's invariants, each recomputed from the entries themselves.
import type { Database } from '@fintwin/platform'

export interface Finding {
  check: string
  /** The first row that does not agree. */
  row: Record<string, unknown>
}

export interface AuditReport {
  findings: Finding[]
  entries: bigint
  accounts: bigint
}

/** One consistent snapshot for all checks, read by the auditor's own role, which may write nothing. */
export async function auditLedger(database: Database): Promise<AuditReport> {
  return database.begin('isolation level repeatable read read only', async (tx) => {
    // Each check reads everything and asks for the first fault only. Planned for finding one soon, it would search all entries for each
    // posting; there is none to find.
    await tx`set local enable_nestloop = off`
    await tx`set local work_mem = '64MB'`
    const [size] = await tx<{ entries: bigint; accounts: bigint }[]>`
      select (select count(*) from transaction.entries) as entries, (select count(*) from transaction.accounts) as accounts`
    const findings: Finding[] = []
    for (const [check, query] of Object.entries(checks)) {
      const [row] = await tx.unsafe(query)
      if (row) findings.push({ check, row })
    }
    return { findings, entries: size?.entries ?? 0n, accounts: size?.accounts ?? 0n }
  })
}

/** Each gives the first offending row, in the order of the entries, or none. */
const checks: Record<string, string> = {
  'each entry is of an account that there is': `
    select e.account_no, e.number from transaction.entries e
    where not exists (select from transaction.accounts a where a.no = e.account_no) order by e.account_no, e.number limit 1`,
  'each posting sums to zero in each currency': `
    select e.posting_id, a.currency, sum(e.amount_minor) as sum from transaction.entries e join transaction.accounts a on a.no = e.account_no
    group by e.posting_id, a.currency having sum(e.amount_minor) <> 0 order by e.posting_id limit 1`,
  'the whole ledger sums to zero in each currency': `
    select currency, sum(balance_minor) as sum from transaction.accounts group by currency having sum(balance_minor) <> 0 limit 1`,
  'entries are numbered without gaps': `
    select account_no, number, expected from (
      select account_no, number, row_number() over (partition by account_no order by number) as expected from transaction.entries
    ) numbered where number <> expected order by account_no, number limit 1`,
  'each entry’s balance is the sum of the entries up to it': `
    select account_no, number, balance_minor, recomputed from (
      select account_no, number, balance_minor, sum(amount_minor) over (partition by account_no order by number) as recomputed
      from transaction.entries
    ) folded where balance_minor <> recomputed order by account_no, number limit 1`,
  'each account’s balance and position are those of its entries': `
    select a.id, a.balance_minor, coalesce(sum(e.amount_minor), 0) as recomputed, a.entry_count, count(e.number) as entries
    from transaction.accounts a left join transaction.entries e on e.account_no = a.no
    group by a.id having a.balance_minor <> coalesce(sum(e.amount_minor), 0) or a.entry_count <> count(e.number)
    order by a.id limit 1`,
  'each posting has its entry of its amount on its account, and one on the account it went to': `
    select p.id, p.amount_minor from transaction.postings p
    left join transaction.accounts a on a.id = p.account_id left join transaction.accounts t on t.id = p.to_account
    left join transaction.entries e on e.posting_id = p.id
    group by p.id, p.amount_minor, p.is_out, p.to_account, p.effective_at
    having count(*) filter (where e.account_no = a.no and e.amount_minor = case when p.is_out then -p.amount_minor else p.amount_minor end) <> 1
      or count(*) filter (where e.account_no = t.no) <> (p.to_account is not null)::int
      or count(e.number) < 2 or bool_or(e.effective_at <> p.effective_at)
    order by p.id limit 1`,
  'each entry has its posting': `
    select e.account_no, e.number, e.posting_id from transaction.entries e
    where not exists (select from transaction.postings p where p.id = e.posting_id) order by e.account_no, e.number limit 1`,
  'entries of an account were posted one after another': `
    select account_no, number, posted_at from (
      select e.account_no, e.number, p.posted_at, lag(p.posted_at) over (partition by e.account_no order by e.number) as before
      from transaction.entries e join transaction.postings p on p.id = e.posting_id
    ) sequence where posted_at <= before order by account_no, number limit 1`,
  'money left nobody’s account but the one who posted it': `
    select p.id, main.owner_id from transaction.postings p join transaction.accounts main on main.id = p.account_id
    join transaction.entries e on e.posting_id = p.id join transaction.accounts a on a.no = e.account_no
    where a.owner_id <> main.owner_id and (p.type not in ('transfer', 'reversal') or a.kind = 'system' or (e.amount_minor < 0) = p.is_out)
    order by p.id limit 1`,
}
