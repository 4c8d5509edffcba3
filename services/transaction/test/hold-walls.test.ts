// The walls around holds, tried from inside the database: what the service's own role may not do, whatever its code says.
import { asNobody, asPerson, type Database, newId } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findHold, listDueHolds, listHolds, placeHold, settleHold } from '../src/store/holds.ts'
import { type DecidedPosting, listOwnAccounts, post } from '../src/store/ledger.ts'
import { openHold, openPerson, readAccount } from './ledger-people.ts'

let database: TestDatabase
let service: Database
let asha: string
let bela: string
let chand: string
let holdId: string

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_transaction')
})
afterAll(() => database.drop())
beforeEach(async () => {
  ;[asha, bela, chand] = [
    await openPerson(service, 1_000n),
    await openPerson(service),
    await openPerson(service),
  ]
  holdId = await openHold(service, asha, { amountMinor: 300n, toAccount: bela })
})

async function refused(story: () => Promise<unknown>, code: string): Promise<void> {
  const state = () => Promise.all([asha, bela, chand].map((id) => readAccount(database, id)))
  const before = await state()
  await expect(story()).rejects.toMatchObject({ code })
  expect(await state()).toEqual(before)
}

const hold = (changes: object) => ({
  id: newId(),
  ownerId: asha,
  accountId: asha,
  toAccount: null,
  amountMinor: 1n,
  expiresAt: null,
  captureAt: null,
  createdAt: new Date(),
  note: null,
  counterparty: null,
  category: null,
  metadata: null,
  ...changes,
})

describe('the service’s role', () => {
  it.each([
    ['place a hold by itself', `insert into holds select * from holds`],
    ['change a hold', `update holds set state = 'released'`],
    ['delete a hold', `delete from holds`],
    ['lock a hold', `select * from holds for update`],
    ['tell of a hold', `select tell_of_hold('hold.placed', h) from holds h`],
  ])('may not %s', async (_what, sql) => {
    await refused(() => asPerson(service, asha, (tx) => tx.unsafe(sql)), '42501')
  })

  it('sees a hold as its owner and as its recipient, and as nobody else', async () => {
    const seen = (person: string) => asPerson(service, person, (tx) => findHold(tx, holdId))
    expect([await seen(asha), await seen(bela)]).toMatchObject([{ id: holdId }, { id: holdId }])
    expect(await seen(chand)).toBeUndefined()
    expect(await asNobody(service, (tx) => tx`select * from holds`)).toHaveLength(0)
    expect(await asPerson(service, chand, (tx) => listHolds(tx, asha, { limit: 9, offset: 0 }))).toHaveLength(
      0,
    )
  })

  it('sees a delayed transfer as its sender, and as its recipient once it has gone', async () => {
    const delayed = await openHold(service, asha, {
      amountMinor: 1n,
      toAccount: bela,
      captureAt: new Date(Date.now() + 60_000),
    })
    const seen = (person: string) => asPerson(service, person, (tx) => findHold(tx, delayed))
    expect(await seen(asha)).toMatchObject({ id: delayed })
    expect(await seen(bela)).toBeUndefined()
  })

  it('finds across people only which holds are due, and whose they are', async () => {
    expect(await asNobody(service, (tx) => listDueHolds(tx, [], 100))).toEqual([])
    const due = await openHold(service, asha, { amountMinor: 1n, expiresAt: new Date(Date.now() - 1) })
    expect(await asNobody(service, (tx) => listDueHolds(tx, [], 100))).toEqual([{ id: due, ownerId: asha }])
    expect(await asNobody(service, (tx) => listDueHolds(tx, [due], 100))).toEqual([])
    await asPerson(service, asha, (tx) => settleHold(tx, due, { settlerId: null, state: 'expired' }))
  })
})

describe('placing', () => {
  it.each<[string, () => object, string]>([
    ['another’s money', () => ({ ownerId: bela }), '42501'],
    ['another’s account', () => ({ accountId: bela }), '42501'],
    ['more than is available', () => ({ amountMinor: 701n }), '23514'],
    ['for the account itself', () => ({ toAccount: asha }), '23514'],
    ['for an account that is not there', () => ({ toAccount: newId() }), '23514'],
    ['nothing', () => ({ amountMinor: 0n }), '23514'],
    [
      'with two ends',
      () => ({ expiresAt: new Date(Date.now() + 9_000), captureAt: new Date(Date.now() + 9_000) }),
      '23514',
    ],
  ])('refuses %s, also when the decision before it was wrong', async (_what, changes, code) => {
    await refused(() => asPerson(service, asha, (tx) => placeHold(tx, hold(changes()))), code)
  })

  it('refuses another person’s hold in a transaction that is somebody’s', async () => {
    await refused(() => asPerson(service, bela, (tx) => placeHold(tx, hold({}))), '42501')
  })
})

describe('settling', () => {
  const settle = (person: string, settlement: Parameters<typeof settleHold>[2], id = holdId) =>
    asPerson(service, person, (tx) => settleHold(tx, id, settlement))

  it('is for the owner, the recipient and the clock, each in the owner’s transaction', async () => {
    await refused(() => settle(chand, { settlerId: chand, state: 'released' }), '42501')
    await refused(() => settle(bela, { settlerId: bela, state: 'released' }), '42501')
    await refused(() => settle(asha, { settlerId: chand, state: 'released' }), '42501')
    await refused(() => settle(asha, { settlerId: null, state: 'expired' }), '42501')
    await refused(() => settle(asha, { settlerId: asha, state: 'expired' }), '23514')
    await refused(() => settle(asha, { settlerId: asha, state: 'released' }, newId()), '42501')
    await settle(asha, { settlerId: bela, state: 'released' })
    await refused(() => settle(asha, { settlerId: asha, state: 'released' }), '23514')
  })

  it('of a delayed transfer is not for its recipient, nor for the clock before its time', async () => {
    const captureAt = new Date(Date.now() + 60_000)
    const id = await openHold(service, asha, { amountMinor: 1n, toAccount: bela, captureAt })
    for (const settlerId of [bela, null]) {
      await refused(() => settle(asha, { settlerId, state: 'released' }, id), '42501')
    }
  })

  it('does not capture without a posting, nor with one that says something else', async () => {
    const captured = { settlerId: asha, state: 'captured', capturedMinor: 200n, postingId: newId() } as const
    await refused(() => settle(asha, captured), '23514')
    for (const changes of [
      { amountMinor: 201n },
      { holdId: newId() },
      { id: newId() },
      { toAccountId: chand },
    ]) {
      await refused(
        () =>
          asPerson(service, asha, async (tx) => {
            await settleHold(tx, holdId, captured)
            await post(tx, [await payment({ id: captured.postingId, ...changes })], new Date())
          }),
        '23514',
      )
    }
    await refused(async () => {
      const posting = await payment({ id: captured.postingId })
      await asPerson(service, asha, (tx) => post(tx, [posting], new Date()))
    }, '23514')
    await asPerson(service, asha, async (tx) => {
      await settleHold(tx, holdId, captured)
      await post(tx, [await payment({ id: captured.postingId })], new Date())
    })
    expect(await readAccount(database, bela)).toMatchObject({ balanceMinor: 200n })
  })

  async function payment(changes: Partial<DecidedPosting>): Promise<DecidedPosting> {
    const { amountMinor = 200n, toAccountId = bela } = changes
    const numbers = await Promise.all(
      [asha, toAccountId as string].map(async (id) => {
        const own = await asPerson(service, id, (tx) => listOwnAccounts(tx, id))
        return own.find((account) => account.id === id)?.no ?? 0
      }),
    )
    return {
      id: newId(),
      callerId: asha,
      type: 'transfer',
      accountId: asha,
      isOut: true,
      holdId,
      isQuiet: true,
      ...changes,
      toAccountId,
      amountMinor,
      legs: [
        { accountNo: numbers[0] as number, amountMinor: -amountMinor },
        { accountNo: numbers[1] as number, amountMinor },
      ],
    }
  }
})

describe('even the superuser', () => {
  it.each([
    ['changes what a hold is of', `update transaction.holds set amount_minor = 1`],
    [
      'opens a settled hold again',
      `update transaction.holds set state = 'placed', settled_at = null, settled_by = null`,
    ],
    ['deletes a hold', `delete from transaction.holds`],
    ['empties the holds', `truncate transaction.holds`],
  ])('never %s', async (_what, sql) => {
    await asPerson(service, asha, (tx) => settleHold(tx, holdId, { settlerId: asha, state: 'released' }))
    await expect(database.admin.unsafe(sql)).rejects.toMatchObject({ code: '23001' })
  })
})
