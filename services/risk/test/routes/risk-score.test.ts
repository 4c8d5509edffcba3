// The live score: always there, reflecting every write at once, from live data only.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildRiskService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    risk: buildRiskService,
  })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  bela = await services.register('Bela')
})

const call = (method: string, path: string, body?: unknown, headers = {}) =>
  services.call('risk', method, path, { token: asha.token, body, headers })
const score = async (accountId = asha.id) => (await call('GET', `/risk/score/${accountId}`)).body
const post = (body: object) =>
  services.call('transaction', 'POST', '/transactions', { token: asha.token, body })
const deposit = (amount: number) => post({ type: 'deposit', amount })
const rulesOf = ({ contributions }: { contributions: { rule: string }[] }) =>
  contributions.map(({ rule }) => rule)

describe('GET /risk/score/{account_id}', () => {
  it('is there for a new account', async () => {
    const answer = await call('GET', `/risk/score/${asha.id}/`)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ account_id: asha.id, score: 20, alert_level: 'low' })
    expect(answer.body.flags).toEqual(['Your balance of ₹0.00 is below the ₹50,000.00 worth keeping.'])
    expect(answer.body.updated_at).toMatch(/Z$/)
  })

  it('reflects every transaction at once', async () => {
    await deposit(200_000)
    expect(rulesOf(await score())).toEqual(['start', 'large_transaction'])
    await deposit(1_000)
    expect((await score()).score).toBe(30)
    await post({ type: 'withdrawal', amount: 190_000 })
    const after = await score()
    expect(after).toMatchObject({ score: 55, alert_level: 'medium' })
    expect(rulesOf(after)).toEqual(['start', 'large_transaction', 'many_transactions', 'low_balance'])
  })

  it('keeps its id, and changes nothing when nothing changed', async () => {
    await deposit(200_000)
    const first = await score()
    expect(await score()).toEqual(first)
    await post({ type: 'withdrawal', amount: 190_000 })
    expect((await score()).id).toBe(first.id)
  })

  it('does not score a loan as an overdraft', async () => {
    const { body: loan } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Loan', type: 'loan' },
    })
    expect(await score(loan.id)).toMatchObject({ account_id: loan.id, score: 10, flags: [] })
  })

  it('gives 403 with one body for accounts that are not the caller’s', async () => {
    const paths = ['score', 'flags', 'notifications', 'history'].flatMap((name) =>
      [bela.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense', '..%2Fx'].map(
        (id) => `/risk/${name}/${id}`,
      ),
    )
    const answers = await Promise.all(paths.map((path) => call('GET', path)))
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 403))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })
})

describe('GET /risk/flags/{account_id}', () => {
  it('gives the flags of the score', async () => {
    expect((await call('GET', `/risk/flags/${asha.id}`)).body).toEqual({
      account_id: asha.id,
      flags: (await score()).flags,
    })
  })
})

describe('POST /risk/analyze', () => {
  it('ignores the figures in the body and an account that is not the caller’s', async () => {
    const body = {
      account_id: bela.id,
      current_balance: 10_000_000,
      recent_transactions: [{ amount: 9_000_000, created_at: new Date().toISOString() }],
    }
    const answer = await call('POST', '/risk/analyze', body)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ account_id: asha.id, score: 20 })
    expect((await call('POST', '/risk/analyze', {})).body.account_id).toBe(asha.id)
  })

  it('gives the first answer again for the same key', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await call('POST', '/risk/analyze', { account_id: asha.id }, headers)
    await deposit(100)
    expect((await call('POST', '/risk/analyze', { account_id: asha.id }, headers)).text).toBe(first.text)
  })
})

describe('GET /risk/history/{account_id}', () => {
  it('has a line for each change, the newest last', async () => {
    await score()
    await deposit(200_000)
    await score()
    await score()
    const { body } = await call('GET', `/risk/history/${asha.id}`)
    expect(body.map(({ score }: { score: number }) => score)).toEqual([20, 30])
    expect(body[1]).toMatchObject({ alert_level: 'low' })
  })
})
