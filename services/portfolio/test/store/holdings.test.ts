// Row security holds for every query of the stores: another person finds, changes and deletes nothing.
import type { CurrencyCode } from '@fintwin/money'
import { asPerson, type Database, newId } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { classHolding, listAssetClasses, noteImportedClasses } from '../../src/store/asset-classes.ts'
import {
  deleteHoldingById,
  findPerformers,
  insertHolding,
  listHoldings,
  lockHolding,
  sumHoldings,
  updatePrice,
} from '../../src/store/holdings.ts'
import { claimStatement, listBuyPrices, replaceImport } from '../../src/store/imported-holdings.ts'

let database: TestDatabase
let service: Database
const [asha, bela, id] = [newId(), newId(), newId()]
const figures = {
  ticker: 'TCS',
  companyName: 'Tata',
  assetClass: 'stock',
  assetClassFrom: '2024-01-31',
  currency: 'INR' as CurrencyCode,
  quantity: '1',
  buyPrice: '2',
  currentPrice: '3',
  currentValueMinor: 300n,
  investedValueMinor: 200n,
}
const imported = { ...figures, id: newId(), externalId: 'E1' }
const asOf = new Date('2024-01-31')

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_portfolio')
  await asPerson(service, asha, async (tx) => {
    await insertHolding(tx, asha, { ...figures, id, accountId: asha })
    await claimStatement(tx, asha, { accountId: asha, asOf })
    await replaceImport(tx, asha, { accountId: asha, rows: [imported] })
  })
})
afterAll(() => database.drop())

it('shows another person nothing, even when the query names the owner', async () => {
  const seen = await asPerson(service, bela, async (tx) => [
    await listHoldings(tx, asha, { limit: 10 }),
    await lockHolding(tx, asha, id),
    await updatePrice(tx, asha, id, { currentPrice: '9', currentValueMinor: 900n }),
    await deleteHoldingById(tx, asha, id),
    await sumHoldings(tx, asha),
    await findPerformers(tx, asha, asha),
    [...(await listBuyPrices(tx, asha, asha))],
    await replaceImport(tx, asha, { accountId: asha, rows: [] }),
    await listAssetClasses(tx, asha, { holdingId: id, limit: 10 }),
    await noteImportedClasses(tx, asha, asha),
  ])
  expect(seen.map((each) => (Array.isArray(each) ? [...each] : each))).toEqual([
    [],
    undefined,
    undefined,
    undefined,
    [],
    { best: undefined, worst: undefined },
    [],
    undefined,
    [],
    undefined,
  ])
  const own = await asPerson(service, asha, (tx) => listHoldings(tx, asha, { limit: 10 }))
  expect(own.map(({ currentPrice }) => currentPrice)).toEqual(['3', '3'])
})

it('refuses to write in another person’s name', async () => {
  const insert = asPerson(service, bela, (tx) =>
    insertHolding(tx, asha, { ...figures, id: newId(), accountId: asha }),
  )
  await expect(insert).rejects.toMatchObject({ code: '42501' })
  const replace = asPerson(service, bela, (tx) =>
    replaceImport(tx, asha, {
      accountId: asha,
      rows: [{ ...imported, id: newId(), externalId: 'E2' }],
    }),
  )
  await expect(replace).rejects.toMatchObject({ code: '42501' })
  const classed = { holdingId: id, assetClass: 'bond', from: '2024-02-01' }
  const classing = asPerson(service, bela, (tx) => classHolding(tx, asha, classed))
  await expect(classing).rejects.toMatchObject({ code: '42501' })
  const own = asPerson(service, bela, (tx) => classHolding(tx, bela, classed))
  await expect(own).rejects.toMatchObject({ code: '23503' })
  for (const accountId of [asha, bela]) {
    const claim = asPerson(service, bela, (tx) => claimStatement(tx, asha, { accountId, asOf }))
    await expect(claim).rejects.toMatchObject({ code: '42501' })
  }
})
