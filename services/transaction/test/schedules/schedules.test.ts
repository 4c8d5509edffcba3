// What a person can plan, see and change, and what is refused.
import { buildAccountService } from '@fintwin/account'
import { newId } from '@fintwin/platform'
import { startTestServices, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../../src/service.ts'
import { inDays, newPlanner, type Planner, settleAll, today } from './planner.ts'

let services: TestServices
let asha: Planner

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await newPlanner(services)
})

const path = '/transactions/schedules'
const rent = (change: object = {}) => ({
  type: 'withdrawal',
  amount: 25_000,
  frequency: 'monthly',
  start_on: inDays(3),
  ...change,
})
const plan = (change: object = {}) => asha.call('POST', path, rent(change))

describe('planning', () => {
  it('shows the plan and its next twelve dates', async () => {
    const answer = await plan({
      day_of_month: 31,
      start_on: '2090-01-15',
      note: 'Rent',
      counterparty: 'Landlord',
      category: 'Home',
      business_days: 'modified_following',
    })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({
      state: 'active',
      account_id: asha.id,
      type: 'withdrawal',
      amount: 25_000,
      currency: 'INR',
      to_account: null,
      note: 'Rent',
      counterparty: 'Landlord',
      category: 'Home',
      frequency: 'monthly',
      interval: 1,
      day_of_month: 31,
      business_days: 'modified_following',
      start_on: '2090-01-15',
      end_on: null,
      count: null,
      time_zone: 'Asia/Kolkata',
      next_on: '2090-01-31',
      remaining: null,
      last: null,
      refused: 0,
    })
    expect(answer.body.upcoming).toHaveLength(12)
    expect(answer.body.upcoming.slice(0, 4).map(({ date, due_on }: never) => [date, due_on])).toEqual([
      ['2090-01-31', '2090-01-31'],
      ['2090-02-28', '2090-02-28'],
      ['2090-03-31', '2090-03-31'],
      // A Sunday that ends its month goes back to the Friday.
      ['2090-04-30', '2090-04-28'],
    ])
    expect((await asha.call('GET', `${path}/${answer.body.id}`)).body).toEqual(answer.body)
    expect((await asha.call('GET', path)).body).toEqual([answer.body])
  })

  it('takes the day of the start where no day of the month is told', async () => {
    const { body } = await plan({ start_on: '2090-01-30' })
    expect(body.day_of_month).toBe(30)
    expect(body.upcoming.slice(0, 2).map(({ date }: never) => date)).toEqual(['2090-01-30', '2090-02-28'])
  })

  it('ignores an account that is not the caller’s and uses the primary one', async () => {
    const bela = await newPlanner(services, 'Bela')
    expect((await plan({ account_id: bela.id })).body.account_id).toBe(asha.id)
    expect((await plan({ account_id: 'nonsense' })).body.account_id).toBe(asha.id)
  })

  it('answers a repeated key with the first answer and plans once', async () => {
    const headers = { 'idempotency-key': 'rent' }
    const body = rent()
    const [first, second] = [
      await asha.call('POST', path, body, headers),
      await asha.call('POST', path, body, headers),
    ]
    expect(second.text).toBe(first.text)
    expect((await asha.call('GET', path)).body).toHaveLength(1)
  })

  it.each<[string, object, number, string]>([
    ['a start in the past', { start_on: '2020-01-01' }, 400, 'malformed_request'],
    ['a day that does not exist', { start_on: '2090-02-30' }, 400, 'malformed_request'],
    [
      'an end before its first date',
      { day_of_month: 20, start_on: '2090-01-05', end_on: '2090-01-19' },
      400,
      'malformed_request',
    ],
    ['two ends', { end_on: '2091-01-01', count: 3 }, 400, 'malformed_request'],
    ['no frequency', { frequency: undefined }, 400, 'malformed_request'],
    ['an unknown frequency', { frequency: 'yearly' }, 400, 'malformed_request'],
    ['an interval of nothing', { interval: 0 }, 400, 'malformed_request'],
    ['the 32nd', { day_of_month: 32 }, 400, 'malformed_request'],
    ['an unknown time zone', { time_zone: 'Mars/Olympus' }, 400, 'malformed_request'],
    ['an offset for a time zone', { time_zone: '+05:30' }, 400, 'malformed_request'],
    ['an amount of zero', { amount: 0 }, 400, 'invalid_amount'],
    ['more digits than the currency has', { amount: '1.001' }, 400, 'invalid_amount'],
    ['a transfer to nobody', { type: 'transfer' }, 400, 'missing_recipient'],
    ['a transfer to somebody unknown', { type: 'transfer', to_account: newId() }, 404, 'unknown_recipient'],
    [
      'a transfer to something that is no id',
      { type: 'transfer', to_account: 'x' },
      404,
      'unknown_recipient',
    ],
    ['a NUL', { note: 'a\0b' }, 400, 'malformed_request'],
  ])('refuses %s', async (_what, change, status, code) => {
    const answer = await plan(change)
    expect(answer, answer.text).toMatchObject({ status, body: { code } })
    expect((await asha.call('GET', path)).body).toEqual([])
  })

  it('refuses a transfer to the account it comes from, and one into another currency', async () => {
    const { body: dollars } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Dollars', type: 'savings', currency: 'USD' },
    })
    expect(await plan({ type: 'transfer', to_account: asha.id })).toMatchObject({
      status: 422,
      body: { code: 'same_account' },
    })
    expect(await plan({ type: 'transfer', to_account: dollars.id })).toMatchObject({
      status: 422,
      body: { code: 'currency_mismatch' },
    })
  })
})

describe('a schedule of somebody else’s', () => {
  it('is not there, whatever one asks of it, as one that never was', async () => {
    const bela = await newPlanner(services, 'Bela')
    const theirs = await bela.plan({ start_on: inDays(5) })
    const before = (await bela.call('GET', `${path}/${theirs.id}`)).text
    const calls = (id: string): [string, string, unknown?][] => [
      ['GET', id],
      ['PUT', id, rent()],
      ['DELETE', id],
      ['POST', `${id}/pause`],
      ['POST', `${id}/resume`],
      ['GET', `${id}/occurrences`],
      ['PUT', `${id}/occurrences/${inDays(5)}`, {}],
      ['DELETE', `${id}/occurrences/${inDays(5)}`],
      ['POST', `${id}/occurrences/${inDays(5)}/retry`],
    ]
    const bodies = new Set<string>()
    for (const id of [theirs.id, newId(), 'x']) {
      for (const [method, end, body] of calls(id)) {
        const answer = await asha.call(method, `${path}/${end}`, body)
        expect(answer.status, `${method} ${end}`).toBe(404)
        bodies.add(answer.text)
      }
    }
    expect(bodies.size).toBe(1)
    expect((await bela.call('GET', `${path}/${theirs.id}`)).text).toBe(before)
  })
})

describe('the list', () => {
  it('is newest first, in pages', async () => {
    for (let count = 0; count < 5; count += 1) await plan({ note: `No. ${count}` })
    const all = (await asha.call('GET', path)).body
    expect(all.map(({ note }: never) => note)).toEqual(['No. 4', 'No. 3', 'No. 2', 'No. 1', 'No. 0'])
    const walked: unknown[] = []
    let next: string | undefined = `${path}?limit=2`
    while (next) {
      const page = await asha.call('GET', next)
      walked.push(...page.body)
      next = /<\/api([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1]
    }
    expect(walked).toEqual(all)
  })
})

describe('pausing', () => {
  it('stops the next date from coming, resuming brings it back; both may be repeated', async () => {
    const { id } = (await plan()).body
    for (let times = 0; times < 2; times += 1)
      expect((await asha.call('POST', `${path}/${id}/pause`)).body).toMatchObject({
        state: 'paused',
        next_on: null,
      })
    expect((await asha.call('GET', `${path}/${id}`)).body.upcoming).toHaveLength(12)
    for (let times = 0; times < 2; times += 1)
      expect((await asha.call('POST', `${path}/${id}/resume`)).body).toMatchObject({
        state: 'active',
        next_on: inDays(3),
      })
  })

  it('is refused once the schedule has ended', async () => {
    const { id } = await asha.plan({ type: 'deposit', frequency: 'once' })
    await settleAll(services)
    expect((await asha.call('GET', `${path}/${id}`)).body).toMatchObject({
      state: 'ended',
      next_on: null,
      upcoming: [],
    })
    for (const verb of ['pause', 'resume'])
      expect(await asha.call('POST', `${path}/${id}/${verb}`)).toMatchObject({
        status: 422,
        body: { code: 'schedule_ended' },
      })
  })
})

describe('one occurrence', () => {
  it('is edited by itself, and brought back to the plan', async () => {
    const schedule = await asha.plan({ start_on: inDays(3), frequency: 'weekly', note: 'Tea' })
    const one = `${path}/${schedule.id}/occurrences/${inDays(10)}`
    const changed = await asha.call('PUT', one, { amount: 150, due_on: inDays(12), note: 'Coffee' })
    expect(changed.body, changed.text).toMatchObject({
      date: inDays(10),
      due_on: inDays(12),
      state: 'planned',
      is_changed: true,
      amount: 150,
      note: 'Coffee',
    })
    const upcoming = async () => (await asha.call('GET', `${path}/${schedule.id}`)).body.upcoming
    expect((await upcoming()).slice(0, 3)).toMatchObject([
      { date: inDays(3), amount: 100, is_changed: false },
      { date: inDays(10), due_on: inDays(12), amount: 150, is_changed: true, note: 'Coffee' },
      { date: inDays(17), amount: 100, is_changed: false },
    ])
    expect((await asha.call('PUT', one, {})).body).toMatchObject({
      due_on: inDays(10),
      amount: 100,
      is_changed: false,
    })
    expect(await upcoming()).toEqual(schedule.upcoming)
  })

  it('is left out, and brought back', async () => {
    const schedule = await asha.plan({ start_on: inDays(3), frequency: 'weekly' })
    const one = `${path}/${schedule.id}/occurrences/${inDays(3)}`
    expect((await asha.call('DELETE', one)).body).toMatchObject({ state: 'skipped' })
    expect((await asha.call('DELETE', one)).status).toBe(200)
    const skipped = (await asha.call('GET', `${path}/${schedule.id}`)).body
    expect(skipped.next_on).toBe(inDays(10))
    expect(skipped.upcoming[0]).toMatchObject({ date: inDays(3), state: 'skipped' })
    expect((await asha.call('PUT', one, {})).body).toMatchObject({ state: 'planned' })
    expect((await asha.call('GET', `${path}/${schedule.id}`)).body.next_on).toBe(inDays(3))
  })

  it('may be the only one: the schedule ends with it, and goes on when it is brought back', async () => {
    const { id } = await asha.plan({ frequency: 'once', start_on: inDays(3) })
    const one = `${path}/${id}/occurrences/${inDays(3)}`
    await asha.call('DELETE', one)
    expect((await asha.call('GET', `${path}/${id}`)).body.state).toBe('ended')
    await asha.call('PUT', one, {})
    expect((await asha.call('GET', `${path}/${id}`)).body).toMatchObject({
      state: 'active',
      next_on: inDays(3),
    })
  })

  it('can be moved and changed within limits only', async () => {
    const { id } = await asha.plan({ start_on: inDays(3), frequency: 'weekly' })
    const change = (date: string, body: object) => asha.call('PUT', `${path}/${id}/occurrences/${date}`, body)
    expect(await change(inDays(3), { due_on: inDays(-1) })).toMatchObject({ status: 400 })
    expect(await change(inDays(3), { amount: 0 })).toMatchObject({
      status: 400,
      body: { code: 'invalid_amount' },
    })
    for (const date of [inDays(4), inDays(-4), 'tomorrow', '2026-02-30'])
      expect(await change(date, {}), date).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe('editing all', () => {
  const put = (id: string, change: object) =>
    asha.call('PUT', `${path}/${id}`, {
      type: 'withdrawal',
      amount: 100,
      frequency: 'weekly',
      start_on: inDays(3),
      time_zone: 'UTC',
      ...change,
    })

  it('changes what is to come', async () => {
    const { id } = await asha.plan({ start_on: inDays(3), frequency: 'weekly' })
    const { body } = await put(id, { amount: 120, interval: 2, start_on: inDays(5), note: 'More' })
    expect(body).toMatchObject({
      amount: 120,
      interval: 2,
      note: 'More',
      counterparty: null,
      next_on: inDays(5),
    })
    expect(body.upcoming.slice(0, 2)).toMatchObject([{ date: inDays(5), amount: 120 }, { date: inDays(19) }])
    expect((await asha.call('GET', `${path}/${id}`)).body).toEqual(body)
  })

  it('keeps single dates that were edited or left out, where they still occur', async () => {
    const { id } = await asha.plan({ start_on: inDays(3), frequency: 'weekly' })
    await asha.call('DELETE', `${path}/${id}/occurrences/${inDays(3)}`)
    await asha.call('PUT', `${path}/${id}/occurrences/${inDays(10)}`, { amount: 7 })
    await asha.call('PUT', `${path}/${id}/occurrences/${inDays(17)}`, { amount: 8 })
    const { body } = await put(id, { amount: 200, interval: 2 })
    expect(body.upcoming.slice(0, 3)).toMatchObject([
      { date: inDays(3), state: 'skipped' },
      { date: inDays(17), amount: 8, is_changed: true },
      { date: inDays(31), amount: 200, is_changed: false },
    ])
  })

  it('may keep a start that has passed, and posts nothing for days that have passed', async () => {
    await asha.deposit(1000)
    const schedule = await asha.plan()
    await settleAll(services)
    await services.database.admin`
      update transaction.schedules set start_on = start_on - 30 where id = ${schedule.id}`
    const { status, body } = await put(schedule.id, { frequency: 'daily', start_on: inDays(-30), amount: 1 })
    expect(status).toBe(200)
    await settleAll(services)
    expect(body.next_on).toBe(inDays(1))
    expect(await asha.posted()).toEqual([`${today()} 100`])
    expect(await put(schedule.id, { start_on: inDays(-29) })).toMatchObject({ status: 400 })
  })

  it('brings a schedule that has ended back', async () => {
    const { id } = await asha.plan({ type: 'deposit', frequency: 'once' })
    await settleAll(services)
    expect((await put(id, { type: 'deposit' })).body).toMatchObject({ state: 'active', next_on: inDays(3) })
  })

  it('leaves it as it was when it is refused', async () => {
    const schedule = await asha.plan({ start_on: inDays(3) })
    expect((await put(schedule.id, { end_on: inDays(1) })).status).toBe(400)
    expect((await asha.call('GET', `${path}/${schedule.id}`)).body).toEqual(schedule)
  })
})

it('deleting takes the plan away and leaves what it posted', async () => {
  const { id } = await asha.plan({ type: 'deposit' })
  await settleAll(services)
  expect((await asha.call('DELETE', `${path}/${id}`)).body).toEqual({ message: expect.stringMatching(/\S/) })
  expect((await asha.call('GET', `${path}/${id}`)).status).toBe(404)
  expect((await asha.call('DELETE', `${path}/${id}`)).status).toBe(404)
  expect(await asha.posted()).toEqual([`${today()} 100`])
  const [left] = await services.database
    .admin`select count(*)::int as count from transaction.occurrences where schedule_id = ${id}`
  expect(left?.count).toBe(0)
})
