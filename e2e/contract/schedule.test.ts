// The transaction service's calls about what is posted later.
import { expect } from 'vitest'
import { eventually, expectProblem, timestamp, unknownId, uuidv7 } from '../expectations.ts'
import { balanceOf, deposit, newPerson, openAccount, type Person } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('schedule')

const path = '/transactions/schedules'
const dayMs = 86_400_000
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

const payment = {
  type: 'withdrawal',
  amount: 100,
  frequency: 'weekly',
  start_on: inDays(3),
  time_zone: 'UTC',
}

async function plan(person: Person, change: object = {}) {
  const answer = await person.post(path, { ...payment, ...change })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

const datesOf = (schedule: { upcoming: { due_on: string }[] }, count = 4): string[] =>
  schedule.upcoming.slice(0, count).map(({ due_on }) => due_on)

/** Waits for what the worker does with today's date. */
const lastOf = (person: Person, id: string) =>
  eventually(async () => {
    const { body } = await person.get(`${path}/${id}`)
    expect(body.last).not.toBeNull()
    return body.last
  })

line('plan', 'with all that was sent, and twelve dates', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const second = await openAccount(asha)
  const schedule = await plan(asha, {
    account_id: second,
    note: 'Rent',
    counterparty: 'Landlord',
    category: 'Home',
  })
  expect(schedule).toMatchObject({
    id: expect.stringMatching(uuidv7),
    state: 'active',
    account_id: second,
    amount: 100,
    note: 'Rent',
    counterparty: 'Landlord',
    category: 'Home',
    next_on: inDays(3),
    created_at: expect.stringMatching(timestamp),
  })
  expect(schedule.upcoming).toHaveLength(12)
  expectProblem(await asha.post(path, { ...payment, start_on: inDays(-3) }), 400, 'malformed_request')
  expectProblem(await asha.post(path, { ...payment, amount: '1.001' }), 400, 'invalid_amount')
  expectProblem(await asha.post(path, { ...payment, type: 'transfer' }), 400, 'missing_recipient')
  expectProblem(await asha.post(path, { ...payment, type: 'transfer', to_account: unknownId }), 404)
})

line('forced-sender', 'another’s, an unknown one, and no id', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  for (const account_id of [bela.id, unknownId, 'x', 7])
    expect((await plan(asha, { account_id })).account_id).toBe(asha.id)
})

line('rule', 'each frequency', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const rules: [object, string[]][] = [
    [{ frequency: 'once', start_on: '2090-01-31' }, ['2090-01-31']],
    [
      { frequency: 'daily', interval: 10, start_on: '2092-02-20' },
      ['2092-02-20', '2092-03-01', '2092-03-11'],
    ],
    [
      { frequency: 'weekly', interval: 2, start_on: '2090-01-31' },
      ['2090-01-31', '2090-02-14', '2090-02-28'],
    ],
    [
      { frequency: 'monthly', day_of_month: 31, start_on: '2090-01-01' },
      ['2090-01-31', '2090-02-28', '2090-03-31'],
    ],
    [
      { frequency: 'monthly', day_of_month: 'last', start_on: '2092-02-01' },
      ['2092-02-29', '2092-03-31', '2092-04-30'],
    ],
  ]
  for (const [rule, dates] of rules) expect(datesOf(await plan(asha, rule), 3)).toEqual(dates)
})

line('business-days', 'each of the four', async (fintwin) => {
  const asha = await newPerson(fintwin)
  // 2090-04-30 is a Sunday, and the end of its month.
  const monthEnd = { frequency: 'monthly', day_of_month: 'last', start_on: '2090-04-01' }
  for (const [business_days, moved] of [
    ['none', '2090-04-30'],
    ['following', '2090-05-01'],
    ['preceding', '2090-04-28'],
    ['modified_following', '2090-04-28'],
  ]) {
    const schedule = await plan(asha, { ...monthEnd, business_days })
    expect(datesOf(schedule, 2)).toEqual([moved, '2090-05-31'])
    expect(schedule.upcoming[0].date).toBe('2090-04-30')
  }
})

line('end', 'a day, a number, and not both', async (fintwin) => {
  const asha = await newPerson(fintwin)
  expect(datesOf(await plan(asha, { end_on: inDays(10) }))).toEqual([inDays(3), inDays(10)])
  expect(await plan(asha, { count: 1 })).toMatchObject({
    count: 1,
    remaining: 1,
    upcoming: [{ date: inDays(3) }],
  })
  expectProblem(await asha.post(path, { ...payment, count: 1, end_on: inDays(10) }), 400)
})

line('list', 'one’s own, newest first', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const [first, second] = [await plan(asha), await plan(asha, { amount: 5 })]
  await plan(bela)
  expect((await asha.get(`${path}/`)).body).toEqual([second, first])
  expect((await asha.get(`${path}/${first.id}`)).body).toEqual(first)
})

line('post', 'a payment that is due today', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 150)
  const { id } = await plan(asha, { start_on: inDays(0) })
  const last = await lastOf(asha, id)
  expect(last).toMatchObject({ date: inDays(0), due_on: inDays(0), state: 'posted', amount: 100 })
  const [posted] = (await asha.get('/transactions/?type=withdrawal')).body
  expect(posted).toMatchObject({ id: last.transaction_id, effective_at: `${inDays(0)}T00:00:00.000Z` })
  expect(await balanceOf(asha)).toBe(50)
  expect((await asha.get(`${path}/${id}`)).body.next_on).toBe(inDays(7))
})

line('refuse', 'without money, and a note about it', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { id } = await plan(asha, { start_on: inDays(0), counterparty: 'Landlord' })
  expect(await lastOf(asha, id)).toMatchObject({
    state: 'refused',
    transaction_id: null,
    reason: { code: 'insufficient_funds', detail: expect.stringMatching(/\S/) },
  })
  expect((await asha.get(`${path}/${id}`)).body).toMatchObject({
    state: 'active',
    refused: 1,
    next_on: inDays(7),
  })
  await eventually(async () => {
    const { body } = await asha.get('/notifications/?type=alert')
    expect(body).toHaveLength(1)
    expect(body[0].message).toContain('Landlord')
  })
})

line('retry', 'refused again without money, posted with it, and only once', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { id } = await plan(asha, { start_on: inDays(0) })
  await lastOf(asha, id)
  const retry = () => asha.post(`${path}/${id}/occurrences/${inDays(0)}/retry`)
  expectProblem(await retry(), 422, 'insufficient_funds')
  await deposit(asha, 250)
  expect(await retry()).toMatchObject({ status: 200, body: { state: 'posted' } })
  expectProblem(await retry(), 422, 'nothing_refused')
  expect(await balanceOf(asha)).toBe(150)
})

line('pause', 'and go on', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { id } = await plan(asha)
  expect((await asha.post(`${path}/${id}/pause`)).body).toMatchObject({ state: 'paused', next_on: null })
  expect((await asha.post(`${path}/${id}/resume`)).body).toMatchObject({
    state: 'active',
    next_on: inDays(3),
  })
})

line('edit-all', 'amount and rule', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { id } = await plan(asha)
  const { body } = await asha.put(`${path}/${id}`, { ...payment, amount: 120, start_on: inDays(5) })
  expect(body).toMatchObject({ id, amount: 120, next_on: inDays(5) })
  expect(datesOf(body, 2)).toEqual([inDays(5), inDays(12)])
  expectProblem(await asha.put(`${path}/${id}`, { ...payment, amount: 0 }), 400, 'invalid_amount')
})

line('edit-one', 'amount, day and note of one, and back', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { id } = await plan(asha)
  const one = `${path}/${id}/occurrences/${inDays(10)}`
  const { body } = await asha.put(one, { amount: 5, due_on: inDays(11), note: 'Less' })
  expect(body).toMatchObject({
    date: inDays(10),
    due_on: inDays(11),
    amount: 5,
    note: 'Less',
    is_changed: true,
  })
  expect(datesOf((await asha.get(`${path}/${id}`)).body, 3)).toEqual([inDays(3), inDays(11), inDays(17)])
  expect((await asha.put(one, {})).body).toMatchObject({ due_on: inDays(10), amount: 100, is_changed: false })
  expectProblem(await asha.put(`${path}/${id}/occurrences/${inDays(4)}`, {}), 404)
})

line('skip', 'one, and bring it back', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const { id } = await plan(asha)
  const one = `${path}/${id}/occurrences/${inDays(3)}`
  expect((await asha.delete(one)).body).toMatchObject({ state: 'skipped' })
  expect((await asha.get(`${path}/${id}`)).body.next_on).toBe(inDays(10))
  await asha.put(one, {})
  expect((await asha.get(`${path}/${id}`)).body.next_on).toBe(inDays(3))
})

line('history', 'by state, newest first', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 100)
  const { id } = await plan(asha, { start_on: inDays(0) })
  await lastOf(asha, id)
  await asha.delete(`${path}/${id}/occurrences/${inDays(7)}`)
  const states = async (query = '') =>
    (await asha.get(`${path}/${id}/occurrences${query}`)).body.map(({ state }: { state: string }) => state)
  expect(await states()).toEqual(['skipped', 'posted'])
  expect(await states('?state=posted')).toEqual(['posted'])
})

line('delete', 'and its transactions are still there', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 100)
  const { id } = await plan(asha, { start_on: inDays(0) })
  await lastOf(asha, id)
  expect((await asha.delete(`${path}/${id}`)).body).toEqual({ message: expect.stringMatching(/\S/) })
  expectProblem(await asha.get(`${path}/${id}`), 404)
  expect((await asha.get('/transactions/')).body).toHaveLength(2)
})

line('not-yours', 'every call', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const { id } = await plan(bela)
  const bodies = new Set<string>()
  for (const schedule of [id, unknownId, 'x']) {
    const one = `${path}/${schedule}`
    for (const answer of [
      await asha.get(one),
      await asha.put(one, payment),
      await asha.delete(one),
      await asha.post(`${one}/pause`),
      await asha.get(`${one}/occurrences`),
      await asha.delete(`${one}/occurrences/${inDays(3)}`),
    ]) {
      expectProblem(answer, 404, 'not_found')
      bodies.add(answer.text)
    }
  }
  expect(bodies.size).toBe(1)
})
