// Once a write has answered, every read reflects it.
import { expect } from 'vitest'
import { eventually } from '../expectations.ts'
import { addHolding, balanceOf, deposit, newPerson, openAccount, simulate } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('reads', { waitTogether: true })

line(
  'balances',
  'each of twenty writes is in the balance at once, the sender’s and the recipient’s',
  async (fintwin) => {
    const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin, 'Bela Shah')])
    for (let count = 1; count <= 10; count += 1) {
      await deposit(asha, 10)
      expect(await balanceOf(asha)).toBe(9 * count + 1)
      await asha.post('/transactions/', { type: 'transfer', amount: 1, to_account: bela.id })
      const lists = await Promise.all([asha.get('/accounts/'), bela.get('/accounts/')])
      expect(lists.map(({ body }) => body[0].balance)).toEqual([9 * count, count])
    }
  },
)

line('lists', 'transactions, accounts, holdings and history', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const posted = (await deposit(asha, 10)).body.id
  expect((await asha.get('/transactions/')).body[0].id).toBe(posted)
  const account = await openAccount(asha)
  expect((await asha.get('/accounts/')).body.at(-1).id).toBe(account)
  const holding = await addHolding(asha)
  expect((await asha.get(`/portfolio/holdings/${asha.id}`)).body[0].id).toBe(holding)
  await asha.delete(`/portfolio/holdings/${holding}`)
  expect((await asha.get(`/portfolio/holdings/${asha.id}`)).body).toEqual([])
  const simulation = (await simulate(asha)).body.id
  expect((await asha.get(`/simulate/history/${asha.id}`)).body[0].id).toBe(simulation)
  await asha.delete(`/simulate/history/${asha.id}`)
  expect((await asha.get(`/simulate/history/${asha.id}`)).body).toEqual([])
})

line('simulations', 'each starts from the balance that was just written', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (let count = 1; count <= 5; count += 1) {
    await deposit(asha, 1000)
    expect((await simulate(asha)).body.current_balance).toBe(1000 * count)
  }
})

line('risk', 'score, flags and notices follow the balance', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const scores = [(await asha.get(`/risk/score/${asha.id}`)).body.score]
  await deposit(asha, 200_000)
  scores.push((await asha.get(`/risk/score/${asha.id}`)).body.score)
  await asha.post('/transactions/', { type: 'withdrawal', amount: 190_000 })
  scores.push((await asha.get(`/risk/score/${asha.id}`)).body.score)
  // 10 + low balance; 10 + a transaction above half the balance; 10 + both.
  expect(scores).toEqual([20, 30, 40])
})

line('counts', 'reading and deleting notifications is counted at once', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 100_000)
  const listed = await eventually(async () => {
    const { body } = await asha.get('/notifications/')
    expect(body.length).toBeGreaterThan(0)
    return body
  })
  const count = async () => (await asha.get(`/notifications/count/${asha.id}`)).body
  const before = await count()
  await asha.put(`/notifications/read/${listed[0].id}`)
  expect((await count()).unread).toBe(before.unread - 1)
  await asha.delete(`/notifications/${listed[0].id}`)
  expect((await count()).total).toBe(before.total - 1)
  await asha.put(`/notifications/read-all/${asha.id}`)
  expect((await count()).unread).toBe(0)
})

line('portfolio', 'totals follow cash and holdings', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 500)
  const holding = await addHolding(asha, { quantity: 3, buy_price: 100, current_price: 110 })
  const totals = async () => (await asha.get('/portfolio/')).body.totals
  expect(await totals()).toMatchObject({
    cash: 500,
    holdings: 330,
    invested: 300,
    gain_loss: 30,
    net_worth: 830,
  })
  await asha.put(`/portfolio/holdings/${holding}`, { current_price: 90.5 })
  expect(await totals()).toMatchObject({ holdings: 271.5, gain_loss: -28.5, net_worth: 771.5 })
  await asha.post('/transactions/', { type: 'withdrawal', amount: 0.5 })
  expect(await totals()).toMatchObject({ cash: 499.5, net_worth: 771 })
})

line('notifications-within-5s', 'a deposit is told of within five seconds', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await eventually(async () => expect((await asha.get(`/notifications/count/${asha.id}`)).status).toBe(200))
  const before = (await asha.get(`/notifications/count/${asha.id}`)).body.total
  await deposit(asha, 321)
  await eventually(async () => {
    expect((await asha.get(`/notifications/count/${asha.id}`)).body.total).toBeGreaterThan(before)
    expect((await asha.get('/notifications/')).text).toContain('321')
  })
})
