// Row security holds for every query of the store: another person finds, changes and deletes nothing.
import type { CurrencyCode } from '@fintwin/money'
import { asPerson, type Database, newId } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  deleteSimulationById,
  deleteSimulations,
  findSimulation,
  insertSimulation,
  listSimulations,
} from '../../src/store/simulations.ts'

let database: TestDatabase
let service: Database
const [asha, bela, id] = [newId(), newId(), newId()]

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_twin')
  await asPerson(service, asha, (tx) => insertSimulation(tx, asha, simulation))
})
afterAll(() => database.drop())

const simulation = {
  id,
  accountId: asha,
  scenario: 'rate_change' as const,
  amount: '7.5',
  currency: 'INR' as CurrencyCode,
  beforeMinor: 100n,
  afterMinor: 108n,
  riskScore: 10,
  alertLevel: 'low' as const,
  flags: [],
  recommendation: 'Go on.',
  position: 1,
  entriesHash: '',
}

it('shows another person nothing, even when the query names the owner', async () => {
  const seen = await asPerson(service, bela, async (tx) => [
    await findSimulation(tx, asha, id),
    (await listSimulations(tx, asha, asha, 10))[0],
    await deleteSimulationById(tx, asha, id),
    await deleteSimulations(tx, asha, asha),
  ])
  expect(seen).toEqual([undefined, undefined, false, 0])
  expect(await asPerson(service, asha, (tx) => findSimulation(tx, asha, id))).toMatchObject({
    afterMinor: 108n,
    amount: '7.5',
  })
})

it('refuses to write in another person’s name', async () => {
  await expect(
    asPerson(service, bela, (tx) => insertSimulation(tx, asha, { ...simulation, id: newId() })),
  ).rejects.toMatchObject({ code: '42501' })
})
