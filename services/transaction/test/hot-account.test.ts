// An account with many entries costs no more to read than one with few: counted in pages of the database, which no busy machine changes.
import { asPerson, connectDatabase, type Database, readSecret, type Tx } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { listDailyBalances, readEffectiveBalance } from '../src/store/balances.ts'
import { listExportedEntries, readExportTotals } from '../src/store/exports.ts'
import { type LedgerAccountRow, listOwnAccounts } from '../src/store/ledger.ts'
import { readReach, readStanding } from '../src/store/positions.ts'
import { listPostings } from '../src/store/postings.ts'
import { proveEntries } from '../src/store/seals.ts'
import { openRandomLedger, type RandomLedger, sealUntilDone } from './random-ledger.ts'

let database: TestDatabase
let service: Database
let ledger: RandomLedger
let newest: { statement: string; parameters: unknown[] }

/** Entries of the account: whoever read all of them would touch some 2,000 pages. */
const entries = 120_000
/** For an ordinary one, fifty rows of a list and what stands beside each are the most. */
const fewPages = 1_000

beforeAll(async () => {
  database = await createTestDatabase()
  const password = await readSecret(`${inject('cluster').secretsRoot}/transaction`, 'database-password')
  service = connectDatabase({
    url: database.url,
    role: 'fintwin_transaction',
    password,
    max: 1,
    onQuery: (statement, parameters) => {
      if (/\bentries\b|daily_totals/.test(statement)) newest = { statement, parameters }
    },
  })
  ledger = await openRandomLedger(service)
  await fill(ledger.accounts[0] as LedgerAccountRow, ledger.accounts[1] as LedgerAccountRow)
  await addSmallAccounts()
  await sealUntilDone(service, 100_000)
  await database.admin`analyze transaction.entries`
  await database.admin`analyze transaction.postings`
}, 120_000)
afterAll(async () => {
  await service.end()
  await database.drop()
})

/** Rows as posting would have written them, a millisecond apart. */
async function fill(from: LedgerAccountRow, to: LedgerAccountRow): Promise<void> {
  await database.admin.begin(async (tx) => {
    await tx`
      create temp table filled on commit drop as
      select n, uuidv7() as id, now() + n * interval '1 millisecond' as at from generate_series(1, ${entries}) n`
    await tx`
      insert into transaction.postings (id, account_id, to_account, amount_minor, posted_at, effective_at, type, is_out)
      select id, ${from.id}, ${to.id}, 1, at, at, 'transfer', true from filled order by n`
    await tx`
      insert into transaction.entries (posting_id, amount_minor, balance_minor, effective_at, account_no, number)
      select f.id, side.sign, a.balance_minor + side.sign * f.n, f.at, a.no, a.entry_count + f.n
      from filled f cross join (values (${from.no}::int, -1), (${to.no}::int, 1)) side (no, sign)
      join transaction.accounts a on a.no = side.no order by f.n`
    await tx`
      update transaction.accounts a set balance_minor = balance_minor + case when no = ${from.no} then -1 else 1 end * ${entries},
        entry_count = entry_count + ${entries}, last_posted_at = now() + ${entries} * interval '1 millisecond'
      where no in (${from.no}, ${to.no})`
  })
}

/** What the planner takes for the rule. */
async function addSmallAccounts(): Promise<void> {
  await database.admin`
    insert into transaction.entries (posting_id, amount_minor, balance_minor, effective_at, account_no, number)
    select p.id, side.sign, 0, now(), 1000000 + n % 20000, 1 + 2 * (n / 20000) + (side.sign > 0)::int
    from (select n, uuidv7() as id from generate_series(1, 60000) n) p cross join (values (-1), (1)) side (sign)`
}

type Reading = (tx: Tx, account: LedgerAccountRow, own: LedgerAccountRow[]) => Promise<unknown>

const readings: [string, Reading][] = [
  ['a balance at a position', (tx, account) => readStanding(tx, account, { position: entries / 2 })],
  [
    'a balance at an instant',
    (tx, account) => readStanding(tx, account, { instant: new Date(Date.now() + 50_000).toISOString() }),
  ],
  ['a balance by effective date', (tx, account) => readEffectiveBalance(tx, account.no, '2199-01-01')],
  ['the chart', (tx, account) => listDailyBalances(tx, account.no, '2000-01-01', '2199-01-01')],
  ['where a list begins', (tx, account) => readReach(tx, account, { position: entries / 2 })],
  ['a list', (tx, account, own) => listPostings(tx, { own, accounts: [account] }, { limit: 50, offset: 0 })],
  [
    'a list as of then',
    async (tx, account, own) => {
      const reach = await readReach(tx, account, { position: entries / 2 })
      return listPostings(tx, { own, accounts: [account] }, { limit: 50, offset: 0, reach })
    },
  ],
  [
    'a page of a statement',
    (tx, account) => {
      const scope = {
        accountNo: account.no,
        position: account.position,
        from: '2000-01-01',
        to: '2199-01-01',
      }
      return listExportedEntries(tx, scope, undefined, 50)
    },
  ],
  [
    'the sums of a statement of one old day',
    (tx, account) => readExportTotals(tx, { accountNo: account.no, from: '2001-01-01', to: '2001-01-01' }),
  ],
  ['the proof', (tx) => proveEntries(tx, ledger.ownerId)],
]

it.each(readings)('reads few pages for %s', async (_what, read) => {
  const pages = await asPerson(service, ledger.ownerId, async (tx) => {
    const own = await listOwnAccounts(tx, ledger.ownerId)
    const account = own.find(({ id }) => id === ledger.accounts[0]?.id) as LedgerAccountRow
    await read(tx, account, own)
    const { statement, parameters } = newest
    return Promise.all(['custom', 'generic'].map((plan) => countPages(tx, statement, parameters, plan)))
  })
  for (const count of pages) expect(count).toBeLessThan(fewPages)
})

/** Pages that a statement touches, with a plan for these very parameters or with the one for any. */
async function countPages(tx: Tx, statement: string, parameters: unknown[], plan: string): Promise<number> {
  const values = parameters.map((value) =>
    Array.isArray(value)
      ? `'{${value.join(',')}}'`
      : `'${typeof value === 'object' ? JSON.stringify(value) : value}'`,
  )
  await tx.unsafe(`set local plan_cache_mode = force_${plan}_plan`)
  await tx.unsafe(`prepare measured_${plan} as ${statement}`)
  const call = `execute measured_${plan}${values.length > 0 ? `(${values.join(', ')})` : ''}`
  const rows: { 'QUERY PLAN': { Plan: Record<string, number> }[] }[] = await tx.unsafe(
    `explain (analyze, buffers, format json) ${call}`,
  )
  await tx.unsafe(`deallocate measured_${plan}`)
  const root = rows[0]?.['QUERY PLAN'][0]?.Plan
  return (root?.['Shared Hit Blocks'] ?? Number.NaN) + (root?.['Shared Read Blocks'] ?? Number.NaN)
}
