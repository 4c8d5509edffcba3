// What a person has in all, and how one account's holdings did.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPortfolioService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    portfolio: buildPortfolioService,
  })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const get = (path: string) => services.call('portfolio', 'GET', path, { token: asha.token })
const add = (
  ticker: string,
  quantity: number,
  buy_price: number,
  current_price: number,
  extra: object = {},
) =>
  services.call('portfolio', 'POST', '/portfolio/holdings', {
    token: asha.token,
    body: { ticker, company_name: ticker, quantity, buy_price, current_price, ...extra },
  })
const deposit = (amount: number) =>
  services.call('transaction', 'POST', '/transactions', {
    token: asha.token,
    body: { type: 'deposit', amount },
  })

describe('GET /portfolio', () => {
  it('shows a newcomer zeros', async () => {
    const { status, body } = await get('/portfolio/')
    expect(status).toBe(200)
    expect(body.accounts).toMatchObject([{ id: asha.id, balance: 0 }])
    expect(body.totals).toEqual({
      net_worth: 0,
      cash: 0,
      holdings: 0,
      invested: 0,
      gain_loss: 0,
      currency: 'INR',
      other_currencies: [],
    })
    expect(body).toMatchObject({ holdings: [], next: null })
  })

  it('adds up what it shows, reflecting every write at once', async () => {
    await deposit(1_000.55)
    await add('A', 0.333333, 1500, 1400)
    await add('B', 3, 100.1, 200.2)
    const { body } = await get('/portfolio')
    expect(body.totals).toMatchObject({
      cash: 1_000.55,
      holdings: 1_067.27,
      invested: 800.3,
      gain_loss: 266.97,
      net_worth: 2_067.82,
    })
    await deposit(1)
    expect((await get('/portfolio')).body.totals.cash).toBe(1_001.55)
  })

  it('tells other currencies apart', async () => {
    await deposit(100)
    await add('AAPL', 2, 150, 200.5, { currency: 'USD' })
    expect((await get('/portfolio')).body.totals).toMatchObject({
      net_worth: 100,
      holdings: 0,
      other_currencies: [{ currency: 'USD', cash: 0, holdings: 401, net_worth: 401 }],
    })
  })

  it('pages through holdings, while the totals are of them all', async () => {
    for (const ticker of ['A', 'B', 'C']) await add(ticker, 1, 10, 10)
    const first = (await get('/portfolio?limit=2')).body
    expect(first.holdings.map(({ ticker }: { ticker: string }) => ticker)).toEqual(['C', 'B'])
    expect(first.totals.holdings).toBe(30)
    const second = (await get(`/portfolio?limit=2&cursor=${first.next}`)).body
    expect(second.holdings.map(({ ticker }: { ticker: string }) => ticker)).toEqual(['A'])
    expect(second.next).toBeNull()
  })
})

describe('GET /portfolio/summary/{account_id}', () => {
  it('is empty without holdings', async () => {
    expect((await get(`/portfolio/summary/${asha.id}`)).body).toMatchObject({
      total_portfolio_value: 0,
      total_invested: 0,
      total_gain_loss: 0,
      total_return_pct: 0,
      total_holdings: 0,
      best_performer: null,
      worst_performer: null,
    })
  })

  it('sums up the holdings and names the best and the worst', async () => {
    await add('GOOD', 10, 100, 150)
    await add('BAD', 10, 100, 50)
    await add('FLAT', 10, 100, 100)
    expect((await get(`/portfolio/summary/${asha.id}/`)).body).toMatchObject({
      total_portfolio_value: 3_000,
      total_invested: 3_000,
      total_gain_loss: 0,
      total_return_pct: 0,
      total_holdings: 3,
      best_performer: { ticker: 'GOOD', gain_loss_pct: 50 },
      worst_performer: { ticker: 'BAD', gain_loss_pct: -50 },
    })
  })
})
