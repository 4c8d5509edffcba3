// What a transaction does, and what is refused.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const post = (person: TestPerson, body: unknown, headers: Record<string, string> = {}) =>
  services.call('transaction', 'POST', '/transactions/', { token: person.token, body, headers })
const balanceOf = async (person: TestPerson): Promise<number> =>
  (await services.call('account', 'GET', `/accounts/${person.id}`, { token: person.token })).body.balance

describe('POST /transactions', () => {
  it('posts a deposit and shows it in the balance at once', async () => {
    const answer = await post(asha, { account_id: asha.id, type: 'deposit', amount: 1234.5, note: 'Salary' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      account_id: asha.id,
      type: 'deposit',
      amount: 1234.5,
      note: 'Salary',
      to_account: null,
    })
    expect(await balanceOf(asha)).toBe(1234.5)
  })

  it('refuses an overdraft, and moves nothing', async () => {
    await post(asha, { type: 'deposit', amount: 100 })
    const answer = await post(asha, { type: 'withdrawal', amount: '100.01' })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({ code: 'insufficient_funds', status: 422 })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await balanceOf(asha)).toBe(100)
  })

  it('moves money between two people, and shows it to both', async () => {
    const bela = await services.register('Bela')
    await post(asha, { type: 'deposit', amount: 500 })
    const answer = await post(asha, { type: 'transfer', amount: 200.25, to_account: bela.id })
    expect(answer.status).toBe(201)
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([299.75, 200.25])
    const received = await services.call('transaction', 'GET', '/transactions?limit=5', { token: bela.token })
    expect(received.body).toHaveLength(1)
    expect(received.body[0]).toMatchObject({ account_id: asha.id, to_account: bela.id, amount: 200.25 })
  })

  it.each([
    [{ type: 'deposit', amount: 0 }, 400],
    [{ type: 'deposit', amount: -1 }, 400],
    [{ type: 'deposit', amount: '0.001' }, 400],
    [{ type: 'deposit', amount: 'NaN' }, 400],
    [{ type: 'deposit', amount: '9223372036854775808' }, 400],
    [{ type: 'deposit' }, 400],
    [{ type: 'mint', amount: 5 }, 400],
    [{ type: 'transfer', amount: 5 }, 400],
    [{ type: 'transfer', amount: 5, to_account: '00000000-0000-7000-8000-000000000000' }, 404],
    [{ type: 'transfer', amount: 5, to_account: 'nobody' }, 404],
  ])('refuses %j with %i', async (body, status) => {
    const answer = await post(asha, body)
    expect(answer.status).toBe(status)
    expect(answer.body.code).toBeTypeOf('string')
    expect(await balanceOf(asha)).toBe(0)
  })

  it('refuses a number no double can hold', async () => {
    const answer = await post(asha, '{"type":"deposit","amount":1e400}')
    expect(answer.status).toBe(400)
  })

  it('refuses a transfer to the account it comes from', async () => {
    const answer = await post(asha, { type: 'transfer', amount: 5, to_account: asha.id })
    expect(answer).toMatchObject({ status: 422, body: { code: 'same_account' } })
  })

  it('ignores an account that is not the caller’s and uses the primary one', async () => {
    const bela = await services.register('Bela')
    const answer = await post(asha, { account_id: bela.id, type: 'deposit', amount: 10 })
    expect(answer.body.account_id).toBe(asha.id)
    expect(await balanceOf(bela)).toBe(0)
  })

  it('answers a repeated key with the first answer, byte for byte, and posts once', async () => {
    const headers = { 'idempotency-key': 'salary-october' }
    const first = await post(asha, { type: 'deposit', amount: 10 }, headers)
    const second = await post(asha, { type: 'deposit', amount: 10 }, headers)
    expect(second.text).toBe(first.text)
    expect(await balanceOf(asha)).toBe(10)
    const other = await post(asha, { type: 'deposit', amount: 11 }, headers)
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  })

  it('keeps a refusal refused under its key, even after a top-up', async () => {
    const headers = { 'idempotency-key': 'rent' }
    const refused = await post(asha, { type: 'withdrawal', amount: 10 }, headers)
    await post(asha, { type: 'deposit', amount: 100 })
    const repeated = await post(asha, { type: 'withdrawal', amount: 10 }, headers)
    expect(repeated.text).toBe(refused.text)
    expect(repeated.status).toBe(422)
    expect(await balanceOf(asha)).toBe(100)
  })

  it('gives fifty parallel posts with one key one effect', async () => {
    const headers = { 'idempotency-key': 'parallel' }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(asha, { type: 'deposit', amount: 3 }, headers)),
    )
    expect(new Set(answers.map(({ status }) => status)).difference(new Set([201, 409])).size).toBe(0)
    expect(answers.some(({ status }) => status === 201)).toBe(true)
    expect(await balanceOf(asha)).toBe(3)
  })

  it('never lets concurrent withdrawals take more than there is', async () => {
    await post(asha, { type: 'deposit', amount: 10 })
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => post(asha, { type: 'withdrawal', amount: 1 })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(await balanceOf(asha)).toBe(0)
  })

  it('lets crossing transfers through without a deadlock', async () => {
    const bela = await services.register('Bela')
    await post(asha, { type: 'deposit', amount: 100 })
    await post(bela, { type: 'deposit', amount: 100 })
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0
          ? post(asha, { type: 'transfer', amount: 1, to_account: bela.id })
          : post(bela, { type: 'transfer', amount: 1, to_account: asha.id }),
      ),
    )
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([100, 100])
  })
})
