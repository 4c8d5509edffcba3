// Changes of an account: told to the ledger, which holds the account to them; noted with their date; refused where the ledger refuses.
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccountService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson
let account: string

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
  bela = await services.register('Bela')
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  account = await open({ name: 'Everyday', type: 'current' })
})

const call = (method: string, path: string, body?: unknown, token = asha.token) =>
  services.call('account', method, path, { token, body })
const open = async (body: object): Promise<string> => (await call('POST', '/accounts', body)).body.id
const patch = (body: object, id = account, token = asha.token) =>
  call('PATCH', `/accounts/${id}`, body, token)
const post = (body: object) =>
  services.call('transaction', 'POST', '/transactions', { token: asha.token, body })
const deposit = (amount: number, account_id = account) => post({ account_id, type: 'deposit', amount })
const withdraw = (amount: number, account_id = account) => post({ account_id, type: 'withdrawal', amount })
const standings = async (id = account) =>
  (await call('GET', `/accounts/${id}/terms`)).body.standings.map(
    ({ status, overdraft_limit }: { status: string; overdraft_limit: number }) => [status, overdraft_limit],
  )

describe('PATCH /accounts/{id}', () => {
  it('renames, and every read after it has the new name', async () => {
    await call('GET', '/accounts')
    const answer = await patch({ name: '  Household ' })
    expect(answer).toMatchObject({ status: 200, body: { id: account, name: 'Household', status: 'open' } })
    expect((await call('GET', `/accounts/${account}`)).body.name).toBe('Household')
    expect((await call('GET', '/accounts')).body[1].name).toBe('Household')
    expect(await standings()).toEqual([['open', 0]])
  })

  it('freezes: money comes in and none goes out, until it is unfrozen', async () => {
    await deposit(500)
    expect(await patch({ status: 'frozen' })).toMatchObject({ status: 200, body: { status: 'frozen' } })
    const transfer = { account_id: account, type: 'transfer', amount: 1, to_account: asha.id }
    for (const refused of [await withdraw(1), await post(transfer)])
      expect(refused).toMatchObject({ status: 422, body: { code: 'account_frozen' } })
    expect((await deposit(20)).status).toBe(201)
    await deposit(50, asha.id)
    const incoming = await post({ account_id: asha.id, type: 'transfer', amount: 50, to_account: account })
    expect(incoming.status).toBe(201)
    const frozen = await call('GET', `/accounts/${account}`)
    expect(frozen.body).toMatchObject({ status: 'frozen', balance: 570, available_balance: 570, held: 0 })
    expect((await call('GET', `/accounts/${account}/status`)).body).toEqual({ id: account, status: 'frozen' })
    expect((await patch({ status: 'open' })).body.status).toBe('open')
    expect((await withdraw(1)).status).toBe(201)
    expect(await standings()).toEqual([
      ['open', 0],
      ['frozen', 0],
      ['open', 0],
    ])
  })

  it('freezes the primary account, too', async () => {
    await deposit(10, asha.id)
    expect((await patch({ status: 'frozen' }, asha.id)).status).toBe(200)
    expect(await withdraw(1, asha.id)).toMatchObject({ status: 422, body: { code: 'account_frozen' } })
  })

  it('closes an empty account for good: nothing goes out or comes in', async () => {
    expect((await patch({ status: 'closed' })).body).toMatchObject({ status: 'closed', balance: 0 })
    await deposit(50, asha.id)
    const incoming = { account_id: asha.id, type: 'transfer', amount: 5, to_account: account }
    for (const refused of [await deposit(1), await withdraw(1), await post(incoming)])
      expect(refused).toMatchObject({ status: 422, body: { code: 'account_closed' } })
    for (const status of ['open', 'frozen'])
      expect(await patch({ status })).toMatchObject({ status: 422, body: { code: 'account_closed' } })
    expect((await patch({ status: 'closed' })).status).toBe(200)
    expect((await patch({ name: 'Old' })).body).toMatchObject({ name: 'Old', status: 'closed' })
    expect(await standings()).toEqual([
      ['closed', 0],
      ['open', 0],
    ])
  })

  it('refuses to close an account with money in it, or one that owes', async () => {
    await deposit(0.01)
    const card = await open({ name: 'Card', type: 'credit', overdraft_limit: 100 })
    await withdraw(30, card)
    for (const id of [account, card]) {
      const refused = await patch({ name: 'Closing', status: 'closed' }, id)
      expect(refused).toMatchObject({ status: 422, body: { code: 'account_not_empty' } })
    }
    expect((await call('GET', `/accounts/${account}`)).body).toMatchObject({
      name: 'Everyday',
      status: 'open',
    })
    await withdraw(0.01)
    expect((await patch({ status: 'closed' })).status).toBe(200)
  })

  it('refuses to close the primary account', async () => {
    expect(await patch({ status: 'closed' }, asha.id)).toMatchObject({
      status: 422,
      body: { code: 'primary_account' },
    })
  })

  it('moves the overdraft limit, and the ledger holds to it at once', async () => {
    expect((await patch({ overdraft_limit: '250.50' })).body).toMatchObject({
      overdraft_limit: 250.5,
      available_balance: 250.5,
    })
    expect((await withdraw(250.51)).body.code).toBe('insufficient_funds')
    expect((await withdraw(250.5)).status).toBe(201)
    expect((await patch({ overdraft_limit: 0 })).body).toMatchObject({
      balance: -250.5,
      available_balance: -250.5,
    })
    expect((await withdraw(0.01)).body.code).toBe('insufficient_funds')
    expect((await deposit(1)).status).toBe(201)
    expect(await standings()).toEqual([
      ['open', 0],
      ['open', 250.5],
      ['open', 0],
    ])
  })

  it('notes one change of state and limit together, and none that is no change', async () => {
    await patch({ status: 'frozen', overdraft_limit: 10 })
    await patch({ status: 'frozen', overdraft_limit: 10 })
    expect(await standings()).toEqual([
      ['frozen', 10],
      ['open', 0],
    ])
  })

  it('notes in the order of the ledger, whoever asks at the same time', async () => {
    const asked = Array.from({ length: 8 }, (_, index) => ({ status: index % 2 ? 'open' : 'frozen' }))
    await Promise.all(asked.map((body) => patch(body)))
    const noted = await standings()
    const { status } = (await call('GET', `/accounts/${account}`)).body
    expect(noted[0][0]).toBe(status)
    expect(noted.at(-1)).toEqual(['open', 0])
    for (const [index, [state]] of noted.entries()) expect(state).not.toBe(noted[index + 1]?.[0])
  })

  it('notes what the ledger was told when the note itself failed, once the request comes again', async () => {
    const { admin } = services.database
    await patch({ overdraft_limit: 5 })
    await admin.unsafe(
      `alter table account.standings add constraint fails check (status <> 'frozen' or owner_id <> '${asha.id}') not valid`,
    )
    expect((await patch({ status: 'frozen' })).status).toBe(500)
    await admin`alter table account.standings drop constraint fails`
    expect((await call('GET', `/accounts/${account}`)).body.status).toBe('frozen')
    expect((await patch({ status: 'frozen' })).status).toBe(200)
    expect((await standings())[0]).toEqual(['frozen', 5])
  })

  it.each([
    [{}, 'malformed_request'],
    [{ name: ' ' }, 'malformed_request'],
    [{ status: 'sleeping' }, 'malformed_request'],
    [{ overdraft_limit: -5 }, 'invalid_amount'],
    [{ overdraft_limit: 0.001 }, 'invalid_amount'],
    [{ balance: 1_000_000 }, 'malformed_request'],
  ])('refuses %j', async (body, code) => {
    expect(await patch(body)).toMatchObject({ status: 400, body: { code } })
  })

  it('gives no overdraft to savings', async () => {
    expect(await patch({ overdraft_limit: 5 }, asha.id)).toMatchObject({
      status: 400,
      body: { code: 'invalid_amount' },
    })
  })

  it('is 403 for what is not the caller’s, whatever the id, and changes nothing', async () => {
    const bodies = new Set<string>()
    for (const id of [account, asha.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense', '%00']) {
      for (const body of [{}, { name: 'Mine' }, { status: 'frozen' }, { overdraft_limit: 5 }]) {
        const answer = await patch(body, id, bela.token)
        expect(answer.status).toBe(403)
        bodies.add(answer.text)
      }
    }
    expect(bodies.size).toBe(1)
    expect((await call('GET', `/accounts/${account}`)).body).toMatchObject({
      name: 'Everyday',
      status: 'open',
    })
  })

  it('tells of the change in an event', async () => {
    await patch({ name: 'Household', status: 'frozen' })
    await patch({ name: 'Household', status: 'frozen' })
    const events = await services.database.admin`
      select payload from events.outbox where type = 'account.changed' and owner_id = ${asha.id}`
    expect(events.map(({ payload }) => payload)).toEqual([
      {
        account_id: account,
        name: 'Household',
        type: 'current',
        currency: 'INR',
        changed: ['name', 'status'],
      },
    ])
  })
})

describe('the ledger’s own routes', () => {
  it.each([
    ['state', { status: 'closed' }],
    ['floor', { floor_minor: '-999999999999999' }],
  ])('PUT /ledger/accounts/{id}/%s is for services only', async (what, body) => {
    const answer = await services.call('transaction', 'PUT', `/ledger/accounts/${account}/${what}`, {
      token: asha.token,
      body,
    })
    expect(answer).toMatchObject({ status: 403, body: { code: 'service_credential_required' } })
  })
})
