// What the worker posts, and what it does not: each date once, in order, effective on its day; a refusal is told and stops nothing.
import { buildAccountService } from '@fintwin/account'
import { buildNotificationService } from '@fintwin/notification'
import { asNobody, createDeps, type Database } from '@fintwin/platform'
import { startTestServices, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTransactionService } from '../../src/service.ts'
import { type DueWorker, startDueWorker } from '../../src/workers/post-due.ts'
import { beginAt, inDays, newPlanner, type Planner, settleAll, today } from './planner.ts'

let services: TestServices
let asha: Planner
/** A second replica's: it looks all the time, so every test runs with two workers at once. */
let other: DueWorker
let stopOther: () => Promise<void>

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    notification: buildNotificationService,
  })
  const deps = await createDeps('transaction', services.settings)
  other = startDueWorker(deps, { pollMs: 10, occurrencesPerSchedule: 2 })
  stopOther = async () => {
    await other.stop()
    for (const end of deps.onStop.toReversed()) await end()
  }
})
afterAll(async () => {
  await stopOther()
  await services.stop()
})
beforeEach(async () => {
  asha = await newPlanner(services)
})

const path = '/transactions/schedules'
const days = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => inDays(from + index))

describe('what falls due', () => {
  it('is posted on its day, and remembered with its transaction', async () => {
    await asha.deposit(1000)
    const { id } = await asha.plan({ note: 'Rent', category: 'Home' })
    await settleAll(services)
    expect(await asha.balance()).toBe(900)
    const [posted] = (await asha.call('GET', '/transactions?type=withdrawal')).body
    expect(posted).toMatchObject({
      amount: 100,
      note: 'Rent',
      category: 'Home',
      counterparty: 'Landlord',
      effective_at: `${today()}T00:00:00.000Z`,
      metadata: { schedule_id: id },
    })
    const schedule = (await asha.call('GET', `${path}/${id}`)).body
    expect(schedule).toMatchObject({
      next_on: inDays(1),
      last: { date: today(), state: 'posted', transaction_id: posted.id },
    })
    expect((await asha.call('GET', `${path}/${id}/occurrences`)).body).toEqual([schedule.last])
  })

  it('ends a schedule whose last date it was', async () => {
    const { id } = await asha.plan({ type: 'deposit', count: 1 })
    await settleAll(services)
    expect((await asha.call('GET', `${path}/${id}`)).body).toMatchObject({
      state: 'ended',
      next_on: null,
      remaining: 0,
    })
  })

  it('waits for its day', async () => {
    await asha.plan({ type: 'deposit', start_on: inDays(1) })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await asha.posted()).toEqual([])
  })

  it('reaches another person at once, and at the instant it is sent', async () => {
    const bela = await newPlanner(services, 'Bela')
    await asha.deposit(1000)
    await asha.plan({ type: 'transfer', to_account: bela.id })
    await settleAll(services)
    expect([await asha.balance(), await bela.balance()]).toEqual([900, 100])
    const [sent] = (await asha.call('GET', '/transactions?type=transfer')).body
    expect(sent.effective_at).toBe(sent.created_at)
  })
})

describe('after an absence', () => {
  it('what was missed is posted in order, each effective on its own day', async () => {
    const { id } = await asha.plan({ type: 'deposit', start_on: inDays(1) })
    await beginAt(services, id, inDays(-45))
    await settleAll(services)
    expect(await asha.posted()).toEqual(days(-45, 0).map((day) => `${day} 100`))
    expect(await asha.became(id)).toEqual(days(-45, 0).map((day) => `${day} posted`))
    expect(await asha.balance()).toBe(4600)
    const { body } = await asha.call('GET', `/transactions/account/${asha.id}/balances`)
    expect(body.points.find(({ date }: never) => date === inDays(-40)).balance).toBe(600)
  })

  it('a backlog of one person does not keep another waiting', async () => {
    const bela = await newPlanner(services, 'Bela')
    const backlog = await asha.plan({ type: 'deposit', start_on: inDays(1) })
    const { id } = await bela.plan({ type: 'deposit', frequency: 'once', start_on: inDays(1) })
    await beginAt(services, backlog.id, inDays(-100))
    await beginAt(services, id, today())
    await vi.waitFor(async () => expect(await bela.posted()).toHaveLength(1), {
      timeout: 10_000,
      interval: 20,
    })
    expect((await asha.posted()).length).toBeLessThan(101)
    await settleAll(services)
    expect(await asha.posted()).toHaveLength(101)
  })

  it('a month end that was missed is posted on that month’s end', async () => {
    const { id } = await asha.plan({
      type: 'deposit',
      frequency: 'monthly',
      day_of_month: 'last',
      start_on: inDays(1),
    })
    await beginAt(services, id, '2025-12-31')
    await settleAll(services)
    expect((await asha.posted()).slice(0, 3)).toEqual(['2025-12-31 100', '2026-01-31 100', '2026-02-28 100'])
  })
})

describe('a paused schedule', () => {
  it('posts nothing, and what fell due meanwhile stays unposted when it goes on', async () => {
    const { id } = await asha.plan({ type: 'deposit', start_on: inDays(1) })
    await asha.call('POST', `${path}/${id}/pause`)
    await beginAt(services, id, inDays(-3))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await asha.posted()).toEqual([])
    const resumed = await asha.call('POST', `${path}/${id}/resume`)
    expect(resumed.body).toMatchObject({ state: 'active', next_on: inDays(1) })
    expect(await asha.posted()).toEqual([])
    expect(await asha.became(id)).toEqual(days(-3, 0).map((day) => `${day} skipped`))
    const [skipped] = (await asha.call('GET', `${path}/${id}/occurrences`)).body
    expect(skipped.reason).toMatchObject({ code: 'paused' })
  })

  it('ends when nothing is left after the pause', async () => {
    const { id } = await asha.plan({ type: 'deposit', start_on: inDays(1), count: 2 })
    await asha.call('POST', `${path}/${id}/pause`)
    await beginAt(services, id, inDays(-3))
    expect((await asha.call('POST', `${path}/${id}/resume`)).body).toMatchObject({ state: 'ended' })
    expect(await asha.posted()).toEqual([])
  })
})

describe('single dates', () => {
  /** Three dates: yesterday's, today's and tomorrow's, none of them posted yet. */
  async function planThree(change: (id: string) => Promise<void>): Promise<string> {
    const { id } = await asha.plan({ type: 'deposit', start_on: inDays(1), count: 3, note: 'Plan' })
    await asha.call('POST', `${path}/${id}/pause`)
    await services.database.admin`
      update transaction.schedules set start_on = start_on - 2, open_from = open_from - 2, next_due_at = now() - interval '1 day' where id = ${id}`
    await change(id)
    await services.database.admin`update transaction.schedules set state = 'active' where id = ${id}`
    await settleAll(services)
    return id
  }

  it('that were left out are not posted', async () => {
    const id = await planThree(async (id) => {
      await asha.call('DELETE', `${path}/${id}/occurrences/${today()}`)
    })
    expect(await asha.posted()).toEqual([`${inDays(-1)} 100`])
    expect(await asha.became(id)).toEqual([`${inDays(-1)} posted`, `${today()} skipped`])
  })

  it('that were edited are posted as they were edited', async () => {
    const id = await planThree(async (id) => {
      await asha.call('PUT', `${path}/${id}/occurrences/${today()}`, { amount: 33, note: 'By itself' })
      await asha.call('PUT', `${path}/${id}/occurrences/${inDays(1)}`, { due_on: today(), note: '' })
    })
    expect(await asha.posted()).toEqual([`${inDays(-1)} 100`, `${today()} 33`, `${today()} 100`])
    const { body } = await asha.call('GET', '/transactions?type=deposit')
    expect(body.map(({ note }: never) => note).toReversed()).toEqual(['Plan', 'By itself', null])
    expect((await asha.call('GET', `${path}/${id}`)).body).toMatchObject({ state: 'ended', remaining: 0 })
  })

  it('that were brought forward leave those between them to their own days', async () => {
    const { id } = await asha.plan({ type: 'deposit', start_on: inDays(1) })
    await asha.call('PUT', `${path}/${id}/occurrences/${inDays(3)}`, { due_on: today() })
    await settleAll(services)
    expect(await asha.posted()).toEqual([`${today()} 100`])
    const schedule = (await asha.call('GET', `${path}/${id}`)).body
    expect(schedule.upcoming.slice(0, 3).map(({ date }: never) => date)).toEqual([
      inDays(1),
      inDays(2),
      inDays(4),
    ])
  })

  it('cannot be edited, left out or tried again once they are posted', async () => {
    const { id } = await asha.plan({ type: 'deposit' })
    await settleAll(services)
    const one = `${path}/${id}/occurrences/${today()}`
    expect(await asha.call('PUT', one, { amount: 1 })).toMatchObject({
      status: 422,
      body: { code: 'occurrence_settled' },
    })
    expect(await asha.call('DELETE', one)).toMatchObject({
      status: 422,
      body: { code: 'occurrence_settled' },
    })
    expect(await asha.call('POST', `${one}/retry`)).toMatchObject({
      status: 422,
      body: { code: 'nothing_refused' },
    })
  })
})

describe('a refusal', () => {
  const notices = async () => {
    const { body } = await services.call('notification', 'GET', '/notifications?type=alert', {
      token: asha.token,
    })
    return body
  }

  it('is recorded with its reason and told; the schedule goes on, and a retry after a top-up posts it once', async () => {
    const { id } = await asha.plan({ frequency: 'weekly' })
    await settleAll(services)
    const schedule = (await asha.call('GET', `${path}/${id}`)).body
    expect(schedule).toMatchObject({
      state: 'active',
      next_on: inDays(7),
      refused: 1,
      last: { date: today(), state: 'refused', transaction_id: null, reason: { code: 'insufficient_funds' } },
    })
    await vi.waitFor(async () => expect(await notices()).toHaveLength(1), { timeout: 5_000 })
    expect((await notices())[0]).toMatchObject({ account_id: asha.id, title: 'Scheduled payment refused' })
    expect((await notices())[0].message).toContain('Landlord')

    const retry = (headers = {}) =>
      asha.call('POST', `${path}/${id}/occurrences/${today()}/retry`, undefined, headers)
    expect(await retry()).toMatchObject({ status: 422, body: { code: 'insufficient_funds' } })
    await asha.deposit(150)
    const headers = { 'idempotency-key': 'again' }
    const answers = await Promise.all([retry(headers), retry(), retry()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422])
    expect(await asha.balance()).toBe(50)
    expect((await asha.call('GET', `${path}/${id}`)).body).toMatchObject({
      refused: 0,
      last: { state: 'posted' },
    })
    const [posted] = (await asha.call('GET', '/transactions?type=withdrawal')).body
    expect(posted.effective_at).toBe(posted.created_at)
  })

  it('may be left for good, with the reason kept', async () => {
    const { id } = await asha.plan({ frequency: 'weekly' })
    await settleAll(services)
    const one = `${path}/${id}/occurrences/${today()}`
    expect(await asha.call('PUT', one, {})).toMatchObject({
      status: 422,
      body: { code: 'occurrence_settled' },
    })
    expect((await asha.call('DELETE', one)).body).toMatchObject({
      state: 'skipped',
      reason: { code: 'insufficient_funds' },
    })
    expect((await asha.call('GET', `${path}/${id}`)).body.refused).toBe(0)
    expect(await asha.call('POST', `${one}/retry`)).toMatchObject({
      status: 422,
      body: { code: 'nothing_refused' },
    })
  })

  it('of one date does not refuse the next', async () => {
    const { id } = await asha.plan({ start_on: inDays(1), count: 3 })
    await asha.deposit(250)
    await beginAt(services, id, inDays(-2))
    await settleAll(services)
    expect(await asha.became(id)).toEqual([
      `${inDays(-2)} posted`,
      `${inDays(-1)} posted`,
      `${today()} refused`,
    ])
    expect(await asha.balance()).toBe(50)
  })

  it('by a constraint of the ledger is recorded too', async () => {
    const huge = '9999999999999.99'
    const { id } = await asha.plan({ type: 'deposit', amount: huge, start_on: inDays(1), count: 2 })
    await beginAt(services, id, inDays(-1))
    await settleAll(services)
    expect(await asha.became(id)).toEqual([`${inDays(-1)} posted`, `${today()} refused`])
    expect((await asha.call('GET', `${path}/${id}`)).body.last.reason.code).toBe('balance_out_of_range')
  })

  it('by a closed account is recorded as what it is', async () => {
    const { id } = await asha.plan({ type: 'deposit', start_on: inDays(1) })
    await services.database.admin`update transaction.accounts set status = 'closed' where id = ${asha.id}`
    await beginAt(services, id, today())
    await settleAll(services)
    expect((await asha.call('GET', `${path}/${id}`)).body.last.reason.code).toBe('account_closed')
  })
})

describe('two workers and a person at once', () => {
  it('never post a date twice and lose none', { timeout: 60_000 }, async () => {
    const plans = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        asha.plan({ type: 'deposit', amount: index + 1, start_on: inDays(1) }),
      ),
    )
    await Promise.all(plans.map(({ id }) => beginAt(services, id, inDays(-20))))
    const [edited] = plans
    for (const amount of [50, 60])
      await asha.call('PUT', `${path}/${edited.id}`, {
        type: 'deposit',
        amount,
        frequency: 'daily',
        start_on: inDays(1),
        time_zone: 'UTC',
      })
    await settleAll(services)
    for (const { id } of plans)
      expect(await asha.became(id)).toEqual(days(-20, 0).map((day) => `${day} posted`))
    expect(await asha.balance()).toBe(21 * 10)
    const [row] = await services.database.admin<{ rows: number; transactions: number }[]>`
      select count(*)::int as rows, count(distinct o.transaction_id)::int as transactions from transaction.occurrences o
      where o.owner_id = ${asha.id}`
    expect(row).toEqual({ rows: 21 * 4, transactions: 21 * 4 })
  })
})

describe('the walls', () => {
  let service: Database
  beforeAll(async () => {
    service = await services.database.as('fintwin_transaction')
  })

  it('let the worker learn what is due and nothing else: ids and owners, of those that are', async () => {
    const { id } = await asha.plan({ start_on: inDays(3) })
    const seen = await service`select * from list_due_schedules(1000, array[]::uuid[])`
    expect(JSON.stringify(seen)).not.toContain(id)
    expect(await asNobody(service, (tx) => tx`select * from schedules`)).toHaveLength(0)
    expect(await asNobody(service, (tx) => tx`select * from occurrences`)).toHaveLength(0)
    const columns = await services.database.admin<{ name: string }[]>`
      select column_name as name from information_schema.column_privileges
      where grantee = 'fintwin_scheduler' and table_schema = 'transaction' order by 1`
    expect(columns.map(({ name }) => name)).toEqual(['id', 'next_due_at', 'owner_id', 'state'])
  })

  it('keep a date of somebody else’s schedule from being written in one’s own name', async () => {
    const bela = await newPlanner(services, 'Bela')
    const { id } = await asha.plan({ start_on: inDays(3) })
    const insert = service.begin(async (tx) => {
      await tx`select set_config('fintwin.person_id', ${bela.id}, true)`
      await tx`
        insert into occurrences (schedule_id, date, owner_id, state, due_on, is_moved, currency)
        values (${id}, current_date, ${bela.id}, 'skipped', current_date, false, 'INR')`
    })
    await expect(insert).rejects.toMatchObject({ code: '23503' })
  })
})
