// Row security holds for every query of the stores: another person finds and changes nothing.
import type { CurrencyCode } from '@fintwin/money'
import { asPerson, type Database, newId, type Tx } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findFacts, listRecent, lockFacts, saveFacts, saveRecent } from '../../src/store/facts.ts'
import { appendHistory, findScore, listHistory, saveScore } from '../../src/store/scores.ts'

let database: TestDatabase
let service: Database
const [asha, bela] = [newId(), newId()]
const facts = {
  accountId: asha,
  type: 'savings',
  currency: 'INR' as CurrencyCode,
  balanceMinor: 1n,
  position: 1n,
  completePosition: 1n,
}
const recent = () => [{ transactionId: newId(), amountMinor: 1n, at: new Date() }]
const assessment = { score: 10, level: 'low' as const, flags: [], contributions: [] }

const writes: [string, (tx: Tx) => Promise<unknown>][] = [
  ['saveFacts', (tx) => saveFacts(tx, asha, facts)],
  ['saveRecent', (tx) => saveRecent(tx, asha, asha, recent())],
  ['saveScore', (tx) => saveScore(tx, asha, asha, assessment)],
  ['appendHistory', (tx) => appendHistory(tx, asha, asha, { score: 10, alertLevel: 'low' })],
]

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_risk')
  for (const [, write] of writes) await asPerson(service, asha, write)
})
afterAll(() => database.drop())

it('shows another person nothing, even when the query names the owner', async () => {
  const read = (personId: string) =>
    asPerson(service, personId, async (tx) => [
      await findFacts(tx, asha, asha),
      await lockFacts(tx, asha, asha),
      (await listRecent(tx, asha, asha))[0],
      await findScore(tx, asha, asha),
      (await listHistory(tx, asha, asha, 10))[0],
    ])
  expect(await read(bela)).toEqual([undefined, undefined, undefined, undefined, undefined])
  expect((await read(asha)).every(Boolean)).toBe(true)
})

it.each(writes)('%s refuses to write in another person’s name', async (_name, write) => {
  await expect(asPerson(service, bela, write)).rejects.toMatchObject({ code: '42501' })
})
