// The twin service's calls: the quick simulation keeps the original's arithmetic.
import { expect } from 'vitest'
import { expectProblem, timestamp, uuidv7 } from '../expectations.ts'
import type { FinTwin } from '../fintwin.ts'
import { deposit, newPerson, type Person, simulate } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('twin')

async function personWith(fintwin: FinTwin, balance: number | string): Promise<Person> {
  const asha = await newPerson(fintwin)
  await deposit(asha, balance)
  return asha
}

line('simulate', 'with and without the slash', async (fintwin) => {
  const asha = await personWith(fintwin, 200_000)
  const body = { account_id: asha.id, scenario: 'withdrawal', amount: 20_000, current_balance: 1 }
  for (const path of ['/simulate', '/simulate/']) {
    const answer = await asha.post(path, body)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      account_id: asha.id,
      scenario: 'withdrawal',
      amount: 20_000,
      current_balance: 200_000,
      virtual_balance: 180_000,
      risk_score: 10,
      alert_level: 'low',
      recommendation: expect.stringMatching(/\S/),
    })
    expect(answer.body.flags).toBeInstanceOf(Array)
    for (const flag of answer.body.flags) expect(flag).toBeTypeOf('string')
  }
})

line('scenarios', 'three, and no other; the amount is needed', async (fintwin) => {
  const asha = await personWith(fintwin, 1000)
  const outcomes = { withdrawal: 990, deposit: 1010, rate_change: 1100 }
  for (const [scenario, virtual_balance] of Object.entries(outcomes)) {
    expect((await simulate(asha, { scenario, amount: 10 })).body).toMatchObject({
      scenario,
      amount: 10,
      virtual_balance,
    })
  }
  for (const body of [
    { scenario: 'meteor', amount: 1 },
    { scenario: 'deposit' },
    { scenario: 'deposit', amount: 'much' },
    { amount: 1 },
  ]) {
    expectProblem(await asha.post('/simulate', { account_id: asha.id, ...body }), 400)
  }
})

line('not-yours', 'nothing is simulated', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  expectProblem(await asha.post('/simulate', { account_id: bela.id, scenario: 'deposit', amount: 1 }), 403)
})

line('nothing-moves', 'balances, transactions and risk before and after', async (fintwin) => {
  const asha = await personWith(fintwin, 90_000)
  const live = async () => {
    const paths = ['/accounts/', '/transactions/', `/risk/flags/${asha.id}`, '/portfolio/']
    return Promise.all(paths.map(async (path) => (await asha.get(path)).text))
  }
  await asha.get(`/risk/score/${asha.id}`)
  const before = await live()
  for (const scenario of ['withdrawal', 'deposit', 'rate_change'])
    await simulate(asha, { scenario, amount: 88_000 })
  expect(await live()).toEqual(before)
})

line('history', 'of twelve, the newest ten, newest first', async (fintwin) => {
  const asha = await personWith(fintwin, 1000)
  for (let amount = 1; amount <= 12; amount += 1) await simulate(asha, { amount })
  const { status, body } = await asha.get(`/simulate/history/${asha.id}`)
  expect(status).toBe(200)
  expect(body.map(({ amount }: { amount: number }) => amount)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
})

const pastShape = (asha: Person, id: string) => ({
  id,
  account_id: asha.id,
  scenario: 'withdrawal',
  amount: 100,
  before_balance: 1000,
  after_balance: 900,
  risk_score: 30,
  alert_level: 'low',
  recommendation: expect.stringMatching(/\S/),
  created_at: expect.stringMatching(timestamp),
})

line('history-shape', 'in the list', async (fintwin) => {
  const asha = await personWith(fintwin, 1000)
  const { id } = (await simulate(asha)).body
  expect(id).toMatch(uuidv7)
  expect((await asha.get(`/simulate/history/${asha.id}`)).body).toMatchObject([pastShape(asha, id)])
})

line('history-delete', 'all of it, also beyond the ten', async (fintwin) => {
  const asha = await personWith(fintwin, 1000)
  for (let amount = 1; amount <= 12; amount += 1) await simulate(asha, { amount })
  const answer = await asha.delete(`/simulate/history/${asha.id}`)
  expect(answer).toMatchObject({
    status: 200,
    body: { message: expect.stringMatching(/\S/), deleted_count: 12 },
  })
  expect((await asha.get(`/simulate/history/${asha.id}`)).body).toEqual([])
  expect((await asha.delete(`/simulate/history/${asha.id}`)).body.deleted_count).toBe(0)
})

line('detail', 'the same shape', async (fintwin) => {
  const asha = await personWith(fintwin, 1000)
  const { id } = (await simulate(asha)).body
  expect((await asha.get(`/simulate/history/detail/${id}`)).body).toMatchObject(pastShape(asha, id))
})

line('detail-delete', 'that one and no other', async (fintwin) => {
  const asha = await personWith(fintwin, 1000)
  const [first, second] = [(await simulate(asha)).body.id, (await simulate(asha)).body.id]
  const answer = await asha.delete(`/simulate/history/detail/${first}`)
  expect(answer).toMatchObject({ status: 200, body: { message: expect.stringMatching(/\S/) } })
  expectProblem(await asha.get(`/simulate/history/detail/${first}`), 404)
  expectProblem(await asha.delete(`/simulate/history/detail/${first}`), 404)
  expect((await asha.get(`/simulate/history/detail/${second}`)).status).toBe(200)
})

line('rate-change', 'up, down, by fractions, to nothing; exact to the paisa', async (fintwin) => {
  const asha = await personWith(fintwin, '123456.78')
  const cases: [number | string, number][] = [
    [10, 135_802.46],
    [-10, 111_111.1],
    [0.5, 124_074.06],
    ['-2.5', 120_370.36],
    [-100, 0],
  ]
  for (const [amount, virtual_balance] of cases) {
    expect(
      (await simulate(asha, { scenario: 'rate_change', amount })).body.virtual_balance,
      String(amount),
    ).toBe(virtual_balance)
  }
})

/** Scores by the original's arithmetic: 10, +30 above half the balance, +20 below ₹50,000, +40 below zero, at most 100. */
const scores: [
  line: 'score-start' | 'score-large' | 'score-low' | 'score-negative' | 'score-cap',
  what: string,
  balance: number,
  scenario: string,
  amount: number,
  score: number,
][] = [
  ['score-start', 'a small withdrawal from plenty', 200_000, 'withdrawal', 100, 10],
  ['score-start', 'a small deposit to plenty', 200_000, 'deposit', 100, 10],
  ['score-start', 'a small rate change of plenty', 200_000, 'rate_change', 5, 10],
  ['score-large', 'exactly half is not more than half', 200_000, 'withdrawal', 100_000, 10],
  ['score-large', 'a rupee more than half', 200_000, 'withdrawal', 100_001, 40],
  ['score-large', 'also of a deposit', 200_000, 'deposit', 150_000, 40],
  ['score-low', 'exactly the threshold is not below it', 80_000, 'withdrawal', 30_000, 10],
  ['score-low', 'a rupee below the threshold', 80_000, 'withdrawal', 30_001, 30],
  ['score-low', 'and more than half', 80_000, 'withdrawal', 60_000, 60],
  ['score-low', 'by a rate change', 52_000, 'rate_change', -10, 30],
  ['score-negative', 'exactly zero is not below zero', 10_000, 'withdrawal', 10_000, 60],
  ['score-negative', 'a rupee below zero', 10_000, 'withdrawal', 10_001, 100],
  ['score-cap', 'all rules together', 1_000, 'withdrawal', 1_000_000, 100],
]

for (const [id, what, balance, scenario, amount, score] of scores) {
  line(id, what, async (fintwin) => {
    const asha = await personWith(fintwin, balance)
    expect((await simulate(asha, { scenario, amount })).body).toMatchObject({ risk_score: score })
  })
}

ownLine('score-threshold', '1,000 instead', 'needs LOW_BALANCE_THRESHOLD', async (start) => {
  const asha = await personWith(await start({ LOW_BALANCE_THRESHOLD: '1000' }), 10_000)
  expect((await simulate(asha, { amount: 100 })).body.risk_score).toBe(10)
  expect((await simulate(asha, { amount: 9_500 })).body.risk_score).toBe(60)
})

line('score-threshold', '₹50,000 by default', async (fintwin) => {
  const asha = await personWith(fintwin, 60_000)
  expect((await simulate(asha, { amount: 10_000 })).body.risk_score).toBe(10)
  expect((await simulate(asha, { amount: 10_001 })).body.risk_score).toBe(30)
})

line('levels', 'at 10, 30, 40, 60 and 100', async (fintwin) => {
  const levels: [number, number, number, string][] = [
    [200_000, 1, 10, 'low'],
    [40_000, 1, 30, 'low'],
    [200_000, 120_000, 40, 'medium'],
    [80_000, 60_000, 60, 'medium'],
    [10_000, 20_000, 100, 'high'],
  ]
  for (const [balance, amount, risk_score, alert_level] of levels) {
    const asha = await personWith(fintwin, balance)
    expect((await simulate(asha, { amount })).body).toMatchObject({ risk_score, alert_level })
  }
})
