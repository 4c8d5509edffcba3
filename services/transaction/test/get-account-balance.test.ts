// One balance, as it is and as it was, and the list as it was.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

async function post(body: object): Promise<{ id: string; created_at: string }> {
  const answer = await services.call('transaction', 'POST', '/transactions', { token: asha.token, body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const read = (query = '', accountId = asha.id, person = asha) =>
  services.call('transaction', 'GET', `/transactions/account/${accountId}/balance${query}`, {
    token: person.token,
  })
const list = (query: string) =>
  services.call('transaction', 'GET', `/transactions/account/${asha.id}?${query}`, { token: asha.token })
const seal = () => services.database.admin`select transaction.seal(100000)`

describe('GET /transactions/account/{id}/balance', () => {
  it('is 0 at position 0 before anything was posted', async () => {
    const nothing = { account_id: asha.id, currency: 'INR', balance: 0, position: 0 }
    expect((await read()).body).toEqual({ ...nothing, available_balance: 0 })
    expect((await read('?as_of=0')).body).toEqual({ ...nothing, as_of: '0' })
    expect((await read('?as_of=2020-01-01T00:00:00Z')).body).toEqual({
      ...nothing,
      as_of: '2020-01-01T00:00:00Z',
    })
    expect((await read('?effective_as_of=2020-01-01')).body).toEqual({
      ...nothing,
      effective_as_of: '2020-01-01',
    })
  })

  it('tells now with what may be spent, and then without', async () => {
    const first = await post({ type: 'deposit', amount: 100 })
    const second = await post({ type: 'withdrawal', amount: '30.25' })
    expect((await read()).body).toMatchObject({ balance: 69.75, position: 2, available_balance: 69.75 })
    expect((await read(`?as_of=${first.created_at}`)).body).toEqual({
      account_id: asha.id,
      currency: 'INR',
      balance: 100,
      position: 1,
      as_of: first.created_at,
    })
    for (const asOf of ['2', '4000000000', '9999-12-31T23:59:59Z', second.created_at])
      expect((await read(`?as_of=${asOf}`)).body).toMatchObject({ balance: 69.75, position: 2 })
    expect((await read('?as_of=1')).body).toMatchObject({ balance: 100, position: 1 })
  })

  it('reads an instant in any offset', async () => {
    await post({ type: 'deposit', amount: 5 })
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)
    for (const [offset, balance] of [
      ['%2B02:00', 0],
      ['-02:00', 5],
      ['Z', 5],
    ])
      expect((await read(`?as_of=${inAnHour}${offset}`)).body.balance).toBe(balance)
  })

  it('tells by effective date what happened by then, whenever it was posted, sealed or not', async () => {
    await post({ type: 'deposit', amount: 100, effective_at: '2025-01-10T23:59:59.999Z' })
    await post({ type: 'deposit', amount: 50, effective_at: '2025-01-11T00:00:00Z' })
    const expected = [
      ['2025-01-09', 0],
      ['2025-01-10', 100],
      ['2025-01-11', 150],
      ['2199-01-01', 150],
    ] as const
    for (const [day, balance] of expected)
      expect((await read(`?effective_as_of=${day}`)).body).toMatchObject({
        balance,
        position: 2,
        effective_as_of: day,
      })
    await seal()
    for (const [day, balance] of expected)
      expect((await read(`?effective_as_of=${day}`)).body.balance).toBe(balance)
    await post({ type: 'withdrawal', amount: 1, effective_at: '2025-01-10T12:00:00Z' })
    for (const [day, balance] of expected)
      expect((await read(`?effective_as_of=${day}`)).body.balance).toBe(balance === 0 ? 0 : balance - 1)
    expect((await read('?as_of=2')).body.balance).toBe(150)
  })

  it.each([
    '?as_of=yesterday',
    '?as_of=2025-02-30T00:00:00Z',
    '?as_of=2025-01-01',
    '?as_of=-1',
    '?as_of=1.5',
    '?as_of=',
    '?as_of=1850-01-01T00:00:00Z',
    '?as_of=0000-01-01T00:00:00Z',
    '?as_of=2016-12-31T23:59:60Z',
    '?as_of=99999999999',
    '?effective_as_of=2025-02-30',
    '?effective_as_of=0001-01-01',
    '?effective_as_of=now',
    '?as_of=1&effective_as_of=2025-01-01',
  ])('refuses %s', async (query) => {
    const answer = await read(query)
    expect(answer, answer.text).toMatchObject({ status: 400, body: { code: 'malformed_request' } })
  })

  it('is another’s for nobody: not known, not there and malformed are one answer', async () => {
    const bela = await services.register('Bela')
    const answers = await Promise.all(
      [asha.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense'].map((id) => read('?as_of=1', id, bela)),
    )
    for (const { status, body } of answers) expect([status, body.code]).toEqual([403, 'not_your_account'])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })
})

describe('GET /transactions/account/{id}?as_of', () => {
  it('lists what was there then, page by page, whatever was posted since', async () => {
    const ids: string[] = []
    for (const amount of [1, 2, 3]) ids.push((await post({ type: 'deposit', amount })).id)
    await post({ type: 'deposit', amount: 4, effective_at: '2020-01-01T00:00:00Z' })
    await post({ type: 'deposit', amount: 5 })
    expect((await list('as_of=3')).body.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed())
    const first = await list('as_of=3&limit=2')
    const next = /<\/api([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    expect(next).toContain('as_of=3')
    const second = await services.call('transaction', 'GET', next, { token: asha.token })
    expect([...first.body, ...second.body].map(({ id }: { id: string }) => id)).toEqual(ids.toReversed())
    expect((await list('as_of=0')).body).toEqual([])
    expect((await list('as_of=99')).body).toHaveLength(5)
    expect((await list('as_of=soon')).status).toBe(400)
  })
})

describe('GET /transactions/account/{id}/balances', () => {
  it('is the same chart before and after the days are summed up', async () => {
    for (const [amount, day] of [
      [100, '2025-03-01'],
      [20, '2025-03-03'],
      [3, '2025-03-03'],
      [7, '2025-02-01'],
    ])
      await post({ type: 'deposit', amount, effective_at: `${day}T12:00:00Z` })
    const chart = async () =>
      (
        await services.call(
          'transaction',
          'GET',
          `/transactions/account/${asha.id}/balances?from=2025-03-01&to=2025-03-04`,
          { token: asha.token },
        )
      ).body.points
    const points = [
      { date: '2025-02-28', balance: 7 },
      { date: '2025-03-01', balance: 107 },
      { date: '2025-03-03', balance: 130 },
      { date: '2025-03-04', balance: 130 },
    ]
    expect(await chart()).toEqual(points)
    await seal()
    expect(await chart()).toEqual(points)
    await post({ type: 'withdrawal', amount: 30, effective_at: '2025-03-03T13:00:00Z' })
    expect(await chart()).toEqual(
      points.map((point) => ({ ...point, balance: point.balance - (point.date > '2025-03-01' ? 30 : 0) })),
    )
  })
})
