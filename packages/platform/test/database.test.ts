// What a pool does when the server hangs up: whatever was under way fails, and the next statement finds a new connection at once.
import { asNobody, type Database } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

let database: TestDatabase
let pool: Database

beforeAll(async () => {
  database = await createTestDatabase()
  pool = await database.as('fintwin_transaction', { max: 1 })
})
afterAll(() => database.drop())

/** Ends the connection whose transaction waits, as an administrator or a crash of its process does. */
async function hangUp(): Promise<void> {
  const hung = async (): Promise<void> => {
    const ended = await database.admin`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and application_name = 'fintwin_transaction' and state <> 'idle'`
    expect(ended.count).toBe(1)
  }
  await vi.waitFor(hung, { timeout: 10_000 })
}

async function expectToWork(): Promise<void> {
  const begun = performance.now()
  const [row] = await pool<{ sum: number }[]>`select ${2}::int + 3 as sum`
  expect(row?.sum).toBe(5)
  expect(performance.now() - begun).toBeLessThan(3_000)
}

it('works again at once after its only connection was lost in the middle of a transaction, again and again', async () => {
  for (let round = 0; round < 5; round += 1) {
    const lost = asNobody(pool, (tx) => tx`select pg_sleep(20)`).catch(
      (error: { code: string }) => error.code,
    )
    await hangUp()
    expect(await lost).toBe('CONNECTION_CLOSED')
    await expectToWork()
  }
})

it('refuses what a transaction goes on to ask after its connection was lost, and keeps its place in the pool', async () => {
  for (let round = 0; round < 3; round += 1) {
    const codes: string[] = []
    const lost = asNobody(pool, async (tx) => {
      await tx`select 1`
      await hangUp()
      for (const ask of [() => tx`select ${1}::int`, () => tx`select 2`])
        await ask().catch((error: { code: string }) => codes.push(error.code))
      throw new Error('The story ends.')
    })
    await expect(lost).rejects.toThrow()
    await vi.waitFor(() => expect(codes).toEqual(['CONNECTION_CLOSED', 'CONNECTION_CLOSED']))
    await expectToWork()
  }
})
