// The portfolio service's calls.
import { expect } from 'vitest'
import { expectProblem, timestamp, uuidv7 } from '../expectations.ts'
import { addHolding, deposit, newPerson, openAccount } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('portfolio')

const holding = {
  ticker: 'TCS',
  company_name: 'Tata Consultancy Services',
  quantity: 2.5,
  buy_price: 100,
  current_price: 110.5,
}

line('all', 'what a person has in all', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const second = await openAccount(asha)
  await deposit(asha, 1000)
  await deposit(asha, 24.5, { account_id: second })
  await addHolding(asha, holding)
  const answer = await asha.get('/portfolio/')
  expect(answer.status).toBe(200)
  expect(
    answer.body.accounts.map(({ id, balance }: { id: string; balance: number }) => [id, balance]),
  ).toEqual([
    [asha.id, 1000],
    [second, 24.5],
  ])
  expect(answer.body.holdings).toMatchObject([{ ticker: 'TCS', current_value: 276.25 }])
  expect(answer.body.totals).toMatchObject({
    net_worth: 1300.75,
    cash: 1024.5,
    holdings: 276.25,
    invested: 250,
    gain_loss: 26.25,
    currency: 'INR',
  })
  expect(answer.body.next).toBeNull()
})

line('all-pages', 'five holdings in pages of two', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const ticker of ['A', 'B', 'C', 'D', 'E']) await addHolding(asha, { ...holding, ticker })
  const tickers: string[] = []
  for (let next: string | null | undefined = ''; typeof next === 'string'; ) {
    const {
      body,
    }: { body: { holdings: { ticker: string }[]; totals: { holdings: number }; next: string | null } } =
      await asha.get(`/portfolio/?limit=2${next && `&cursor=${encodeURIComponent(next)}`}`)
    tickers.push(...body.holdings.map(({ ticker }) => ticker))
    expect(body.totals.holdings).toBe(1381.25)
    next = body.next
  }
  expect(tickers.toSorted()).toEqual(['A', 'B', 'C', 'D', 'E'])
})

line('summary', 'holdings only, cash left out', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 999)
  await addHolding(asha, { quantity: 10, buy_price: 100, current_price: 150 })
  await addHolding(asha, { ticker: 'INFY', quantity: 4, buy_price: 250, current_price: 200 })
  const { status, body } = await asha.get(`/portfolio/summary/${asha.id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    total_portfolio_value: 2300,
    total_invested: 2000,
    total_gain_loss: 300,
    total_return_pct: 15,
    total_holdings: 2,
  })
})

line('summary-performers', 'the best, the worst, and none', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const read = async () => (await asha.get(`/portfolio/summary/${asha.id}`)).body
  expect(await read()).toMatchObject({
    total_holdings: 0,
    total_portfolio_value: 0,
    total_return_pct: 0,
    best_performer: null,
    worst_performer: null,
  })
  await addHolding(asha, { ticker: 'UP', buy_price: 100, current_price: 150 })
  await addHolding(asha, { ticker: 'DOWN', buy_price: 100, current_price: 80 })
  await addHolding(asha, { ticker: 'FLAT', buy_price: 100, current_price: 100 })
  expect(await read()).toMatchObject({
    best_performer: { ticker: 'UP', gain_loss_pct: 50 },
    worst_performer: { ticker: 'DOWN', gain_loss_pct: -20 },
  })
})

const shape = (accountId: string) => ({
  id: expect.stringMatching(uuidv7),
  account_id: accountId,
  ...holding,
  current_value: 276.25,
  invested_value: 250,
  gain_loss: 26.25,
  gain_loss_pct: 10.5,
  created_at: expect.stringMatching(timestamp),
  updated_at: expect.stringMatching(timestamp),
})

line('holdings', 'of one own account', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const second = await openAccount(asha, { type: 'portfolio' })
  await addHolding(asha, holding)
  await addHolding(asha, { ...holding, account_id: second })
  for (const id of [asha.id, second]) {
    expect((await asha.get(`/portfolio/holdings/${id}`)).body).toMatchObject([shape(id)])
  }
})

line('add', 'the caller’s, whatever account is named', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const answer = await asha.post('/portfolio/holdings', { ...holding, account_id: bela.id, user_id: bela.id })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject(shape(asha.id))
  expect((await bela.get(`/portfolio/holdings/${bela.id}`)).body).toEqual([])
})

line('add-positive', 'each figure, one by one', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const member of ['quantity', 'buy_price', 'current_price']) {
    for (const value of [0, -1, '0', 'x', null, undefined, '1e400']) {
      expectProblem(await asha.post('/portfolio/holdings', { ...holding, [member]: value }), 400)
    }
  }
  for (const member of ['ticker', 'company_name']) {
    for (const value of ['', ' ', null, undefined]) {
      expectProblem(await asha.post('/portfolio/holdings', { ...holding, [member]: value }), 400)
    }
  }
  expect((await asha.get(`/portfolio/holdings/${asha.id}`)).body).toEqual([])
})

line('add-ticker', 'and trimmed', async (fintwin) => {
  const asha = await newPerson(fintwin)
  expect((await asha.post('/portfolio/holdings', { ...holding, ticker: ' tcs ' })).body.ticker).toBe('TCS')
})

line('reprice', 'value and gain follow; nothing else changes', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const id = await addHolding(asha, holding)
  const answer = await asha.put(`/portfolio/holdings/${id}`, {
    current_price: 90,
    quantity: 99,
    buy_price: 1,
    ticker: 'X',
  })
  expect(answer).toMatchObject({
    status: 200,
    body: {
      ...shape(asha.id),
      id,
      current_price: 90,
      current_value: 225,
      gain_loss: -25,
      gain_loss_pct: -10,
    },
  })
  for (const current_price of [0, -1, 'x', undefined]) {
    expectProblem(await asha.put(`/portfolio/holdings/${id}`, { current_price }), 400)
  }
})

line('delete', 'once', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const id = await addHolding(asha, holding)
  expect(await asha.delete(`/portfolio/holdings/${id}`)).toMatchObject({
    status: 200,
    body: { message: expect.stringMatching(/\S/) },
  })
  expectProblem(await asha.delete(`/portfolio/holdings/${id}`), 404)
  expect((await asha.get('/portfolio/')).body.holdings).toEqual([])
})
