// The worker as a process of its own, killed between occurrences and in the middle of one: nothing is posted twice, and nothing is lost.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { addDays } from '@fintwin/ledger-rules'
import { asPerson, type Database, isRefusal, newId } from '@fintwin/platform'
import { createTestDatabase, findFreePorts, type TestDatabase } from '@fintwin/testing'
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest'
import { createSchedule } from '../../src/plan-schedule.ts'
import { openAccount } from '../../src/store/ledger.ts'

const DAYS = 20
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const today = new Date().toISOString().slice(0, 10)

let database: TestDatabase
let service: Database
const running = new Set<ChildProcess>()

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_transaction')
})
afterEach(async () => {
  await Promise.all([...running].map(kill))
})
afterAll(() => database.drop())

/** The transaction service as it runs in production; it finds no account service, and needs none to post what is due. */
async function startReplica(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['services/transaction/src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      FINTWIN_SECRETS_ROOT: inject('cluster').secretsRoot,
      FINTWIN_SERVICE_PORT_BASE: String(await findFreePorts()),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** Somebody with a daily deposit of so much that began days ago and that nobody has posted yet. */
async function plan(amount: number): Promise<{ ownerId: string; id: string }> {
  const ownerId = newId()
  const schedule = await asPerson(service, ownerId, async (tx) => {
    await openAccount(tx, { ownerId, id: ownerId, type: 'savings', currency: 'INR' as never, floorMinor: 0n })
    const request = {
      type: 'deposit',
      amount,
      frequency: 'daily',
      interval: 1,
      business_days: 'none',
      start_on: addDays(today, 1),
      time_zone: 'UTC',
    } as const
    return createSchedule(tx, request, { ownerId, locale: 'en-IN', timeZone: 'UTC', now: new Date() })
  })
  if (isRefusal(schedule)) throw new Error(schedule.detail)
  await database.admin`
    update transaction.schedules set start_on = current_date - ${DAYS - 1}::int, open_from = current_date - ${DAYS - 1}::int,
      next_due_at = (current_date - ${DAYS - 1}::int)::timestamp at time zone 'UTC'
    where id = ${schedule.id}`
  return { ownerId, id: schedule.id }
}

async function countSettled(): Promise<number> {
  const [row] = await database.admin<
    { count: number }[]
  >`select count(*)::int as count from transaction.occurrences`
  return row?.count ?? 0
}

async function expectEachOnce(plans: { ownerId: string; id: string }[], amounts: number[]): Promise<void> {
  for (const [index, { ownerId, id }] of plans.entries()) {
    const rows = await database.admin<{ date: string; state: string }[]>`
      select date::text, state from transaction.occurrences where schedule_id = ${id} order by date`
    expect(rows).toEqual(
      Array.from({ length: DAYS }, (_, day) => ({ date: addDays(today, day - DAYS + 1), state: 'posted' })),
    )
    const [ledger] = await database.admin<{ balance: bigint; entries: bigint }[]>`
      select balance_minor as balance, entry_count as entries from transaction.accounts where id = ${ownerId}`
    expect(ledger).toEqual({ balance: BigInt(DAYS * (amounts[index] ?? 0) * 100), entries: BigInt(DAYS) })
  }
  const [orphans] = await database.admin<{ count: number }[]>`
    select count(*)::int as count from transaction.postings p
    where not exists (select from transaction.occurrences o where o.transaction_id = p.id)`
  expect(orphans?.count).toBe(0)
}

const nothingDue = () =>
  vi.waitFor(
    async () => {
      const [row] = await database.admin<{ due: number }[]>`
        select count(*)::int as due from transaction.schedules where state = 'active' and next_due_at <= now()`
      expect(row?.due).toBe(0)
    },
    { timeout: 60_000, interval: 50 },
  )

it('killed again and again, two replicas at once, each date is posted once', {
  timeout: 300_000,
}, async () => {
  const amounts = [1, 2, 3, 4]
  const plans = await Promise.all(amounts.map(plan))
  const replicas = [await startReplica(), await startReplica()]
  let kills = 0
  for (; kills < 6; kills += 1) {
    const killAt = Math.min((await countSettled()) + 1 + Math.floor(Math.random() * 10), DAYS * plans.length)
    await vi.waitFor(async () => expect(await countSettled()).toBeGreaterThanOrEqual(killAt), {
      timeout: 90_000,
      interval: 1,
    })
    await kill(replicas[kills % 2] as ChildProcess)
    replicas[kills % 2] = await startReplica()
    if ((await countSettled()) > DAYS * plans.length - 5) break
  }
  await nothingDue()
  expect(kills).toBeGreaterThanOrEqual(3)
  await expectEachOnce(plans, amounts)
})

it('killed while it posts, it has posted nothing, and the next one does', { timeout: 180_000 }, async () => {
  await database.admin`truncate transaction.schedules cascade`
  const { ownerId, id } = await plan(7)
  const replica = await startReplica()
  await database.admin.begin(async (tx) => {
    await tx`select from transaction.accounts where owner_id = ${ownerId} for update`
    await vi.waitFor(
      async () => {
        const waiting = await database.admin`
          select from pg_stat_activity where datname = current_database() and usename = 'fintwin_transaction' and wait_event_type = 'Lock'`
        expect(waiting).toHaveLength(1)
      },
      { timeout: 60_000, interval: 20 },
    )
    await kill(replica)
    expect(await countSettled()).toBe(0)
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await countSettled()).toBe(0)
  const [account] = await database.admin<{ entries: bigint }[]>`
    select entry_count as entries from transaction.accounts where id = ${ownerId}`
  expect(account?.entries).toBe(0n)
  await startReplica()
  await nothingDue()
  const rows = await database.admin`select from transaction.occurrences where schedule_id = ${id}`
  expect(rows).toHaveLength(DAYS)
})
