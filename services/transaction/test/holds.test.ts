// Holds by their API: set aside, captured, released, expired; transfers with a delay; and what each refuses.
import { buildAccountService } from '@fintwin/account'
import { newId } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  bela = await services.register('Bela')
  await post(asha, '/transactions', { type: 'deposit', amount: 500 })
})

const post = (person: TestPerson, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  services.call('transaction', 'POST', path, { token: person.token, body, headers })
const get = (person: TestPerson, path: string) =>
  services.call('transaction', 'GET', path, { token: person.token })
const place = async (body: object, person = asha) => {
  const answer = await post(person, '/transactions/holds', body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const capture = (person: TestPerson, id: string, body?: unknown, headers = {}) =>
  post(person, `/transactions/holds/${id}/capture`, body, headers)
const release = (person: TestPerson, id: string, headers = {}) =>
  post(person, `/transactions/holds/${id}/release`, undefined, headers)
const read = async (person: TestPerson, id: string) => (await get(person, `/transactions/holds/${id}`)).body

/** [balance, available, held] */
async function money(person: TestPerson, accountId = person.id): Promise<number[]> {
  const path = `/accounts/${accountId}`
  const { body } = await services.call('account', 'GET', path, { token: person.token })
  return [body.balance, body.available_balance, body.held]
}
const setStatus = (accountId: string, status: string) =>
  services.database.admin`update transaction.accounts set status = ${status} where id = ${accountId}`

describe('a hold', () => {
  it('sets money aside: the balance stays, less is available, and nothing is posted', async () => {
    const hold = await place({ amount: '200.50', note: 'Hotel', counterparty: 'Taj', category: 'Travel' })
    expect(hold).toMatchObject({
      account_id: asha.id,
      to_account: null,
      amount: 200.5,
      currency: 'INR',
      state: 'placed',
      captured_amount: 0,
      transaction_id: null,
      note: 'Hotel',
      counterparty: 'Taj',
      category: 'Travel',
      expires_at: null,
      capture_at: null,
      settled_at: null,
      settled_by: null,
      reason: null,
    })
    expect(await money(asha)).toEqual([500, 299.5, 200.5])
    expect((await get(asha, '/transactions')).body).toHaveLength(1)
    expect(await read(asha, hold.id)).toEqual(hold)
  })

  it('needs available money', async () => {
    await place({ amount: 400 })
    const answer = await post(asha, '/transactions/holds', { amount: 100.01 })
    expect(answer).toMatchObject({ status: 422, body: { code: 'insufficient_funds' } })
    expect(await post(asha, '/transactions', { type: 'withdrawal', amount: 100.01 })).toMatchObject({
      status: 422,
      body: { code: 'insufficient_funds' },
    })
    expect(await money(asha)).toEqual([500, 100, 400])
  })

  it('is captured as a whole: paid with the money that was set aside, in its words', async () => {
    const hold = await place({
      amount: 500,
      to_account: bela.id,
      note: 'Lamp',
      category: 'Home',
      metadata: { order: 'A-7' },
    })
    const answer = await capture(asha, hold.id)
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'captured', captured_amount: 500, settled_by: 'owner' },
    })
    expect([await money(asha), await money(bela)]).toEqual([
      [0, 0, 0],
      [500, 500, 0],
    ])
    const [transaction] = (await get(bela, '/transactions')).body
    expect(transaction).toMatchObject({
      id: answer.body.transaction_id,
      hold_id: hold.id,
      type: 'transfer',
      account_id: asha.id,
      to_account: bela.id,
      amount: 500,
      note: 'Lamp',
      category: 'Home',
      metadata: { order: 'A-7' },
    })
  })

  it('is captured in part, and what is left is available again', async () => {
    const hold = await place({ amount: 300 })
    const answer = await capture(asha, hold.id, { amount: '120.25' })
    expect(answer).toMatchObject({ status: 200, body: { captured_amount: 120.25, amount: 300 } })
    expect(await money(asha)).toEqual([379.75, 379.75, 0])
    expect((await get(asha, '/transactions')).body[0]).toMatchObject({ type: 'withdrawal', amount: 120.25 })
  })

  it('is captured or declined by whom it is for, as a shop does', async () => {
    const [first, second] = [
      await place({ amount: 100, to_account: bela.id }),
      await place({ amount: 50, to_account: bela.id }),
    ]
    expect((await get(bela, '/transactions/holds')).body.map(({ id }: { id: string }) => id)).toEqual([
      second.id,
      first.id,
    ])
    expect(await capture(bela, first.id, { amount: 80 })).toMatchObject({
      status: 200,
      body: { state: 'captured', settled_by: 'recipient' },
    })
    expect(await release(bela, second.id)).toMatchObject({
      status: 200,
      body: { state: 'released', settled_by: 'recipient' },
    })
    expect([await money(asha), await money(bela)]).toEqual([
      [420, 420, 0],
      [80, 80, 0],
    ])
  })

  it('is let go by its owner', async () => {
    const hold = await place({ amount: 300 })
    expect(await release(asha, hold.id)).toMatchObject({ status: 200, body: { state: 'released' } })
    expect(await money(asha)).toEqual([500, 500, 0])
  })

  it('expires by itself, and is not captured after that', async () => {
    const hold = await place({ amount: 300, expires_in_s: 1 })
    expect(Date.parse(hold.expires_at) - Date.parse(hold.created_at)).toBeLessThanOrEqual(1_000)
    await vi.waitFor(
      async () => expect(await read(asha, hold.id)).toMatchObject({ state: 'expired', settled_by: 'clock' }),
      { timeout: 5_000, interval: 50 },
    )
    expect(await money(asha)).toEqual([500, 500, 0])
    const late = await capture(asha, hold.id)
    expect(late).toMatchObject({
      status: 422,
      body: { code: 'hold_not_open', detail: 'This hold has expired.' },
    })
  })

  it('is settled once: every later try is told what became of it', async () => {
    const [captured, released] = [await place({ amount: 1 }), await place({ amount: 1 })]
    await capture(asha, captured.id)
    await release(asha, released.id)
    for (const [id, detail] of [
      [captured.id, 'This hold was captured already.'],
      [released.id, 'This hold was released already.'],
    ]) {
      for (const answer of [await capture(asha, id), await release(asha, id)])
        expect(answer).toMatchObject({ status: 422, body: { code: 'hold_not_open', detail } })
    }
    expect(await money(asha)).toEqual([499, 499, 0])
  })

  it('never pays more than it set aside', async () => {
    const hold = await place({ amount: 10 })
    expect(await capture(asha, hold.id, { amount: 10.01 })).toMatchObject({
      status: 422,
      body: {
        code: 'hold_exceeded',
        detail: 'This hold set ₹10.00 aside: no more than that can be captured.',
      },
    })
    expect(await money(asha)).toEqual([500, 490, 10])
  })

  it('between own accounts moves the money when it is captured', async () => {
    const { body: trip } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Trip', type: 'savings' },
    })
    const hold = await place({ amount: 70, to_account: trip.id })
    await capture(asha, hold.id)
    expect([await money(asha), await money(asha, trip.id)]).toEqual([
      [430, 430, 0],
      [70, 70, 0],
    ])
  })
})

describe('an account', () => {
  it('that is frozen after the hold was placed pays nothing, and the hold can still be let go', async () => {
    const hold = await place({ amount: 100, to_account: bela.id })
    await setStatus(asha.id, 'frozen')
    for (const person of [asha, bela])
      expect(await capture(person, hold.id)).toMatchObject({ status: 422, body: { code: 'account_frozen' } })
    expect(await post(asha, '/transactions/holds', { amount: 1 })).toMatchObject({
      status: 422,
      body: { code: 'account_frozen' },
    })
    expect(await release(asha, hold.id)).toMatchObject({ status: 200 })
  })

  it('of the recipient that is closed takes nothing, and the hold can still be let go', async () => {
    const hold = await place({ amount: 100, to_account: bela.id })
    await setStatus(bela.id, 'closed')
    expect(await capture(asha, hold.id)).toMatchObject({ status: 422, body: { code: 'account_closed' } })
    expect(await read(asha, hold.id)).toMatchObject({ state: 'placed' })
    expect(await release(asha, hold.id)).toMatchObject({ status: 200 })
  })

  it('that an imported fact overdrew does not go below its floor, and its figures are not told to the recipient', async () => {
    const hold = await place({ amount: 100, to_account: bela.id })
    await services.database.admin`update transaction.accounts set floor_minor = 45000 where id = ${asha.id}`
    const mine = await capture(asha, hold.id)
    expect(mine).toMatchObject({ status: 422, body: { code: 'insufficient_funds' } })
    expect(mine.body.detail).toContain('₹50.00 is available')
    const hers = await capture(bela, hold.id)
    expect(hers).toMatchObject({ status: 422, body: { code: 'insufficient_funds' } })
    expect(hers.body.detail).not.toMatch(/\d/)
    expect(await capture(bela, hold.id, { amount: 50 })).toMatchObject({ status: 200 })
  })
})

describe('POST /transactions/holds', () => {
  it.each<[object, number, string]>([
    [{}, 400, 'malformed_request'],
    [{ amount: 0 }, 400, 'invalid_amount'],
    [{ amount: -1 }, 400, 'invalid_amount'],
    [{ amount: '0.001' }, 400, 'invalid_amount'],
    [{ amount: 1, to_account: 'nobody' }, 404, 'unknown_recipient'],
    [{ amount: 1, to_account: '00000000-0000-7000-8000-000000000000' }, 404, 'unknown_recipient'],
    [{ amount: 1, expires_in_s: 0 }, 400, 'malformed_request'],
    [{ amount: 1, expires_in_s: 5, expires_at: '2199-01-01T00:00:00Z' }, 400, 'malformed_request'],
    [{ amount: 1, expires_at: '2020-01-01T00:00:00Z' }, 400, 'malformed_request'],
    [{ amount: 1, expires_at: '2199-01-01T00:00:00Z' }, 400, 'malformed_request'],
    [{ amount: 1, expires_at: 'tomorrow' }, 400, 'malformed_request'],
    [{ amount: 1, expires_at: '2027-06-30T23:59:60Z' }, 400, 'malformed_request'],
    [{ amount: 1, capture_in_s: 2_592_001 }, 400, 'malformed_request'],
    [{ amount: 1, capture_at: '2199-01-01T00:00:00Z' }, 400, 'malformed_request'],
    [{ amount: 1, capture_in_s: 60, expires_in_s: 600 }, 400, 'malformed_request'],
  ])('refuses %j with %i', async (body, status, code) => {
    expect(await post(asha, '/transactions/holds', body)).toMatchObject({ status, body: { code } })
    expect(await money(asha)).toEqual([500, 500, 0])
  })

  it('refuses a hold for the account it would come from, and one for another currency', async () => {
    const { body: dollars } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Dollars', type: 'savings', currency: 'USD' },
    })
    for (const [to_account, code] of [
      [asha.id, 'same_account'],
      [dollars.id, 'currency_mismatch'],
    ])
      expect(await post(asha, '/transactions/holds', { amount: 1, to_account })).toMatchObject({
        status: 422,
        body: { code },
      })
  })

  it('ignores an account that is not the caller’s and uses the primary one', async () => {
    const hold = await place({ account_id: bela.id, amount: 10 })
    expect(hold.account_id).toBe(asha.id)
    expect(await money(bela)).toEqual([0, 0, 0])
  })
})

describe('an Idempotency-Key', () => {
  it('makes fifty parallel holds one, and fifty captures of it one', async () => {
    const key = { 'idempotency-key': 'hotel' }
    const placed = await Promise.all(
      Array.from({ length: 50 }, () => post(asha, '/transactions/holds', { amount: 3 }, key)),
    )
    expect(new Set(placed.map(({ status }) => status)).difference(new Set([201, 409])).size).toBe(0)
    const [hold, ...others] = (await get(asha, '/transactions/holds')).body
    expect(others).toEqual([])
    const captured = await Promise.all(
      Array.from({ length: 50 }, () => capture(asha, hold.id, { amount: 2 }, key)),
    )
    expect(new Set(captured.map(({ status }) => status)).difference(new Set([200, 409])).size).toBe(0)
    expect(await money(asha)).toEqual([498, 498, 0])
    const repeated = await capture(asha, hold.id, { amount: 2 }, key)
    expect(repeated.text).toBe(captured.find(({ status }) => status === 200)?.text)
    expect(await capture(asha, hold.id, { amount: 1 }, key)).toMatchObject({
      body: { code: 'idempotency_key_reused' },
    })
  })

  it('belongs to who sent it: the recipient’s and the owner’s are apart', async () => {
    const hold = await place({ amount: 100, to_account: bela.id })
    const key = { 'idempotency-key': 'the-same' }
    const hers = await capture(bela, hold.id, { amount: 60 }, key)
    expect(hers.status).toBe(200)
    expect((await capture(bela, hold.id, { amount: 60 }, key)).text).toBe(hers.text)
    expect(await capture(asha, hold.id, { amount: 60 }, key)).toMatchObject({
      status: 422,
      body: { code: 'hold_not_open' },
    })
  })

  it('keeps a refusal refused, also once there is money', async () => {
    const key = { 'idempotency-key': 'too-much' }
    const refused = await post(asha, '/transactions/holds', { amount: 600 }, key)
    await post(asha, '/transactions', { type: 'deposit', amount: 900 })
    expect((await post(asha, '/transactions/holds', { amount: 600 }, key)).text).toBe(refused.text)
    expect(refused.status).toBe(422)
  })
})

describe('a transfer with a delay', () => {
  it('goes at its time, and not before; its recipient hears of it then', async () => {
    const hold = await place({ amount: 200, to_account: bela.id, capture_in_s: 2, note: 'Rent' })
    expect(await money(asha)).toEqual([500, 300, 200])
    expect((await get(bela, '/transactions/holds')).body).toEqual([])
    for (const answer of [
      await get(bela, `/transactions/holds/${hold.id}`),
      await capture(bela, hold.id),
      await release(bela, hold.id),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    await vi.waitFor(async () => expect(await money(bela)).toEqual([200, 200, 0]), {
      timeout: 6_000,
      interval: 50,
    })
    const gone = await read(bela, hold.id)
    expect(gone).toMatchObject({ state: 'captured', settled_by: 'clock', captured_amount: 200 })
    expect(Date.parse(gone.settled_at)).toBeGreaterThanOrEqual(Date.parse(hold.capture_at))
    const [transaction] = (await get(bela, '/transactions')).body
    expect(transaction).toMatchObject({ hold_id: hold.id, note: 'Rent', amount: 200 })
    expect(await money(asha)).toEqual([300, 300, 0])
  })

  it('is undone in time, and then never goes', async () => {
    const hold = await place({ amount: 200, to_account: bela.id, capture_in_s: 1 })
    expect(await release(asha, hold.id)).toMatchObject({ status: 200, body: { state: 'released' } })
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(await read(asha, hold.id)).toMatchObject({ state: 'released', settled_by: 'owner' })
    expect(await money(bela)).toEqual([0, 0, 0])
  })

  it('is not undone once it has gone', async () => {
    const hold = await place({ amount: 200, to_account: bela.id, capture_in_s: 1 })
    await vi.waitFor(async () => expect(await money(bela)).toEqual([200, 200, 0]), {
      timeout: 5_000,
      interval: 50,
    })
    expect(await release(asha, hold.id)).toMatchObject({
      status: 422,
      body: { code: 'hold_not_open', detail: 'This hold was captured already.' },
    })
    expect(await money(asha)).toEqual([300, 300, 0])
  })

  it('is sent at once when its sender says so', async () => {
    const hold = await place({ amount: 200, to_account: bela.id, capture_in_s: 3_600 })
    expect(await capture(asha, hold.id)).toMatchObject({ status: 200, body: { settled_by: 'owner' } })
    expect(await money(bela)).toEqual([200, 200, 0])
  })

  it.each([
    ['account_frozen', () => setStatus(asha.id, 'frozen')],
    ['account_closed', () => setStatus(bela.id, 'closed')],
    [
      'balance_out_of_range',
      () =>
        services.database
          .admin`update transaction.accounts set balance_minor = 999999999999999 where id = ${bela.id}`,
    ],
  ])('is let go and told of when it is refused at its time: %s', async (reason, meanwhile) => {
    const hold = await place({ amount: 200, to_account: bela.id, capture_in_s: 1 })
    await meanwhile()
    await vi.waitFor(
      async () =>
        expect(await read(asha, hold.id)).toMatchObject({ state: 'released', settled_by: 'clock', reason }),
      { timeout: 6_000, interval: 50 },
    )
    expect((await money(asha))[2]).toBe(0)
    const told = await services.database.admin<{ payload: { reason: string } }[]>`
      select payload from events.outbox where type = 'hold.released' and owner_id = ${asha.id}`
    expect(told.map(({ payload }) => payload)).toMatchObject([{ hold_id: hold.id, reason, is_delayed: true }])
  })
})

describe('GET /transactions/holds', () => {
  it('lists by state and account, newest first, page by page', async () => {
    const holds = []
    for (let amount = 1; amount <= 5; amount += 1) holds.push(await place({ amount }))
    await release(asha, holds[0].id)
    const amounts = async (query: string) =>
      (await get(asha, `/transactions/holds${query}`)).body.map(({ amount }: { amount: number }) => amount)
    expect(await amounts('')).toEqual([5, 4, 3, 2, 1])
    expect(await amounts('?state=placed')).toEqual([5, 4, 3, 2])
    expect(await amounts('?state=released')).toEqual([1])
    expect(await amounts(`?account_id=${asha.id}&limit=2&offset=1`)).toEqual([4, 3])
    const page = await get(asha, '/transactions/holds?limit=2')
    const next = /<\/api([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    expect((await get(asha, next)).body.map(({ amount }: { amount: number }) => amount)).toEqual([3, 2])
    expect(await get(asha, `/transactions/holds?account_id=${bela.id}`)).toMatchObject({ status: 403 })
  })
})

describe('another person’s hold', () => {
  it('answers 404 on every route, as one that never was', async () => {
    const chand = await services.register('Chand')
    const hold = await place({ amount: 100, to_account: bela.id })
    const texts = new Set<string>()
    for (const id of [hold.id, newId(), 'x']) {
      for (const answer of [
        await get(chand, `/transactions/holds/${id}`),
        await capture(chand, id),
        await capture(chand, id, { amount: 1 }),
        await release(chand, id),
      ]) {
        expect(answer.status).toBe(404)
        texts.add(answer.text)
      }
    }
    expect(texts.size).toBe(1)
    expect((await get(chand, '/transactions/holds')).body).toEqual([])
    expect(await read(asha, hold.id)).toMatchObject({ state: 'placed' })
  })
})

describe('events', () => {
  it('tell of a hold to both sides, and of a capture as of any transaction', async () => {
    const told = async (person: TestPerson) =>
      (
        await services.database.admin<{ type: string; payload: Record<string, unknown> }[]>`
          select type, payload from events.outbox where owner_id = ${person.id} order by id`
      ).map(({ type, payload }) => [type, payload.side, payload.state ?? payload.amount_minor])
    const [first, second] = [
      await place({ amount: 100, to_account: bela.id }),
      await place({ amount: 50, to_account: bela.id }),
    ]
    await capture(bela, first.id, { amount: 80 })
    await release(asha, second.id)
    expect((await told(bela)).slice(1)).toEqual([
      ['hold.placed', 'received', 'placed'],
      ['hold.placed', 'received', 'placed'],
      ['transaction.posted', 'received', '8000'],
      ['hold.released', 'received', 'released'],
    ])
    expect((await told(asha)).slice(2)).toEqual([
      ['hold.placed', 'sent', 'placed'],
      ['hold.placed', 'sent', 'placed'],
      ['transaction.posted', 'sent', '8000'],
      ['hold.released', 'sent', 'released'],
    ])
  })
})
