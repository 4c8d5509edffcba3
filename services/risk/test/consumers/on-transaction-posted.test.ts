// The consumer and a read come to the same score, whichever of them sees a transaction first.
import type { EventPayloads } from '@fintwin/contracts'
import {
  asPerson,
  type Database,
  type Handlers,
  newId,
  readSettings,
  type ServiceDeps,
} from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { onAccountOpened } from '../../src/consumers/on-account-opened.ts'
import { onTransactionPosted } from '../../src/consumers/on-transaction-posted.ts'
import { scoreFacts } from '../../src/score-account.ts'
import { findFacts, saveFacts } from '../../src/store/facts.ts'
import { listHistory } from '../../src/store/scores.ts'

let database: TestDatabase
let service: Database
let deps: ServiceDeps
let asha: string

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_risk')
  deps = { settings: readSettings({}) } as ServiceDeps
})
afterAll(() => database.drop())
beforeEach(async () => {
  asha = newId()
  await handle(onAccountOpened(deps), {
    account_id: asha,
    name: 'Savings',
    type: 'savings',
    currency: 'INR',
  })
})

const handle = <P>(handler: NonNullable<Handlers[keyof Handlers]> | unknown, payload: P) =>
  asPerson(service, asha, (tx) =>
    (handler as (...given: unknown[]) => Promise<void>)(tx, { ownerId: asha, payload }),
  )

/** Amounts in major units, to read like the contract. */
const posted = (position: number, balance: number, amount: number): EventPayloads['transaction.posted'] => ({
  transaction_id: newId(),
  type: 'deposit',
  amount_minor: String(amount * 100),
  currency: 'INR',
  account_id: asha,
  account_balance_minor: String(balance * 100),
  account_position: position,
  is_out: false,
  side: 'sent',
  effective_at: new Date().toISOString(),
  created_at: new Date().toISOString(),
})
const consume = (payload: EventPayloads['transaction.posted']) => handle(onTransactionPosted(deps), payload)
const facts = (accountId = asha) => asPerson(service, asha, (tx) => findFacts(tx, asha, accountId))
const scores = async () =>
  (await asPerson(service, asha, (tx) => listHistory(tx, asha, asha, 100))).map(({ score }) => score)
const changes = () =>
  database.admin`select payload from events.outbox where owner_id = ${asha} and type = 'risk.changed' order by id`

describe('transaction.posted', () => {
  it('scores as transactions come, and tells of each change once', async () => {
    await consume(posted(1, 200_000, 200_000))
    await consume(posted(2, 201_000, 1_000))
    await consume(posted(3, 202_000, 1_000))
    expect(await scores()).toEqual([20, 30, 45])
    expect((await changes()).map(({ payload }) => [payload.previous_score, payload.score])).toEqual([
      [10, 20],
      [20, 30],
      [30, 45],
    ])
  })

  it('believes the newer balance, in whatever order events come', async () => {
    const [first, second] = [posted(1, 900_000, 100), posted(2, 400_000, 100)]
    await consume(second)
    await consume(first)
    expect(await facts()).toMatchObject({ balanceMinor: 40_000_000n, position: 2n })
  })

  it('does not undo what a read has seen already', async () => {
    await asPerson(service, asha, async (tx) => {
      const known = { accountId: asha, type: 'savings', currency: 'INR' as never }
      await saveFacts(tx, asha, { ...known, balanceMinor: 9_000_000n, position: 2n, completePosition: 2n })
      await scoreFacts(deps, tx, asha, asha)
    })
    const before = await scores()
    await consume(posted(1, 100, 0))
    expect(await facts()).toMatchObject({ balanceMinor: 9_000_000n, position: 2n, completePosition: 2n })
    expect(await scores()).toEqual(before)
  })

  it('knows when a transaction is missing, so that the next read asks for it', async () => {
    await consume(posted(1, 100_000, 1))
    expect((await facts())?.completePosition).toBe(1n)
    await consume(posted(3, 100_000, 1))
    expect(await facts()).toMatchObject({ position: 3n, completePosition: 1n })
  })

  it('scores both sides of a transfer between own accounts', async () => {
    const loan = newId()
    await handle(onAccountOpened(deps), { account_id: loan, name: 'Loan', type: 'loan', currency: 'INR' })
    await consume({
      ...posted(1, 60_000, 100),
      type: 'transfer',
      to_account: loan,
      to_account_balance_minor: '-500000',
      to_account_position: 1,
      side: 'both',
    })
    expect(await facts()).toMatchObject({ balanceMinor: 6_000_000n })
    expect(await facts(loan)).toMatchObject({ balanceMinor: -500_000n })
  })

  it('counts what arrived, in the currency it arrived in, and each leg of a journal', async () => {
    const [yen, fund] = [newId(), newId()]
    await handle(onAccountOpened(deps), { account_id: yen, name: 'Yen', type: 'savings', currency: 'JPY' })
    await handle(onAccountOpened(deps), { account_id: fund, name: 'Fund', type: 'savings', currency: 'INR' })
    await consume({
      ...posted(1, 900_000, 600_000),
      type: 'exchange',
      to_account: yen,
      to_amount_minor: '9000',
      to_currency: 'JPY',
      to_account_balance_minor: '1000000',
      to_account_position: 1,
      side: 'both',
    })
    await consume({
      ...posted(2, 890_000, 10_000),
      type: 'journal',
      legs: [
        { account_id: asha, amount_minor: '-1000000', balance_minor: '89000000', position: 2 },
        { account_id: fund, amount_minor: '500', balance_minor: '10000000', position: 1 },
      ],
    })
    const recent = await database.admin`
      select account_id, amount_minor from risk.recent_transactions where owner_id = ${asha} order by amount_minor`
    expect(recent.map((row) => [row.account_id, Number(row.amount_minor)])).toEqual([
      [fund, 500],
      [yen, 9_000],
      [asha, 1_000_000],
      [asha, 60_000_000],
    ])
    expect(await facts(fund)).toMatchObject({ balanceMinor: 10_000_000n, completePosition: 1n })
  })

  it('does not count a reversal, and leaves it to the next read what was taken back', async () => {
    await consume(posted(1, 100_000, 100_000))
    await consume({ ...posted(2, 0, 100_000), type: 'reversal', is_out: true })
    expect(await facts()).toMatchObject({ balanceMinor: 0n, position: 2n, completePosition: 1n })
    const recent = await database.admin`select from risk.recent_transactions where owner_id = ${asha}`
    expect(recent).toHaveLength(1)
  })

  it('does not bring back what a read has left out', async () => {
    await asPerson(service, asha, (tx) =>
      saveFacts(tx, asha, {
        accountId: asha,
        type: 'savings',
        currency: 'INR' as never,
        balanceMinor: 0n,
        position: 2n,
        completePosition: 2n,
      }),
    )
    await consume(posted(1, 100_000, 100_000))
    const recent = await database.admin`select from risk.recent_transactions where owner_id = ${asha}`
    expect(recent).toHaveLength(0)
  })

  it('leaves an account that it has not heard of to the next read', async () => {
    const unheard = newId()
    await consume({ ...posted(1, 100, 100), account_id: unheard })
    expect(await facts(unheard)).toBeUndefined()
  })
})
