// The audit: silent over a ledger that is right, and naming the first row of one that is not. Fault 14, row by row.
import { buildAccountService } from '@fintwin/account'
import { connectDatabase, type Database, readSecret } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type AuditReport, auditLedger } from '../src/audit-ledger.ts'

let services: TestServices
let auditor: Database
let asha: TestPerson
let bela: TestPerson

beforeAll(async () => {
  services = await startTestServices(
    { account: buildAccountService, transaction: buildTransactionService },
    // Rounds are sealed here when a test says so.
    { SEAL_EVERY: '1h' },
  )
  const password = await readSecret(`${inject('cluster').secretsRoot}/operator`, 'audit-password')
  auditor = connectDatabase({ url: services.database.url, role: 'fintwin_audit', password, max: 1 })
  asha = await services.register()
  bela = await services.register('Bela')
  const post = async (body: unknown) => {
    const answer = await services.call('transaction', 'POST', '/transactions', { token: asha.token, body })
    expect(answer.status).toBe(201)
  }
  await post({ type: 'deposit', amount: 500, note: 'Salary', effective_at: '2025-11-05T10:00:00Z' })
  await post({ type: 'withdrawal', amount: 120.5, counterparty: 'Landlord', category: 'Rent' })
  await seal()
  await post({ type: 'transfer', amount: 10, to_account: bela.id, metadata: { invoice: 7 } })
  await post({ type: 'withdrawal', amount: 1, note: 'Tea' })
  await seal()
  const deposits = Array.from({ length: 260 }, () => ({ type: 'deposit', amount: 1 }))
  await services.call('transaction', 'POST', '/transactions/batch', {
    token: bela.token,
    body: { mode: 'atomic', transactions: deposits },
  })
  await seal()
  await post({ type: 'withdrawal', amount: 2, note: 'Not sealed yet' })
  await keepTables()
}, 60_000)
afterAll(async () => {
  await auditor.end()
  await services.stop()
})

const seal = () => services.database.admin`select transaction.seal(100000)`

const tables = [
  'accounts',
  'postings',
  'entries',
  'seal_rounds',
  'folds',
  'checkpoints',
  'daily_totals',
  'floors',
]

/** Tampers as only a superuser can who takes the triggers away. */
async function tamper(statements: string): Promise<void> {
  await services.database.admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx.unsafe(statements).simple()
  })
}

async function keepTables(): Promise<void> {
  for (const table of tables)
    await services.database.admin.unsafe(`create table public.kept_${table} as table transaction.${table}`)
}

async function restoreTables(): Promise<void> {
  await tamper(
    tables
      .map(
        (table) =>
          `delete from transaction.${table}; insert into transaction.${table} overriding system value table public.kept_${table}`,
      )
      .join(';'),
  )
}

const account = (person: TestPerson): string =>
  `(select no from transaction.accounts where id = '${person.id}')`
const posting = (person: TestPerson, number: number): string =>
  `(select posting_id from transaction.entries where account_no = ${account(person)} and number = ${number})`

async function afterTampering(statements: string): Promise<AuditReport> {
  await tamper(statements)
  try {
    return await auditLedger(auditor)
  } finally {
    await restoreTables()
  }
}

/** The first row that a check found, by the check's name. */
const rowOf = ({ findings }: AuditReport, check: string) =>
  findings.find((finding) => finding.check === check)?.row
const namesOf = ({ findings }: AuditReport): string[] => findings.map(({ check }) => check)

const altered = 'each sealed entry is as it was sealed'

describe('auditLedger', () => {
  it('finds nothing in a ledger that is right, and says what it looked at', async () => {
    const report = await auditLedger(auditor)
    expect(report.findings).toEqual([])
    expect(report.checks.length).toBeGreaterThan(18)
    expect(report).toMatchObject({ entries: 530n, seals: { rounds: 3, sealed: 528n, waiting: 2n } })
    expect(report.seals.head?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    [
      'an amount',
      'amount_minor = amount_minor # 1',
      2,
      'each entry’s balance is the sum of the entries up to it',
    ],
    [
      'a balance',
      'balance_minor = balance_minor # 1',
      3,
      'each entry’s balance is the sum of the entries up to it',
    ],
    ['an account', 'account_no = 9999', 1, 'each entry is of an account that there is'],
    ['a posting', 'posting_id = uuidv7()', 1, 'each entry has its posting'],
  ])('names the entry when somebody changed %s', async (_what, change, number, check) => {
    const where = `account_no = ${account(asha)} and number = ${number}`
    const report = await afterTampering(`update transaction.entries set ${change} where ${where}`)
    expect(rowOf(report, check)).toMatchObject({ number })
    expect((await auditLedger(auditor)).findings).toEqual([])
  })

  it('names the gap that a deleted entry leaves, sealed or not', async () => {
    const sealed = await afterTampering(
      `delete from transaction.entries where account_no = ${account(asha)} and number = 2`,
    )
    expect(rowOf(sealed, 'entries are numbered without gaps')).toMatchObject({ number: 3, expected: 2 })
    expect(rowOf(sealed, altered)).toMatchObject({ account_id: asha.id, number: 2, is_missing: true })
  })

  it('may read and nothing else', async () => {
    for (const statement of [
      'update transaction.accounts set balance_minor = 0',
      'delete from transaction.seal_rounds',
      'select transaction.seal(1)',
      'select * from account.people',
    ])
      await expect(auditor.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('what was sealed', () => {
  const flipText = (column: string): string =>
    `${column} = overlay(${column} placing chr(ascii(substring(${column} from 2 for 1)) # 1) from 2 for 1)`

  it.each<[string, string, number]>([
    ['a note', flipText('note'), 1],
    ['a counterparty', flipText('counterparty'), 2],
    ['a category', flipText('category'), 2],
    ['metadata', `metadata = '{"invoice": 8}'`, 3],
    ['the date it happened', `effective_at = effective_at + interval '1 microsecond'`, 1],
    ['the instant it was posted', `posted_at = posted_at - interval '1 microsecond'`, 2],
    ['the kind', `type = 'deposit'`, 4],
    ['a text that was not there', `external_id = 'x'`, 4],
  ])('cannot change in %s, unnoticed', async (_what, change, number) => {
    const report = await afterTampering(
      `update transaction.postings set ${change} where id = ${posting(asha, number)}`,
    )
    const row = rowOf(report, altered)
    expect(row).toMatchObject({ account_id: asha.id, number, round: number < 3 ? 1 : 2, is_missing: false })
    expect(row?.posting_id).toBeTypeOf('string')
    expect((await auditLedger(auditor)).findings).toEqual([])
  })

  it('cannot change in a posting id, everywhere at once', async () => {
    const id = posting(asha, 2)
    const report = await afterTampering(`
      create temp table swapped on commit drop as select ${id} as old, uuidv7() as new;
      update transaction.postings set id = (select new from swapped) where id = (select old from swapped);
      update transaction.entries set posting_id = (select new from swapped) where posting_id = (select old from swapped)`)
    expect(rowOf(report, altered)).toMatchObject({ account_id: asha.id, number: 2 })
    expect(namesOf(report)).toEqual([altered, altered])
  })

  it('cannot change so that every sum still agrees', async () => {
    const report = await afterTampering(`
      update transaction.postings set amount_minor = amount_minor - 100 where id = ${posting(asha, 2)};
      update transaction.entries set amount_minor = amount_minor - 100 * sign(amount_minor)::int where posting_id = ${posting(asha, 2)};
      update transaction.entries e set balance_minor = recomputed from (
        select account_no, number, sum(amount_minor) over (partition by account_no order by number) as recomputed from transaction.entries
      ) r where r.account_no = e.account_no and r.number = e.number;
      update transaction.accounts a set balance_minor = coalesce((select sum(amount_minor) from transaction.entries where account_no = a.no), 0);
      delete from transaction.daily_totals;
      insert into transaction.daily_totals (amount_minor, account_no, day)
      select sum(amount_minor), account_no, (effective_at at time zone 'UTC')::date from transaction.entries e
      where number <= (select number from transaction.folds f where f.account_no = e.account_no) group by 2, 3`)
    expect(new Set(namesOf(report))).toEqual(new Set([altered]))
    expect(rowOf(report, altered)).toMatchObject({ account_id: asha.id, number: 2 })
  })

  it('cannot lose its end, with everything else set back', async () => {
    const last = `account_no = ${account(bela)} and number > 250`
    const report = await afterTampering(`
      create temp table lost on commit drop as select posting_id from transaction.entries where ${last};
      delete from transaction.entries where posting_id in (select posting_id from lost);
      delete from transaction.postings where id in (select posting_id from lost);
      update transaction.accounts a set entry_count = coalesce(e.count, 0), balance_minor = coalesce(e.sum, 0), last_posted_at = coalesce(e.last, '-infinity')
      from transaction.accounts b left join (
        select account_no, count(*), sum(e.amount_minor), max(p.posted_at) as last
        from transaction.entries e join transaction.postings p on p.id = e.posting_id group by 1
      ) e on e.account_no = b.no where a.no = b.no;`)
    expect(rowOf(report, altered)).toMatchObject({ account_id: bela.id, number: 251, is_missing: true })
  })

  it('cannot become somebody else’s', async () => {
    const report = await afterTampering(
      `update transaction.accounts set owner_id = '${bela.id}' where id = '${asha.id}'`,
    )
    expect(rowOf(report, altered)).toMatchObject({ account_id: asha.id, number: 1 })
  })
})

describe('the seals', () => {
  const flip = (column: string): string => `${column} = set_byte(${column}, 2, get_byte(${column}, 2) # 16)`

  it('names the account whose seal is not that of its entries', async () => {
    const report = await afterTampering(
      `update transaction.folds set ${flip('link')} where account_no = ${account(asha)}`,
    )
    expect(namesOf(report)).toEqual(['each account’s seal is the chain of its entries'])
    expect(report.findings[0]?.row).toMatchObject({ account_id: asha.id, number: 4 })
  })

  it.each([
    ['its hash', flip('hash'), undefined],
    ['a mark', flip('marks'), 1],
    ['its time', `sealed_at = sealed_at + interval '1 second'`, undefined],
    ['an account', `account_nos[1] = account_nos[1] + 1`, undefined],
  ])('names the round when somebody changed %s', async (_what, change, number) => {
    const report = await afterTampering(`update transaction.seal_rounds set ${change} where round = 2`)
    expect(rowOf(report, 'each round is as it was sealed')).toMatchObject({ round: 2 })
    if (number) {
      const { first_mark_to_differ: mark } = rowOf(report, 'each round is as it was sealed') ?? {}
      expect(mark).toMatchObject({ round: 2 })
      expect(namesOf(report)).toEqual(['each round is as it was sealed'])
    }
  })

  it.each([
    ['the first', 1],
    ['one in the middle', 2],
    ['the last', 3],
  ])('misses a deleted round: %s', async (_which, round) => {
    const report = await afterTampering(`delete from transaction.seal_rounds where round = ${round}`)
    expect(report.findings.length).toBeGreaterThan(0)
  })

  it('names a checkpoint, a daily total and a floor that are not what they were', async () => {
    const checkpoint = await afterTampering(`update transaction.checkpoints set ${flip('link')}`)
    expect(namesOf(checkpoint)).toEqual(['each checkpoint is the chain of its entries'])
    expect(checkpoint.findings[0]?.row).toMatchObject({ number: 256 })
    const total = await afterTampering(
      `update transaction.daily_totals set amount_minor = amount_minor + 1 where account_no = ${account(asha)} and day = '2025-11-05'`,
    )
    expect(total.findings).toMatchObject([
      {
        check: 'each daily total is the sum of the day’s sealed entries',
        row: { account_id: asha.id, day: '2025-11-05' },
      },
    ])
    const floor = await afterTampering(
      `update transaction.floors set floor_minor = 37900 where account_no = ${account(asha)}`,
    )
    expect(namesOf(floor)).toEqual([
      'no payment left less than the floor that was in force',
      'each account’s floor is the one that was set last',
    ])
    expect(floor.findings[0]?.row).toMatchObject({ account_id: asha.id, number: 3 })
  })

  it('names the round even when somebody sealed the altered ledger anew, if its head was noted', async () => {
    const { seals } = await auditLedger(auditor)
    const noted = seals.head?.hash as string
    expect((await auditLedger(auditor, noted)).findings).toEqual([])
    await tamper(`
      update transaction.postings set note = 'Bonus' where id = ${posting(asha, 1)};
      delete from transaction.seal_rounds; delete from transaction.folds; delete from transaction.checkpoints; delete from transaction.daily_totals`)
    await seal()
    expect((await auditLedger(auditor)).findings).toEqual([])
    expect((await auditLedger(auditor, noted)).findings).toEqual([
      { check: 'the head that was noted is in the chain', row: { head: noted } },
    ])
    await restoreTables()
  })
})
