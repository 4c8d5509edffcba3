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
    await tx`set local statement_timeout = 0`
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
  'each posting sums to zero in each currency': `
    select posting_id, currency, sum(amount_minor) as sum from transaction.entries
    group by posting_id, currency having sum(amount_minor) <> 0 order by posting_id limit 1`,
  'the whole ledger sums to zero in each currency': `
    select currency, sum(balance_minor) as sum from transaction.accounts group by currency having sum(balance_minor) <> 0 limit 1`,
  'entries are numbered without gaps': `
    select account_id, number, expected from (
      select account_id, number, row_number() over (partition by account_id order by number) as expected from transaction.entries
    ) numbered where number <> expected order by account_id, number limit 1`,
  'each entry’s balance is the sum of the entries up to it': `
    select account_id, number, balance_minor, recomputed from (
      select account_id, number, balance_minor, sum(amount_minor) over (partition by account_id order by number) as recomputed
      from transaction.entries
    ) folded where balance_minor <> recomputed order by account_id, number limit 1`,
  'each account’s balance and position are those of its entries': `
    select a.id, a.balance_minor, coalesce(sum(e.amount_minor), 0) as recomputed, a.entry_count, count(e.number) as entries
    from transaction.accounts a left join transaction.entries e on e.account_id = a.id
    group by a.id having a.balance_minor <> coalesce(sum(e.amount_minor), 0) or a.entry_count <> count(e.number)
    order by a.id limit 1`,
  'each posting has its two entries, of its amount': `
    select p.id, p.amount_minor, count(e.number) as entries from transaction.postings p
    left join transaction.entries e on e.posting_id = p.id and abs(e.amount_minor) = p.amount_minor and e.currency = p.currency
    group by p.id having count(e.number) <> 2 order by p.id limit 1`,
  'each entry has its posting': `
    select e.account_id, e.number, e.posting_id from transaction.entries e
    where not exists (select from transaction.postings p where p.id = e.posting_id) order by e.account_id, e.number limit 1`,
  'entries belong to the owner and currency of their account': `
    select e.account_id, e.number from transaction.entries e join transaction.accounts a on a.id = e.account_id
    where e.owner_id <> a.owner_id or e.currency <> a.currency order by e.account_id, e.number limit 1`,
}
