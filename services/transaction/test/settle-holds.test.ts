// The worker that settles holds at their time: once, however many run, and however often they are killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Database } from '@fintwin/platform'
import { createTestDatabase, findFreePorts, type TestDatabase } from '@fintwin/testing'
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest'
import { startSettlingHolds } from '../src/workers/settle-holds.ts'
import { openHold, openHolds, openPerson, readAccount } from './ledger-people.ts'

const silent = { warn: () => {}, error: () => {} }

let database: TestDatabase
let service: Database
let asha: string
let bela: string

beforeEach(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_transaction')
  asha = await openPerson(service, 1_000_000n)
  bela = await openPerson(service)
})

/** Half of them transfers that go, half of them holds that expire. */
async function openDueHolds(count: number, dueAt: Date): Promise<void> {
  const times = [{ captureAt: dueAt }, { expiresAt: dueAt }]
  const holds = Array.from({ length: count }, (_, index) => ({
    amountMinor: 10n,
    toAccount: bela,
    ...times[index % 2],
  }))
  await openHolds(service, asha, holds)
}

async function countSettled(): Promise<number> {
  const [row] = await database.admin<{ count: number }[]>`
    select count(*)::int as count from transaction.holds where state <> 'placed'`
  return row?.count ?? 0
}

async function expectSettledOnce(count: number): Promise<void> {
  const each = count / 2
  const states = await database.admin<{ state: string; holds: number; postings: number }[]>`
    select h.state, count(distinct h.id)::int as holds, count(p.id)::int as postings
    from transaction.holds h left join transaction.postings p on p.hold_id = h.id group by h.state order by h.state`
  expect(states).toEqual([
    { state: 'captured', holds: each, postings: each },
    { state: 'expired', holds: each, postings: 0 },
  ])
  const told = await database.admin<{ type: string; count: number }[]>`
    select type, count(*)::int as count from events.outbox where owner_id = ${asha} and type <> 'hold.placed' group by type order by type`
  expect(told).toEqual([
    { type: 'hold.released', count: each },
    { type: 'transaction.posted', count: each },
  ])
  const paidMinor = BigInt(each) * 10n
  expect(await readAccount(database, asha)).toEqual({ balanceMinor: 1_000_000n - paidMinor, heldMinor: 0n })
  expect(await readAccount(database, bela)).toEqual({ balanceMinor: paidMinor, heldMinor: 0n })
}

it('settles each hold once when two work at once', { timeout: 60_000 }, async () => {
  await openDueHolds(200, new Date(Date.now() + 100))
  const options = { logger: silent, locale: 'en-IN', afterCommit: () => {}, pollMs: 10 }
  const stops = [service, await database.as('fintwin_transaction')].map((pool) =>
    startSettlingHolds({ database: pool, ...options }),
  )
  await vi.waitFor(async () => expect(await countSettled()).toBe(200), { timeout: 50_000, interval: 50 })
  for (const stop of stops) await stop()
  await expectSettledOnce(200)
})

it('leaves what is not due alone, and goes on after what it cannot settle', async () => {
  const soon = await openHold(service, asha, { amountMinor: 1n, expiresAt: new Date(Date.now() + 50) })
  const later = await openHold(service, asha, {
    amountMinor: 2n,
    expiresAt: new Date(Date.now() + 3_600_000),
  })
  const broken = await openHold(service, asha, { amountMinor: 4n, captureAt: new Date(Date.now() + 10) })
  // What no hold can have: more than its account has set aside.
  await database.admin`alter table transaction.holds disable trigger all`
  await database.admin`update transaction.holds set amount_minor = 999999999999999 where id = ${broken}`
  await database.admin`alter table transaction.holds enable trigger all`
  const errors: unknown[] = []
  const logger = { ...silent, error: (...told: unknown[]) => errors.push(told) }
  const stop = startSettlingHolds({
    database: service,
    logger,
    locale: 'en-IN',
    afterCommit: () => {},
    pollMs: 10,
  })
  await vi.waitFor(async () => expect(await countSettled()).toBe(1), { timeout: 5_000, interval: 20 })
  await new Promise((resolve) => setTimeout(resolve, 200))
  await stop()
  const states = await database.admin<
    { id: string; state: string }[]
  >`select id, state from transaction.holds`
  expect(Object.fromEntries(states.map(({ id, state }) => [id, state]))).toEqual({
    [soon]: 'expired',
    [later]: 'placed',
    [broken]: 'placed',
  })
  expect(errors).toHaveLength(1)
})

it('is killed again and again, and still settles each hold once', { timeout: 300_000 }, async () => {
  const count = 160
  await openDueHolds(count, new Date(Date.now() - 1))
  let kills = 0
  for (let settled = 0; settled < count; settled = await countSettled()) {
    const worker = await startWorker()
    const enough = Math.min(count, settled + 40)
    while ((await countSettled()) < enough && worker.isRunning()) await pause(3)
    expect(worker.isRunning(), worker.output()).toBe(true)
    if ((await countSettled()) < count) kills += 1
    await worker.kill()
  }
  expect(kills).toBeGreaterThanOrEqual(2)
  await expectSettledOnce(count)
})

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Worker {
  isRunning(): boolean
  output(): string
  kill(): Promise<void>
}

const workers: Worker[] = []
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.kill()
  await database.drop()
})

/** The service as a process of its own. */
async function startWorker(): Promise<Worker> {
  const base = await findFreePorts()
  const child = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      REDIS_URL: '',
      FINTWIN_SECRETS_ROOT: inject('cluster').secretsRoot,
      FINTWIN_SERVICE_PORT_BASE: String(base),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const worker = {
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
  workers.push(worker)
  return worker
}
