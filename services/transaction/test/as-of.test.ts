// Fault 16: however wrong clocks are and however far back things happened, a balance as of then is the fold of the entries.
import { asPerson, type Database } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDailyBalances, readEffectiveBalance } from '../src/store/balances.ts'
import { type LedgerAccountRow, listOwnAccounts } from '../src/store/ledger.ts'
import { readReach, readStanding } from '../src/store/positions.ts'
import { listPostings } from '../src/store/postings.ts'
import { proveEntries } from '../src/store/seals.ts'
import {
  type KnownEntry,
  openRandomLedger,
  operations,
  type RandomLedger,
  sealUntilDone,
  sumOf,
  writeInstant,
} from './random-ledger.ts'

let database: TestDatabase
let service: Database

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_transaction')
})
afterAll(() => database.drop())

const dayOf = (us: bigint): string => writeInstant(us).slice(0, 10)

/** Each account as it is now, with what the test knows of it. */
async function forEachAccount(
  ledger: RandomLedger,
  check: (
    tx: Parameters<typeof listOwnAccounts>[0],
    account: LedgerAccountRow,
    known: KnownEntry[],
  ) => Promise<void>,
): Promise<void> {
  await asPerson(service, ledger.ownerId, async (tx) => {
    for (const account of await listOwnAccounts(tx, ledger.ownerId)) {
      const known = ledger.known.get(account.id)
      if (known) await check(tx, account, known)
    }
  })
}

/** A few of the entries, the first and the last among them. */
const sample = (known: KnownEntry[]): number[] =>
  [...new Set([0, 1, Math.floor(known.length / 3), 255, 256, known.length - 2, known.length - 1])].filter(
    (index) => index >= 0 && index < known.length,
  )

async function expectStandings(ledger: RandomLedger): Promise<void> {
  await forEachAccount(ledger, async (tx, account, known) => {
    expect(await readStanding(tx, account, { instant: '1900-01-01T00:00:00Z' })).toEqual({
      position: 0,
      balanceMinor: 0n,
    })
    expect(await readStanding(tx, account, { instant: '9999-12-31T00:00:00Z' })).toEqual({
      position: known.length,
      balanceMinor: sumOf(known),
    })
    for (const index of sample(known)) {
      const { postedUs } = known[index] as KnownEntry
      const expected = { position: index + 1, balanceMinor: sumOf(known.slice(0, index + 1)) }
      expect(await readStanding(tx, account, { position: index + 1 })).toEqual(expected)
      expect(await readStanding(tx, account, { instant: writeInstant(postedUs) })).toEqual(expected)
      const before = known.filter((entry) => entry.postedUs <= postedUs - 1n)
      expect(await readStanding(tx, account, { instant: writeInstant(postedUs - 1n) })).toEqual({
        position: before.length,
        balanceMinor: sumOf(before),
      })
    }
  })
}

async function expectEffectiveBalances(ledger: RandomLedger): Promise<void> {
  await forEachAccount(ledger, async (tx, account, known) => {
    const days = [...new Set(known.map(({ effectiveUs }) => dayOf(effectiveUs)))].toSorted()
    const balanceOn = (day: string): bigint =>
      sumOf(known.filter(({ effectiveUs }) => dayOf(effectiveUs) <= day))
    for (const day of [days[0], days[Math.floor(days.length / 2)], days.at(-1), '2001-01-01', '2199-01-01'])
      if (day) expect(await readEffectiveBalance(tx, account.no, day)).toBe(balanceOn(day))
    const [from, to] = [days[1] ?? '2020-01-01', days.at(-2) ?? '2030-01-01']
    const points = await listDailyBalances(tx, account.no, from, to)
    const [first, ...moved] = points
    expect(first?.balanceMinor).toBe(sumOf(known.filter(({ effectiveUs }) => dayOf(effectiveUs) < from)))
    expect(moved).toEqual(
      days
        .filter((day) => day >= from && day <= to)
        .map((day) => ({ date: day, balanceMinor: balanceOn(day) })),
    )
  })
}

async function expectLists(ledger: RandomLedger): Promise<void> {
  await forEachAccount(ledger, async (tx, account, known) => {
    for (const index of sample(known)) {
      const reach = await readReach(tx, account, { position: index + 1 })
      const shown = { own: [account], accounts: [account] }
      const rows = await listPostings(tx, shown, { reach, limit: 500, offset: 0 })
      const there = known
        .slice(0, index + 1)
        .toSorted((a, b) => Number(b.effectiveUs - a.effectiveUs) || (a.postingId < b.postingId ? 1 : -1))
      expect(rows.map(({ id }) => id)).toEqual(there.slice(0, 500).map(({ postingId }) => postingId))
    }
    const none = await readReach(tx, account, { position: 0 })
    expect(
      await listPostings(tx, { own: [account], accounts: [account] }, { reach: none, limit: 5, offset: 0 }),
    ).toEqual([])
  })
}

it('is the fold of the entries, by instant, position and effective date, sealed or not', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (played) => {
      const ledger = await openRandomLedger(service)
      for (const operation of played) await ledger.play(operation)
      await expectStandings(ledger)
      await expectEffectiveBalances(ledger)
      await expectLists(ledger)
      await sealUntilDone(service, 100_000)
      await expectEffectiveBalances(ledger)
    }),
    { numRuns: 12 },
  )
}, 240_000)

it('shows nothing of an account to anybody else, who knows its number', async () => {
  const [ashas, belas] = [await openRandomLedger(service), await openRandomLedger(service)]
  const operation = {
    kind: 'post',
    source: 0,
    target: 0,
    amountMinor: 5n,
    count: 300,
    skewMs: 0,
    backMs: 0,
  } as const
  await ashas.play(operation)
  await sealUntilDone(service, 100_000)
  const [account] = ashas.accounts as [LedgerAccountRow]
  const stolen = { ...account, position: 300n }
  await asPerson(service, belas.ownerId, async (tx) => {
    expect(await readEffectiveBalance(tx, account.no, '2199-01-01')).toBe(0n)
    expect(await listDailyBalances(tx, account.no, '2000-01-01', '2199-01-01')).toHaveLength(1)
    expect(await readStanding(tx, stolen, { position: 300 })).toEqual({ position: 300, balanceMinor: 0n })
    await expect(readStanding(tx, stolen, { instant: '2199-01-01T00:00:00Z' })).rejects.toThrow('missing')
    const proof = await proveEntries(tx, ashas.ownerId)
    expect(proof.position).toEqual({})
    for (const table of ['folds', 'checkpoints', 'daily_totals'])
      expect(await tx`select from ${tx(table)} where account_no = ${account.no}`).toHaveLength(0)
  })
  await expect(asPerson(service, belas.ownerId, (tx) => tx`select from seal_rounds`)).rejects.toMatchObject({
    code: '42501',
  })
  await expect(asPerson(service, belas.ownerId, (tx) => tx`select from floors`)).rejects.toMatchObject({
    code: '42501',
  })
})

it('proves a pinned position with the same hash, however much is posted and sealed later', async () => {
  await fc.assert(
    fc.asyncProperty(operations, operations, async (first, later) => {
      const ledger = await openRandomLedger(service)
      for (const operation of first) await ledger.play(operation)
      const prove = (at?: Record<string, number>) =>
        asPerson(service, ledger.ownerId, (tx) => proveEntries(tx, ledger.ownerId, at))
      const pinned = await prove()
      for (const operation of later) await ledger.play(operation)
      const again = await prove(pinned.position)
      expect(again).toMatchObject({ position: pinned.position, entriesHash: pinned.entriesHash })
      await sealUntilDone(service, 100_000)
      expect((await prove(pinned.position)).entriesHash).toBe(pinned.entriesHash)
      const all = await prove()
      expect(all.sealed).toEqual(all.position)
      const isMoved = later.some(({ kind }) => kind === 'post')
      expect(all.entriesHash === pinned.entriesHash).toBe(!isMoved)
    }),
    { numRuns: 12 },
  )
}, 240_000)
