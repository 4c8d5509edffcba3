// Accounts: opened at zero, read with what the ledger holds, never stale.
import type { ServiceDeps } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildAccountService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const open = (body: unknown, headers: Record<string, string> = {}) =>
  services.call('account', 'POST', '/accounts', { token: asha.token, body, headers })
const ledgerRows = async (): Promise<string[]> => {
  const rows = await services.database.admin<{ id: string }[]>`
    select id from transaction.accounts where owner_id = ${asha.id} and kind = 'person' order by id`
  return rows.map(({ id }) => id)
}
const list = async () => (await services.call('account', 'GET', '/accounts/', { token: asha.token })).body

describe('POST /accounts', () => {
  it('opens at zero, whatever balance the body asks for', async () => {
    const answer = await open({ name: 'Holiday', type: 'savings', balance: 1_000_000, id: asha.id })
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'Holiday', type: 'savings', balance: 0, currency: 'INR', is_primary: false },
    })
    expect(answer.body.id).not.toBe(asha.id)
    expect((await list()).map(({ id }: { id: string }) => id)).toEqual([asha.id, answer.body.id])
  })

  it.each([
    [{ name: 'X', type: 'savings', currency: 'XXY' }, 'unknown_currency'],
    [{ name: 'X', type: 'treasure' }, 'malformed_request'],
    [{ name: ' ', type: 'savings' }, 'malformed_request'],
    [{ name: 'X', type: 'savings', overdraft_limit: 100 }, 'invalid_amount'],
    [{ name: 'X', type: 'credit', overdraft_limit: -1 }, 'invalid_amount'],
    [{ type: 'savings' }, 'malformed_request'],
  ])('refuses %j', async (body, code) => {
    expect(await open(body)).toMatchObject({ status: 400, body: { code } })
  })

  it('lets a card be used down to its limit and no further', async () => {
    const { body: card } = await open({ name: 'Card', type: 'credit', overdraft_limit: 500 })
    expect(card).toMatchObject({ overdraft_limit: 500, available_balance: 500 })
    const pay = (amount: number) =>
      services.call('transaction', 'POST', '/transactions', {
        token: asha.token,
        body: { account_id: card.id, type: 'withdrawal', amount },
      })
    expect((await pay(500)).status).toBe(201)
    expect(await pay(0.01)).toMatchObject({ status: 422, body: { code: 'insufficient_funds' } })
  })

  it('opens one account for one key', async () => {
    const headers = { 'idempotency-key': 'holiday' }
    const first = await open({ name: 'Holiday', type: 'savings' }, headers)
    expect((await open({ name: 'Holiday', type: 'savings' }, headers)).text).toBe(first.text)
    expect(await list()).toHaveLength(2)
  })

  it('gives the account at a bank again rather than a second one', async () => {
    const body = {
      name: 'Bank',
      type: 'current',
      bank: { name: 'First Bank', code: 'FB', number: '000123456' },
    }
    const first = await open(body)
    expect(first.body.bank).toEqual({ name: 'First Bank', number_masked: '••3456' })
    expect((await open(body)).body.id).toBe(first.body.id)
  })

  it('gives one account at a bank to requests that ask for it at the same time', async () => {
    const body = { name: 'Bank', type: 'current', bank: { code: 'FB', number: '000999' } }
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(body)))
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect(await ledgerRows()).toHaveLength(2)
  })

  it.each([
    ['key', { name: 'Holiday', type: 'savings' }, { 'idempotency-key': 'half-way' }],
    ['account at a bank', { name: 'Bank', type: 'current', bank: { number: '000777' } }, {}],
  ])(
    'opens one ledger row for one %s, though the first try failed half-way',
    async (_name, body, headers) => {
      const { admin } = services.database
      await admin.unsafe(
        `alter table account.accounts add constraint fails check (owner_id <> '${asha.id}') not valid`,
      )
      expect((await open(body, headers)).status).toBe(500)
      await admin`alter table account.accounts drop constraint fails`
      const rows = await ledgerRows()
      expect(rows).toHaveLength(2)
      // A list read in between has no name for the new row, and must not be taken for the list after it has one.
      expect(await list()).toHaveLength(1)
      expect((await open(body, headers)).status).toBe(201)
      expect(await ledgerRows()).toEqual(rows)
      expect((await list()).map(({ id }: { id: string }) => id).toSorted()).toEqual(rows)
    },
  )

  it('opens another account for a key that was forgotten, and forgets after 48 hours', async () => {
    const { admin } = services.database
    const keys = async () =>
      (await admin`select key from account.idempotency_keys where owner_id = ${asha.id} order by key`).map(
        ({ key }) => key,
      )
    const bela = await services.register('Bela')
    const body = { name: 'Holiday', type: 'savings' }
    const first = await open(body, { 'idempotency-key': 'old' })
    await open(body, { 'idempotency-key': 'younger' })
    await services.call('account', 'POST', '/accounts', {
      token: bela.token,
      body,
      headers: { 'idempotency-key': 'hers' },
    })
    await admin`update account.idempotency_keys set created_at = now() - interval '47 hours' where key = 'younger'`
    await admin`update account.idempotency_keys set created_at = now() - interval '49 hours' where key in ('old', 'hers')`
    const chance = vi.spyOn(Math, 'random').mockReturnValue(0)
    await open(body, { 'idempotency-key': 'new' })
    chance.mockRestore()
    expect(await keys()).toEqual(['new', 'younger'])
    expect(await admin`select from account.idempotency_keys where owner_id = ${bela.id}`).toHaveLength(1)
    const again = await open(body, { 'idempotency-key': 'old' })
    expect(again.status).toBe(201)
    expect(again.body.id).not.toBe(first.body.id)
  })
})

describe('GET /accounts', () => {
  it('is right after each of many writes, whatever was cached', async () => {
    for (let balance = 1; balance <= 20; balance += 1) {
      await services.call('transaction', 'POST', '/transactions', {
        token: asha.token,
        body: { type: 'deposit', amount: 1 },
      })
      expect((await list())[0].balance).toBe(balance)
    }
  })

  it('answers 503 with Retry-After while the ledger is away', async () => {
    const alone = await startTestServices({ account: buildAccountService })
    const answer = await alone.call('account', 'POST', '/auth/register', {
      body: { name: 'A', email: 'alone@example.org', password: 'a long enough one' },
    })
    expect(answer).toMatchObject({ status: 503, body: { code: 'dependency_down' } })
    expect(answer.headers.get('retry-after')).toBe('2')
    const [people] = await alone.database.admin`select count(*) as count from account.people`
    expect(people?.count).toBe(0n)
    await alone.stop()
  })
})

describe('the default currency', () => {
  it('must be one that accounts can be kept in', async () => {
    const settings = { ...services.settings, DEFAULT_CURRENCY: 'XDR' }
    await expect(buildAccountService({ settings } as ServiceDeps)).rejects.toThrow(
      'DEFAULT_CURRENCY is "XDR" but must be a currency of accounts such as INR.',
    )
  })
})
