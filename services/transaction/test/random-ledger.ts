// A ledger of random postings on real tables, and beside it what the test itself knows of them: the naive fold that every answer is held against.
import { asNobody, asPerson, type Database, newId } from '@fintwin/platform'
import fc from 'fast-check'
import { type LedgerAccountRow, listOwnAccounts, openAccount, post } from '../src/store/ledger.ts'
import { sealEntries } from '../src/store/seals.ts'

/** An entry as the test knows it, in the order of its account's numbers. */
export interface KnownEntry {
  postingId: string
  amountMinor: bigint
  /** Microseconds since 1970. */
  postedUs: bigint
  effectiveUs: bigint
}

export interface RandomLedger {
  ownerId: string
  accounts: LedgerAccountRow[]
  /** By account id. */
  known: Map<string, KnownEntry[]>
  play(operation: Operation): Promise<void>
}

export type Operation =
  | {
      kind: 'post'
      source: number
      target: number
      amountMinor: bigint
      /** Postings in one call. */
      count: number
      /** How wrong the clock is, in either direction. */
      skewMs: number
      /** How long before it is posted it happened; negative for what a bank dates ahead. */
      backMs: number | null
    }
  | { kind: 'seal'; most: number }

export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('post' as const),
        source: fc.nat(3),
        target: fc.nat(2),
        amountMinor: fc.bigInt(1n, 1_000_000n),
        count: fc.constantFrom(1, 1, 1, 2, 7, 300),
        skewMs: fc.integer({ min: -90_000_000, max: 90_000_000 }),
        backMs: fc.option(fc.integer({ min: -172_800_000, max: 4_000_000_000 })),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('seal' as const),
        most: fc.constantFrom(1, 2, 3, 10, 100, 300, 100_000),
      }),
    },
  ),
  { minLength: 1, maxLength: 25 },
)

/** Four accounts of a new person's. */
export async function openRandomLedger(service: Database): Promise<RandomLedger> {
  const ownerId = newId()
  const ids = [ownerId, newId(), newId(), newId()]
  for (const id of ids) {
    await asPerson(service, ownerId, (tx) =>
      openAccount(tx, {
        ownerId,
        id,
        type: 'current',
        currency: 'INR' as never,
        floorMinor: -999_999_999_999n,
      }),
    )
  }
  const own = await asPerson(service, ownerId, (tx) => listOwnAccounts(tx, ownerId))
  const accounts = ids.map((id) => own.find((account) => account.id === id) as LedgerAccountRow)
  const known = new Map(ids.map((id) => [id, [] as KnownEntry[]]))
  return {
    ownerId,
    accounts,
    known,
    async play(operation) {
      if (operation.kind === 'seal') await sealUntilDone(service, operation.most, 3)
      else await playPosting(service, { ownerId, accounts, known }, operation)
    },
  }
}

/** Rounds until nothing is left, or so many. */
export async function sealUntilDone(
  service: Database,
  mostEntries: number,
  rounds = Number.POSITIVE_INFINITY,
) {
  for (let round = 0; round < rounds; round += 1) {
    const sealed = await asNobody(service, (tx) => sealEntries(tx, mostEntries))
    if (!sealed || sealed.waiting === 0n || sealed.sealed === 0n) return
  }
}

/** As the ledger does it: the instant comes from the clock under the locks, unless that is before an entry that is there already. */
async function playPosting(
  service: Database,
  { ownerId, accounts, known }: Omit<RandomLedger, 'play'>,
  operation: Extract<Operation, { kind: 'post' }>,
): Promise<void> {
  const { source, target, amountMinor, count, skewMs, backMs } = operation
  const from = accounts[source] as LedgerAccountRow
  const to = accounts.filter((account) => account !== from)[target] as LedgerAccountRow
  const newestUs = [from, to].map(({ id }) => known.get(id)?.at(-1)?.postedUs ?? 0n)
  const baseMs = Math.max(Date.now() + skewMs, ...newestUs.map((us) => Number(us / 1000n) + 1))
  const effectiveAt = backMs === null ? undefined : new Date(baseMs - backMs)
  const postings = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    callerId: ownerId,
    type: 'transfer' as const,
    accountId: from.id,
    toAccountId: to.id,
    isOut: true,
    amountMinor: amountMinor + BigInt(index),
    legs: [
      { accountNo: from.no, amountMinor: -(amountMinor + BigInt(index)) },
      { accountNo: to.no, amountMinor: amountMinor + BigInt(index) },
    ],
    note: `No. ${index} "quoted", ünïcode`,
    effectiveAt,
    isFact: true,
    isQuiet: true,
  }))
  await asPerson(service, ownerId, (tx) => post(tx, postings, new Date(baseMs)))
  for (const [index, { id: postingId, amountMinor: moved }] of postings.entries()) {
    const postedUs = BigInt(baseMs) * 1000n + BigInt(index) + 1n
    const effectiveUs = effectiveAt ? BigInt(effectiveAt.getTime()) * 1000n : postedUs
    known.get(from.id)?.push({ postingId, amountMinor: -moved, postedUs, effectiveUs })
    known.get(to.id)?.push({ postingId, amountMinor: moved, postedUs, effectiveUs })
  }
}

/** As the wire has it, to the microsecond. */
export function writeInstant(us: bigint): string {
  const milliseconds = new Date(Number(us / 1000n)).toISOString()
  return milliseconds.replace('Z', `${String(us % 1000n).padStart(3, '0')}Z`)
}

export const sumOf = (entries: readonly KnownEntry[]): bigint =>
  entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
