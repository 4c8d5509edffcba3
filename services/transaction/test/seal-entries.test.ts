// Sealing beside posting: each entry once, in order, whoever seals and whenever it is killed. The audit is the judge.
import { asNobody, asPerson, connectDatabase, type Database, newId, readSecret } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { auditLedger } from '../../../apps/operator/src/audit-ledger.ts'
import { lockAccounts, post } from '../src/store/ledger.ts'
import { sealEntries } from '../src/store/seals.ts'
import { startSealingEntries } from '../src/workers/seal-entries.ts'
import { openRandomLedger, type RandomLedger, sealUntilDone } from './random-ledger.ts'

let database: TestDatabase
let service: Database
let auditor: Database
let ledger: RandomLedger

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_transaction')
  const password = await readSecret(`${inject('cluster').secretsRoot}/operator`, 'audit-password')
  auditor = connectDatabase({ url: database.url, role: 'fintwin_audit', password, max: 1 })
  ledger = await openRandomLedger(service)
})
afterAll(async () => {
  await auditor.end()
  await database.drop()
})

const seal = (pool = service) => asNobody(pool, (tx) => sealEntries(tx, 1_000))

/** A transfer between two of the accounts, as a service posts it. */
async function transfer(from = 0, to = 1): Promise<void> {
  const [source, target] = [ledger.accounts[from], ledger.accounts[to]]
  if (!source || !target) throw new Error('There are four accounts.')
  await asPerson(service, ledger.ownerId, async (tx) => {
    const { postedAfter } = await lockAccounts(tx, [source.id, target.id])
    const posting = {
      id: newId(),
      callerId: ledger.ownerId,
      type: 'transfer' as const,
      accountId: source.id,
      toAccountId: target.id,
      isOut: true,
      amountMinor: 1n,
      legs: [
        { accountNo: source.no, amountMinor: -1n },
        { accountNo: target.no, amountMinor: 1n },
      ],
      isFact: true,
      isQuiet: true,
    }
    await post(tx, [posting], postedAfter)
  })
}

async function expectClean(): Promise<void> {
  const report = await auditLedger(auditor)
  expect(report.findings).toEqual([])
  expect(report.seals.waiting).toBe(0n)
  expect(report.seals.sealed).toBe(report.entries)
}

const countRounds = async (): Promise<number> => (await auditLedger(auditor)).seals.rounds

it('seals every entry once while others are posted', async () => {
  let isPosting = true
  const posting = Promise.all(
    [0, 1, 2].map(async (from) => {
      for (let count = 0; count < 40; count += 1) await transfer(from, 3 - from === from ? 0 : 3 - from)
    }),
  ).finally(() => {
    isPosting = false
  })
  while (isPosting) await seal()
  await posting
  await sealUntilDone(service, 7)
  await expectClean()
  expect(await countRounds()).toBeGreaterThan(3)
}, 60_000)

it('keeps no posting waiting, and lets one seal at a time', async () => {
  await transfer()
  const other = await database.as('fintwin_transaction', { max: 1 })
  await asNobody(other, async (tx) => {
    expect(await sealEntries(tx, 1_000)).toMatchObject({ sealed: 2n, waiting: 0n, broken: 0n })
    await transfer()
    expect(await seal()).toBeUndefined()
  })
  expect(await seal()).toMatchObject({ sealed: 2n, waiting: 0n })
  await expectClean()
})

it('lets many seal at once: they take turns', async () => {
  const pools = await Promise.all(
    Array.from({ length: 4 }, () => database.as('fintwin_transaction', { max: 1 })),
  )
  for (let count = 0; count < 15; count += 1)
    await Promise.all([transfer(), ...pools.map((pool) => seal(pool))])
  await sealUntilDone(service, 1_000)
  await expectClean()
})

it('loses and doubles nothing when it is killed in the middle of a round', async () => {
  await transfer()
  const before = await countRounds()
  const doomed = await database.as('fintwin_transaction', { max: 1 })
  const round = asNobody(doomed, async (tx) => {
    await sealEntries(tx, 1_000)
    const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
    await database.admin`select pg_terminate_backend(${pid})`
    await tx`select 1`
  })
  await expect(round).rejects.toThrow()
  expect(await countRounds()).toBe(before)
  expect(await seal()).toMatchObject({ sealed: 2n })
  await expectClean()
})

it('goes on by itself after its connections were killed, again and again', async () => {
  const pool = await database.as('fintwin_transaction', { max: 2 })
  const stop = startSealingEntries({
    database: pool,
    logger: { warn: () => {}, error: () => {} },
    everyMs: 2,
  })
  for (let count = 0; count < 30; count += 1) {
    await transfer(count % 4, (count + 1) % 4)
    await database.admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like '%seal(%' and pid <> pg_backend_pid()`
  }
  const waiting = async () => (await auditLedger(auditor)).seals.waiting
  await expect.poll(waiting, { timeout: 15_000 }).toBe(0n)
  await stop()
  await expectClean()
}, 60_000)

it('seals an account up to an entry that is missing, says so, and goes on with the others', async () => {
  for (let count = 0; count < 3; count += 1) await transfer(0, 1)
  const no = ledger.accounts[1]?.no ?? 0
  const behindTheTriggers = (statements: string) =>
    database.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx.unsafe(statements).simple()
    })
  await behindTheTriggers(`
    create table public.missing as select * from transaction.entries
    where account_no = ${no} and number = (select entry_count - 1 from transaction.accounts where no = ${no});
    delete from transaction.entries e using public.missing m where e.account_no = m.account_no and e.number = m.number`)
  expect(await seal()).toMatchObject({ sealed: 4n, waiting: 2n, broken: 1n })
  expect(await seal()).toMatchObject({ sealed: 0n, waiting: 2n, broken: 1n })
  await transfer(2, 3)
  expect(await seal()).toMatchObject({ sealed: 2n, waiting: 2n, broken: 1n })
  const { findings } = await auditLedger(auditor)
  expect(findings.map(({ check }) => check)).toContain('entries are numbered without gaps')
  expect(findings.map(({ check }) => check)).not.toContain('each sealed entry is as it was sealed')
  await behindTheTriggers('insert into transaction.entries table public.missing')
  await sealUntilDone(service, 1_000)
  await expectClean()
})
