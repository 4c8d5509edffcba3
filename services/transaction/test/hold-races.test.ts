// What happens to a hold, and to the money beside it, when many reach for it at once.
import { buildAccountService } from '@fintwin/account'
import { asPerson, type Database, isRefusal, type Refusal } from '@fintwin/platform'
import { createTestDatabase, startTestServices, type TestDatabase, type TestServices } from '@fintwin/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildTransactionService } from '../src/service.ts'
import { captureHold, releaseHold } from '../src/settle-hold.ts'
import type { HoldRow } from '../src/store/holds.ts'
import { startSettlingHolds } from '../src/workers/settle-holds.ts'
import { openHold, openPerson, readAccount } from './ledger-people.ts'

const locale = 'en-IN'
const logger = { warn: () => {}, error: () => {} }
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

describe('on one hold', () => {
  let database: TestDatabase
  let pools: Database[]
  let service: Database
  let stops: (() => Promise<void>)[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    // Fifty connections: as many can be under way at once.
    pools = await Promise.all(Array.from({ length: 5 }, () => database.as('fintwin_transaction')))
    service = pools[0] as Database
  })
  afterAll(() => database.drop())
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
  })

  type Outcome = HoldRow | Refusal
  interface Raced {
    outcomes: Outcome[]
    state: string
    postings: number
  }

  /** How long after it was placed the hold is due, and when the others begin: long before that, just before it, after it. */
  const starts = [
    { dueMs: 5_000, startMs: 0 },
    { dueMs: 60, startMs: 45 },
    { dueMs: 60, startMs: 200 },
  ]

  /** Twenty-five captures and as many releases, by both sides, and the clock. */
  async function race(asha: string, bela: string, round: number, isDelayed: boolean): Promise<Raced> {
    const { dueMs, startMs } = starts[round % 3] as (typeof starts)[number]
    const beganMs = Date.now()
    const due = new Date(beganMs + dueMs)
    const time = isDelayed ? { captureAt: due } : { expiresAt: due }
    const holdId = await openHold(service, asha, { amountMinor: 100n, toAccount: bela, ...time })
    await pause(beganMs + startMs - Date.now())
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const callerId = isDelayed || index % 4 < 2 ? asha : bela
        await pause(Math.random() * 30)
        return asPerson(pools[index % 5] as Database, callerId, (tx) =>
          index % 2 === 0
            ? captureHold(tx, { holdId, callerId, locale }, undefined)
            : releaseHold(tx, { holdId, callerId, locale }),
        )
      }),
    )
    return vi.waitFor(async () => ({ outcomes, ...(await readSettled(holdId)) }), { timeout: 10_000 })
  }

  async function readSettled(holdId: string): Promise<Omit<Raced, 'outcomes'>> {
    const [row] = await database.admin<{ state: string; postings: number }[]>`
      select h.state, (select count(*)::int from transaction.postings p where p.hold_id = h.id) as postings
      from transaction.holds h where h.id = ${holdId} and h.state <> 'placed'`
    if (!row) throw new Error('The hold is still open.')
    return row
  }

  it.each([
    ['capture, release and expiry race on one hold: exactly one wins', false],
    ['sending now, undoing and the clock race on one delayed transfer: exactly one wins', true],
  ])('%s', { timeout: 180_000 }, async (_what, isDelayed) => {
    stops = pools
      .slice(0, 3)
      .map((pool) => startSettlingHolds({ database: pool, logger, locale, afterCommit: () => {}, pollMs: 8 }))
    const won = new Set<string>()
    for (let round = 0; round < 12; round += 1) {
      const asha = await openPerson(service, 500n)
      const bela = await openPerson(service)
      const { outcomes, state, postings } = await race(asha, bela, round, isDelayed)
      const winners = outcomes.filter((outcome): outcome is HoldRow => !isRefusal(outcome))
      const clockWon = state === 'expired' || (isDelayed && winners.length === 0)
      expect(winners.length, state).toBe(clockWon ? 0 : 1)
      expect(new Set(winners.map((winner) => winner.state))).toEqual(new Set(clockWon ? [] : [state]))
      for (const outcome of outcomes.filter(isRefusal)) expect(outcome.refused).toBe('hold_not_open')
      expect(postings).toBe(state === 'captured' ? 1 : 0)
      const paid = state === 'captured' ? 100n : 0n
      expect(await readAccount(database, asha)).toEqual({ balanceMinor: 500n - paid, heldMinor: 0n })
      expect(await readAccount(database, bela)).toEqual({ balanceMinor: paid, heldMinor: 0n })
      won.add(clockWon ? 'clock' : state)
    }
    expect(won.has('clock') && won.size > 1, [...won].join()).toBe(true)
  })
})

describe('on one account', () => {
  let services: TestServices
  beforeAll(async () => {
    services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
  })
  afterAll(() => services.stop())

  it('holds and withdrawals together never take more than there is', async () => {
    const { token, id } = await services.register()
    const post = (path: string, body?: unknown) => services.call('transaction', 'POST', path, { token, body })
    await post('/transactions', { type: 'deposit', amount: 100 })
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        if (index % 2 === 0) return post('/transactions', { type: 'withdrawal', amount: 3 })
        const placed = await post('/transactions/holds', { amount: 5 })
        if (placed.status === 201 && index % 4 === 1)
          await post(`/transactions/holds/${placed.body.id}/capture`, { amount: 4 })
        return placed
      }),
    )
    for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('insufficient_funds')
    const account = await readAccount(services.database, id)
    expect(account.balanceMinor - account.heldMinor).toBeGreaterThanOrEqual(0n)
    const [sums] = await services.database.admin<{ held: bigint; paid: bigint }[]>`
      select (select coalesce(sum(amount_minor), 0)::bigint from transaction.holds where owner_id = ${id} and state = 'placed') as held,
        (select sum(amount_minor)::bigint from transaction.postings where account_id = ${id} and is_out) as paid`
    expect(account).toEqual({ balanceMinor: 10_000n - (sums?.paid ?? 0n), heldMinor: sums?.held ?? -1n })
    // Nobody was refused while there was enough: less than the smallest amount is left.
    expect(account.balanceMinor - account.heldMinor).toBeLessThan(600n)
  })
})
