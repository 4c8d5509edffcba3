// The risk service's calls: the original's rules, from live data.
import { expect } from 'vitest'
import { eventually, expectProblem, timestamp, uuidv7 } from '../expectations.ts'
import type { FinTwin } from '../fintwin.ts'
import { deposit, newPerson, openAccount, type Person, simulate } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('risk', { waitTogether: true })

const score = async (person: Person, id = person.id) => (await person.get(`/risk/score/${id}`)).body

/** A balance that was there the day before, so that it is no recent transaction. */
async function personWith(fintwin: FinTwin, balance: number): Promise<Person> {
  const asha = await newPerson(fintwin)
  await deposit(asha, balance, { effective_at: new Date(Date.now() - 3 * 86_400_000).toISOString() })
  return asha
}

line('score', 'with the level of the number', async (fintwin) => {
  const asha = await personWith(fintwin, 200_000)
  const answer = await asha.get(`/risk/score/${asha.id}`)
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({
    id: expect.stringMatching(uuidv7),
    account_id: asha.id,
    score: 10,
    alert_level: 'low',
    flags: [],
    updated_at: expect.stringMatching(timestamp),
  })
})

line('score-always', 'for a new person and a new account, without an analysis', async (fintwin) => {
  const asha = await newPerson(fintwin)
  expect(await score(asha)).toMatchObject({ account_id: asha.id, score: 20 })
  const second = await openAccount(asha, { type: 'portfolio' })
  expect(await score(asha, second)).toMatchObject({ account_id: second, score: 20 })
})

line('flags', 'the score’s', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { status, body } = await asha.get(`/risk/flags/${asha.id}`)
  expect(status).toBe(200)
  expect(body).toEqual({ account_id: asha.id, flags: (await score(asha)).flags })
  expect(body.flags).toHaveLength(1)
  expect(body.flags[0]).toBeTypeOf('string')
})

line('analyze', 'whatever the client claims to have', async (fintwin) => {
  const asha = await personWith(fintwin, 200_000)
  const claims = [
    {
      current_balance: -5,
      recent_transactions: Array.from({ length: 9 }, () => ({ amount: 1e9, type: 'withdrawal' })),
    },
    { current_balance: 1e12, recent_transactions: [] },
    { current_balance: 'x', recent_transactions: 'y' },
    {},
  ]
  for (const claim of claims) {
    const answer = await asha.post('/risk/analyze', { account_id: asha.id, ...claim })
    expect(answer).toMatchObject({
      status: 200,
      body: { account_id: asha.id, score: 10, alert_level: 'low', flags: [] },
    })
  }
})

line('notices', 'risks, alerts and infos across the services', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 1000)
  await simulate(asha, { amount: 5000 })
  const notices = await eventually(async () => {
    const { status, body } = await asha.get(`/risk/notifications/${asha.id}`)
    expect(status).toBe(200)
    expect(new Set(body.map(({ type }: { type: string }) => type))).toEqual(
      new Set(['Risk', 'Alert', 'Info']),
    )
    return body
  })
  for (const notice of notices) {
    expect(notice).toEqual({
      message: expect.stringMatching(/\S/),
      type: expect.stringMatching(/^(Risk|Alert|Info)$/),
    })
  }
  const bela = await newPerson(fintwin)
  expectProblem(await bela.get(`/risk/notifications/${asha.id}`), 403)
})

line('notices-normal', 'one Info', async (fintwin) => {
  const asha = await personWith(fintwin, 200_000)
  await eventually(async () => {
    await asha.put(`/notifications/read-all/${asha.id}`)
    const { body } = await asha.get(`/risk/notifications/${asha.id}`)
    expect(body).toEqual([{ message: expect.stringMatching(/normal/i), type: 'Info' }])
  })
})

line('rule-start', 'nothing speaks', async (fintwin) => {
  expect((await score(await personWith(fintwin, 200_000))).score).toBe(10)
})

line('rule-large', 'above half, not at half', async (fintwin) => {
  const asha = await personWith(fintwin, 300_000)
  await asha.post('/transactions/', { type: 'withdrawal', amount: 100_000 })
  expect((await score(asha)).score).toBe(10)
  const bela = await personWith(fintwin, 300_000)
  await bela.post('/transactions/', { type: 'withdrawal', amount: 100_001 })
  const scored = await score(bela)
  expect(scored).toMatchObject({ score: 30 })
  expect(scored.flags).toHaveLength(1)
})

line('rule-many', 'the third within the hour', async (fintwin) => {
  const asha = await personWith(fintwin, 300_000)
  const scores = []
  for (let count = 1; count <= 4; count += 1) {
    await asha.post('/transactions/', { type: 'withdrawal', amount: 1 })
    scores.push((await score(asha)).score)
  }
  expect(scores).toEqual([10, 10, 25, 25])
})

line('rule-low', 'below 50,000, not at it', async (fintwin) => {
  expect((await score(await personWith(fintwin, 50_000))).score).toBe(10)
  expect((await score(await personWith(fintwin, 49_999.99))).score).toBe(20)
})

line('rule-negative', 'an overdrawn current account', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const current = await openAccount(asha, { type: 'current', overdraft_limit: 500 })
  await asha.post('/transactions/', { account_id: current, type: 'withdrawal', amount: 400 })
  // 10 + a transaction above half the balance + low + below zero.
  expect(await score(asha, current)).toMatchObject({ score: 65, alert_level: 'high' })
})
