// An import moves the score by its event alone: nobody has to look first.
import { buildAccountService } from '@fintwin/account'
import type { EventPayloads } from '@fintwin/contracts'
import { asPerson, type Database, newId, publish } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildRiskService } from '../../src/service.ts'
import { findFacts, listRecent } from '../../src/store/facts.ts'

let services: TestServices
let ledger: Database
let risk: Database
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    risk: buildRiskService,
  })
  ledger = await services.database.as('fintwin_transaction')
  risk = await services.database.as('fintwin_risk')
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

/** Publishes what the transaction service does after an import; the balance is in major units. */
const imported = (balance: number, position: number, accountId = asha.id, accountType = 'current') => {
  const payload: EventPayloads['statement.imported'] = {
    account_id: accountId,
    account_type: accountType,
    posted: position,
    currency: 'INR',
    balance_minor: String(balance * 100),
    position,
  }
  return asPerson(ledger, asha.id, (tx) => publish(tx, 'statement.imported', asha.id, payload))
}
const changes = async (accountId = asha.id) =>
  (
    await services.database.admin`
      select payload from events.outbox
      where owner_id = ${asha.id} and type = 'risk.changed' and payload ->> 'account_id' = ${accountId} order by id`
  ).map(({ payload }) => [payload.previous_score, payload.score])
const facts = (accountId = asha.id) => asPerson(risk, asha.id, (tx) => findFacts(tx, asha.id, accountId))
const untilKnownAt = (position: bigint, accountId = asha.id) =>
  vi.waitFor(async () => expect(await facts(accountId)).toMatchObject({ position }), 5_000)

describe('statement.imported', () => {
  it('tells of a risk that an overdrawn statement raises, without any read', async () => {
    await imported(-45_000, 120)
    await vi.waitFor(async () => expect((await changes()).at(-1)?.at(-1)).toBe(45), 5_000)
    expect(await facts()).toMatchObject({ balanceMinor: -4_500_000n, position: 120n, type: 'current' })
  })

  it('scores an account whose opening it has not heard of', async () => {
    const accountId = newId()
    await imported(-45_000, 3, accountId)
    await vi.waitFor(async () => expect(await changes(accountId)).toEqual([[10, 45]]), 5_000)
  })

  it('takes no debt for an overdraft', async () => {
    const accountId = newId()
    await imported(-45_000, 3, accountId, 'credit')
    await untilKnownAt(3n, accountId)
    expect((await changes(accountId)).flat()).not.toContain(45)
  })

  it('believes the newer balance, in whatever order events come', async () => {
    const accountId = newId()
    await imported(80_000, 9, accountId)
    await imported(-45_000, 3, accountId)
    await imported(90_000, 10, accountId)
    await untilKnownAt(10n, accountId)
    expect(await facts(accountId)).toMatchObject({ balanceMinor: 9_000_000n })
    expect((await changes(accountId)).flat()).not.toContain(45)
  })

  it('counts no old entries as recent ones, and leaves the account to be completed by a read', async () => {
    await imported(80_000, 500)
    await untilKnownAt(500n)
    expect(await facts()).toMatchObject({ completePosition: 0n })
    expect(await asPerson(risk, asha.id, (tx) => listRecent(tx, asha.id, asha.id))).toEqual([])
  })
})
