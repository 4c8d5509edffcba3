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

  it('does not count what was taken back, nor what took it back', async () => {
    await deposit(200_000)
    await deposit(1_000)
    expect(rulesOf(await score())).toEqual(['start', 'large_transaction'])
    const { body } = await post({ type: 'withdrawal', amount: 190_000 })
    expect(rulesOf(await score())).toContain('many_transactions')
    const undone = await services.call('transaction', 'POST', `/transactions/${body.id}/reversal`, {
      token: asha.token,
    })
    expect(undone.status).toBe(201)
    expect(rulesOf(await score())).toEqual(['start', 'large_transaction'])
  })

  it('does not count what was sent back to its sender', async () => {
    await services.call('transaction', 'POST', '/transactions', {
      token: bela.token,
      body: { type: 'deposit', amount: 900_000 },
    })
    const sent = await services.call('transaction', 'POST', '/transactions', {
      token: bela.token,
      body: { type: 'transfer', amount: 900_000, to_account: asha.id },
    })
    expect(rulesOf(await score())).toContain('large_transaction')
    await services.call('transaction', 'POST', `/transactions/${sent.body.id}/reversal`, {
      token: asha.token,
    })
    expect(rulesOf(await score())).toEqual(['start', 'low_balance'])
  })

  it('counts an exchange in the currency of each side, and a journal by what it did to each account', async () => {
    const open = async (currency: string): Promise<string> =>
      (
        await services.call('account', 'POST', '/accounts', {
          token: asha.token,
          body: { name: currency, type: 'savings', currency },
        })
      ).body.id
    const [yen, fund] = [await open('JPY'), await open('INR')]
    const aged = { effective_at: '2024-01-01T00:00:00Z' }
    await post({ type: 'deposit', amount: 1_000_000, account_id: yen, ...aged })
    await post({ type: 'deposit', amount: 1_000_000, ...aged })
    await post({ type: 'deposit', amount: 1_000_000, account_id: fund, ...aged })
    await post({ type: 'transfer', to_account: yen, amount: 600_000, to_amount: 9_000 })
    expect(rulesOf(await score())).toEqual(['start', 'large_transaction'])
    expect(rulesOf(await score(yen))).toEqual(['start'])
    await post({
      type: 'journal',
      legs: [
        { account_id: asha.id, amount: -300_000 },
        { account_id: fund, amount: 5 },
        { account_id: null, amount: 299_995 },
      ],
    })
    expect(rulesOf(await score(fund))).toEqual(['start'])
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
