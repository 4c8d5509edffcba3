// Taking transactions back: what may be undone or returned, by whom, once, and that exactly what was posted is turned round.
import { readFile } from 'node:fs/promises'
import { buildAccountService } from '@fintwin/account'
import type { TransactionLeg } from '@fintwin/contracts'
import { newId } from '@fintwin/platform'
import { type CallAnswer, startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson
let fund: string

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  ;[asha, bela] = [await services.register(), await services.register('Bela')]
  fund = await open(asha, 'INR')
})

async function open(person: TestPerson, currency: string): Promise<string> {
  const body = { name: 'Another', type: 'savings', currency }
  return (await services.call('account', 'POST', '/accounts', { token: person.token, body })).body.id
}

const call = (person: TestPerson, method: string, path: string, body?: unknown, key?: string) =>
  services.call('transaction', method, path, {
    token: person.token,
    body,
    ...(key ? { headers: { 'idempotency-key': key } } : {}),
  })

async function post(person: TestPerson, body: object): Promise<string> {
  const answer = await call(person, 'POST', '/transactions', body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}
const deposit = (person: TestPerson, amount: number, more: object = {}) =>
  post(person, { type: 'deposit', amount, ...more })
const reverse = (person: TestPerson, id: string, body?: object, key?: string): Promise<CallAnswer> =>
  call(person, 'POST', `/transactions/${id}/reversal`, body, key)
const read = async (person: TestPerson, path: string) => (await call(person, 'GET', path)).body
const balanceOf = async (person: TestPerson, id = person.id): Promise<number> =>
  (await services.call('account', 'GET', `/accounts/${id}`, { token: person.token })).body.balance
const setStatus = async (accountId: string, status: string): Promise<void> => {
  await services.database.admin`update transaction.accounts set status = ${status} where id = ${accountId}`
}

describe('an own transaction', () => {
  it('is undone: a deposit goes out again, and says what it takes back', async () => {
    const id = await deposit(asha, 500, { counterparty: 'Acme', category: 'Salary', note: 'October' })
    const answer = await reverse(asha, id, { note: 'Typed wrong' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      type: 'reversal',
      reverses: id,
      account_id: asha.id,
      to_account: null,
      direction: 'out',
      amount: 500,
      note: 'Typed wrong',
      counterparty: 'Acme',
      category: 'Salary',
    })
    expect(await balanceOf(asha)).toBe(0)
    expect(await read(asha, '/transactions')).toMatchObject([
      { id: answer.body.id, reverses: id },
      { id, reversed_by: answer.body.id },
    ])
    expect(await read(asha, `/transactions/${id}`)).toMatchObject({
      reversed_by: answer.body.id,
      reversible_as: null,
      irreversible_because: 'This transaction has been taken back already.',
    })
  })

  it('is undone without a body, too', async () => {
    const id = await deposit(asha, 5)
    expect(await reverse(asha, id)).toMatchObject({ status: 201, body: { note: null } })
  })

  it('is undone: a withdrawal comes in again', async () => {
    await deposit(asha, 500)
    const id = await post(asha, { type: 'withdrawal', amount: 120.5 })
    expect(await reverse(asha, id)).toMatchObject({ status: 201, body: { direction: 'in', amount: 120.5 } })
    expect(await balanceOf(asha)).toBe(500)
  })

  it('is undone: a transfer between own accounts goes the other way, in the lists of both', async () => {
    await deposit(asha, 500)
    const id = await post(asha, { type: 'transfer', to_account: fund, amount: 200 })
    const answer = await reverse(asha, id)
    expect(answer).toMatchObject({
      status: 201,
      body: { account_id: fund, to_account: asha.id, direction: 'out', amount: 200 },
    })
    expect([await balanceOf(asha), await balanceOf(asha, fund)]).toEqual([500, 0])
    for (const account of [asha.id, fund])
      expect((await read(asha, `/transactions/account/${account}`))[0].id).toBe(answer.body.id)
  })

  it('is undone: an exchange gives back exactly what was paid, in four mirrored legs', async () => {
    const yen = await open(asha, 'JPY')
    await deposit(asha, 1_000)
    const id = await post(asha, { type: 'transfer', to_account: yen, amount: '560.55', to_amount: 1_000 })
    const answer = await reverse(asha, id)
    expect(answer).toMatchObject({
      status: 201,
      body: {
        account_id: yen,
        amount: 1_000,
        currency: 'JPY',
        to_account: asha.id,
        to_amount: 560.55,
        to_currency: 'INR',
        rate: 0.56055,
      },
    })
    expect([await balanceOf(asha), await balanceOf(asha, yen)]).toEqual([1_000, 0])
    const { legs } = await read(asha, `/transactions/${answer.body.id}`)
    expect(legs.map(({ system, amount, balance }: TransactionLeg) => [system, amount, balance])).toEqual([
      [undefined, -1_000, 0],
      ['exchange', 1_000, 0],
      ['exchange', -560.55, 0],
      [undefined, 560.55, 1_000],
    ])
  })

  it('is undone: a journal, every leg of it', async () => {
    await deposit(asha, 1_000)
    const id = await post(asha, {
      type: 'journal',
      legs: [
        { account_id: asha.id, amount: -1_000 },
        { account_id: fund, amount: 600 },
        { account_id: null, amount: 400 },
      ],
    })
    const answer = await reverse(asha, id)
    expect(answer).toMatchObject({
      status: 201,
      body: { account_id: asha.id, direction: 'in', amount: 1_000 },
    })
    expect([await balanceOf(asha), await balanceOf(asha, fund)]).toEqual([1_000, 0])
    const [newest] = await read(asha, `/transactions/account/${fund}?limit=1`)
    expect(newest.legs.map(({ amount }: TransactionLeg) => amount).toSorted()).toEqual([-400, -600, 1_000])
  })

  it('is undone now, whenever it happened', async () => {
    const before = Date.now()
    const id = await deposit(asha, 5, { effective_at: '2024-02-29T09:30:00Z' })
    const { effective_at: at } = (await reverse(asha, id)).body
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before - 1_000)
  })

  it('needs the money that would go', async () => {
    const id = await deposit(asha, 500)
    await post(asha, { type: 'withdrawal', amount: 1 })
    expect(await reverse(asha, id)).toMatchObject({ status: 422, body: { code: 'insufficient_funds' } })
    expect(await balanceOf(asha)).toBe(499)
    await deposit(asha, 1)
    expect((await reverse(asha, id)).status).toBe(201)
  })

  it('stays while the account that would pay is frozen, or one of them is closed', async () => {
    const [id, paid] = [await deposit(asha, 500, { account_id: fund }), await deposit(asha, 500)]
    const withdrawal = await post(asha, { type: 'withdrawal', amount: 5 })
    await setStatus(fund, 'frozen')
    expect((await reverse(asha, id)).body.code).toBe('account_frozen')
    await setStatus(fund, 'closed')
    expect((await reverse(asha, id)).body.code).toBe('account_closed')
    await setStatus(asha.id, 'frozen')
    expect((await reverse(asha, paid)).body.code).toBe('account_frozen')
    expect((await reverse(asha, withdrawal)).status).toBe(201)
  })
})

describe('a transfer from somebody else', () => {
  beforeEach(async () => {
    await deposit(asha, 500)
  })
  const send = (amount: number, more: object = {}) =>
    post(asha, { type: 'transfer', to_account: bela.id, amount, ...more })

  it('is returned by its recipient, and both sides see it', async () => {
    const id = await send(200, { counterparty: 'Bela', category: 'Gifts' })
    expect(await read(bela, `/transactions/${id}`)).toMatchObject({ reversible_as: 'return' })
    const answer = await reverse(bela, id, { note: 'Too much' })
    expect(answer).toMatchObject({
      status: 201,
      body: {
        type: 'reversal',
        reverses: id,
        account_id: bela.id,
        to_account: asha.id,
        direction: 'out',
        amount: 200,
        note: 'Too much',
        counterparty: null,
        category: null,
      },
    })
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([500, 0])
    for (const person of [asha, bela]) {
      expect((await read(person, '/transactions')).slice(0, 2)).toMatchObject([
        { id: answer.body.id, reverses: id },
        { id, reversed_by: answer.body.id },
      ])
      const { legs } = await read(person, `/transactions/${answer.body.id}`)
      expect(legs).toMatchObject([
        { account_id: person.id, amount: person === asha ? 200 : -200, balance: person === asha ? 500 : 0 },
      ])
    }
  })

  it('is told to both sides', async () => {
    const id = await send(200)
    const reversal = (await reverse(bela, id)).body.id
    const told = await services.database.admin`
      select owner_id, payload from events.outbox
      where type = 'transaction.posted' and payload ->> 'transaction_id' = ${reversal} order by payload ->> 'side'`
    expect(
      told.map(({ owner_id, payload }) => [owner_id, payload.side, payload.type, payload.is_out]),
    ).toEqual([
      [asha.id, 'received', 'reversal', true],
      [bela.id, 'sent', 'reversal', true],
    ])
    expect(told[0]?.payload).toMatchObject({ to_account: asha.id, to_account_balance_minor: '50000' })
    expect(told[1]?.payload.to_account_balance_minor ?? null).toBeNull()
  })

  it('is not undone by its sender', async () => {
    const id = await send(200)
    expect(await read(asha, `/transactions/${id}`)).toMatchObject({
      reversible_as: null,
      irreversible_because: 'What was sent to somebody else is theirs: only they can return it.',
    })
    expect(await reverse(asha, id)).toMatchObject({ status: 422, body: { code: 'not_reversible' } })
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([300, 200])
  })

  it('is returned from the account it came to, with what is there', async () => {
    const other = await open(bela, 'INR')
    const id = await post(asha, { type: 'transfer', to_account: other, amount: 200 })
    await deposit(bela, 1_000)
    await post(bela, { type: 'transfer', account_id: other, to_account: bela.id, amount: 1 })
    expect((await reverse(bela, id)).body.code).toBe('insufficient_funds')
    await post(bela, { type: 'transfer', account_id: bela.id, to_account: other, amount: 1 })
    expect((await reverse(bela, id)).body).toMatchObject({ account_id: other, to_account: asha.id })
  })

  it('is not returned to a closed account', async () => {
    const id = await post(asha, { type: 'transfer', to_account: bela.id, amount: 500 })
    await setStatus(asha.id, 'closed')
    expect((await reverse(bela, id)).body.code).toBe('account_closed')
  })

  it('once returned, is not returned again by anybody', async () => {
    const id = await send(200)
    const { body } = await reverse(bela, id)
    for (const person of [asha, bela])
      expect((await reverse(person, body.id)).body.code).toBe('not_reversible')
    expect((await reverse(bela, id)).body.code).toBe('already_reversed')
    expect((await reverse(asha, id)).body.code).toBe('not_reversible')
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([500, 0])
  })
})

describe('what stays', () => {
  it('is what somebody else posted, or nobody did: one 404 for all of it, kept under its key', async () => {
    const hers = await deposit(bela, 5)
    const ids = [hers, newId(), 'nonsense', '%00', asha.id]
    const answers = await Promise.all(ids.map((id) => reverse(asha, id)))
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 404))
    const reads = await Promise.all(ids.map((id) => call(asha, 'GET', `/transactions/${id}`)))
    expect(new Set([...answers, ...reads].map(({ text }) => text)).size).toBe(1)
    const [first, second] = [await reverse(asha, hers, {}, 'once'), await reverse(asha, hers, {}, 'once')]
    expect(second?.text).toBe(first?.text)
    expect(await balanceOf(bela)).toBe(5)
  })

  it('is what a bank’s statement says, and the balance it began with', async () => {
    const statement = await readFile(new URL('../../../e2e/fixtures/current-account.ofx', import.meta.url))
    const imported = await services.call('transaction', 'POST', '/transactions/import', {
      token: asha.token,
      body: new Uint8Array(statement),
      headers: { 'content-type': 'application/x-ofx' },
    })
    expect(imported.body.totals.posted).toBeGreaterThan(0)
    const rows = await read(asha, '/transactions')
    expect(rows.some(({ type }: { type: string }) => type === 'opening')).toBe(true)
    for (const { id } of rows) {
      expect(await reverse(asha, id)).toMatchObject({ status: 422, body: { code: 'not_reversible' } })
      expect(await read(asha, `/transactions/${id}`)).toMatchObject({ reversible_as: null })
    }
    expect(await read(asha, '/transactions')).toEqual(rows)
  })
})

describe('fault 10: parallel reversals', () => {
  it('of one deposit have one effect', async () => {
    await deposit(asha, 10_000)
    const id = await deposit(asha, 100)
    const answers = await Promise.all(Array.from({ length: 50 }, () => reverse(asha, id)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const { status, body } of answers.filter((answer) => answer.status !== 201))
      expect([status, body.code]).toEqual([422, 'already_reversed'])
    expect(await balanceOf(asha)).toBe(10_000)
  })

  it('of one transfer, each under a key of its own, have one effect, and stay answered so', async () => {
    await deposit(asha, 100)
    await deposit(bela, 10_000)
    const id = await post(asha, { type: 'transfer', to_account: bela.id, amount: 100 })
    const keys = Array.from({ length: 50 }, () => newId())
    const answers = await Promise.all(keys.map((key) => reverse(bela, id, {}, key)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'already_reversed')).toHaveLength(49)
    const again = await Promise.all(keys.map((key) => reverse(bela, id, {}, key)))
    expect(again.map(({ text }) => text)).toEqual(answers.map(({ text }) => text))
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([100, 10_000])
  })

  it('and other postings on the same accounts all end, and sum to zero', async () => {
    await deposit(asha, 1_000)
    await deposit(bela, 1_000)
    const ids = await Promise.all(
      Array.from({ length: 10 }, () => post(asha, { type: 'transfer', to_account: bela.id, amount: 10 })),
    )
    const answers = await Promise.all([
      ...ids.flatMap((id) => [reverse(bela, id), reverse(bela, id), reverse(asha, id)]),
      ...ids.map(() =>
        call(asha, 'POST', '/transactions', { type: 'transfer', to_account: bela.id, amount: 1 }),
      ),
      ...ids.map(() =>
        call(bela, 'POST', '/transactions', { type: 'transfer', to_account: asha.id, amount: 1 }),
      ),
    ])
    expect(answers.filter(({ status }) => ![201, 422].includes(status))).toEqual([])
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([1_000, 1_000])
  })

  it('cannot both be written, whatever the decision before them was', async () => {
    const id = await deposit(asha, 100)
    await reverse(asha, id)
    const insert = services.database.admin`
      insert into transaction.postings (id, account_id, amount_minor, posted_at, effective_at, type, is_out, reverses)
      values (${newId()}, ${asha.id}, 1, now(), now(), 'reversal', true, ${id})`
    await expect(insert).rejects.toMatchObject({ code: '23505' })
  })
})
