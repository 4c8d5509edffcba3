// The audit of holds: silent where what is set aside and what was captured add up, and naming the first hold or account that does not.
import { buildAccountService } from '@fintwin/account'
import { connectDatabase, type Database, newId, readSecret } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { auditLedger } from '../src/audit-ledger.ts'

let services: TestServices
let auditor: Database
let asha: TestPerson
/** One of each state. */
const holds: Record<string, string> = {}

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
  const password = await readSecret(`${inject('cluster').secretsRoot}/operator`, 'audit-password')
  auditor = connectDatabase({ url: services.database.url, role: 'fintwin_audit', password, max: 1 })
  asha = await services.register()
  const bela = await services.register('Bela')
  await post('/transactions', { type: 'deposit', amount: 500 })
  for (const state of ['placed', 'captured', 'released', 'expired']) {
    const time = state === 'expired' ? { expires_in_s: 1 } : {}
    const { body } = await post('/transactions/holds', { amount: 50, to_account: bela.id, ...time })
    holds[state] = body.id
  }
  await post(`/transactions/holds/${holds.captured}/capture`, { amount: 20 })
  await post(`/transactions/holds/${holds.released}/release`)
  await vi.waitFor(async () => expect(await stateOf(holds.expired)).toBe('expired'), { timeout: 10_000 })
})
afterAll(async () => {
  await auditor.end()
  await services.stop()
})

const post = (path: string, body?: unknown) =>
  services.call('transaction', 'POST', path, { token: asha.token, body })
const stateOf = async (id = '') =>
  (await services.call('transaction', 'GET', `/transactions/holds/${id}`, { token: asha.token })).body.state

async function findings(): Promise<string[]> {
  return (await auditLedger(auditor)).findings.map(({ check }) => check)
}

describe('the audit of holds', () => {
  it('finds nothing where they add up', async () => {
    expect(await findings()).toEqual([])
  })

  const setAside = 'each account has set aside what its open holds add up to'
  const paid =
    'each captured hold was paid by one posting of what was captured, between the accounts it was for'
  const captured = 'each posting of a hold is the one that captured it'

  it.each<[string, () => string, string[]]>([
    [
      'more is set aside than is held',
      () => `update transaction.accounts set held_minor = held_minor + 1 where id = '${asha.id}'`,
      [setAside],
    ],
    ['a hold is gone', () => `delete from transaction.holds where id = '${holds.placed}'`, [setAside]],
    [
      'a capture says another amount than was posted',
      () => `update transaction.holds set captured_minor = captured_minor + 1 where id = '${holds.captured}'`,
      [paid],
    ],
    [
      'a capture was never posted',
      () =>
        `update transaction.holds set state = 'captured', captured_minor = 1, posting_id = '${newId()}' where id = '${holds.released}'`,
      [paid],
    ],
    [
      'a paid hold is said to be released',
      () =>
        `update transaction.holds set state = 'released', captured_minor = 0, posting_id = null where id = '${holds.captured}'`,
      [captured],
    ],
    [
      'a hold is somebody else’s',
      () => `update transaction.holds set owner_id = '${newId()}' where id = '${holds.released}'`,
      ['each hold is of its account’s owner and currency, and for the owner of the account it is for'],
    ],
    [
      'a hold expired before its time',
      () =>
        `update transaction.holds set expires_at = now() + interval '1 day' where id = '${holds.expired}'`,
      ['the clock settled no hold before its time'],
    ],
  ])('names it when %s', async (_what, tamper, expected) => {
    const { admin } = services.database
    await admin
      .unsafe(
        `create table public.kept_holds as select * from transaction.holds; create table public.kept_accounts as select * from transaction.accounts`,
      )
      .simple()
    const off = 'alter table transaction.holds disable trigger all;'
    await admin.unsafe(`${off} ${tamper()}`).simple()
    expect(await findings()).toEqual(expected)
    await admin
      .unsafe(
        `delete from transaction.holds; insert into transaction.holds select * from public.kept_holds;
       update transaction.accounts a set held_minor = k.held_minor from public.kept_accounts k where k.id = a.id;
       alter table transaction.holds enable trigger all; drop table public.kept_holds, public.kept_accounts`,
      )
      .simple()
    expect(await findings()).toEqual([])
  })
})
