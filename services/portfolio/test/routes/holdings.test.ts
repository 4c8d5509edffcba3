// Holdings: added, priced, deleted by their owner only, and valued exactly.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPortfolioService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson

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
  bela = await services.register('Bela')
})

const call = (person: TestPerson, method: string, path: string, body?: unknown, headers = {}) =>
  services.call('portfolio', method, path, { token: person.token, body, headers })
const tata = {
  ticker: 'tcs',
  company_name: 'Tata Consultancy',
  quantity: 10,
  buy_price: 3500.5,
  current_price: 3600.25,
}
const add = async (person: TestPerson, holding: object = {}) =>
  (await call(person, 'POST', '/portfolio/holdings', { ...tata, ...holding })).body

describe('POST /portfolio/holdings', () => {
  it('adds a holding to the primary account, its ticker in capitals', async () => {
    const answer = await call(asha, 'POST', '/portfolio/holdings/', tata)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      account_id: asha.id,
      ticker: 'TCS',
      company_name: 'Tata Consultancy',
      quantity: 10,
      buy_price: 3500.5,
      current_price: 3600.25,
      current_value: 36_002.5,
      invested_value: 35_005,
      gain_loss: 997.5,
      gain_loss_pct: 2.85,
      currency: 'INR',
      asset_class: 'stock',
    })
  })

  it('takes an own account that is named, and ignores another’s', async () => {
    const { body: depot } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Depot', type: 'portfolio', currency: 'USD' },
    })
    expect(await add(asha, { account_id: depot.id })).toMatchObject({ account_id: depot.id, currency: 'USD' })
    expect((await add(asha, { account_id: bela.id })).account_id).toBe(asha.id)
    expect((await add(asha, { account_id: 7 })).account_id).toBe(asha.id)
    expect((await call(bela, 'GET', `/portfolio/holdings/${bela.id}`)).body).toEqual([])
  })

  it.each([
    [{ quantity: 0 }],
    [{ quantity: -1 }],
    [{ buy_price: '0.00' }],
    [{ current_price: 'cheap' }],
    [{ ticker: ' ' }],
    [{ company_name: undefined }],
    [{ currency: 'ZZZ' }],
    [{ quantity: 1e15, buy_price: 1e15 }],
  ])('refuses %o as malformed', async (change) => {
    expect((await call(asha, 'POST', '/portfolio/holdings', { ...tata, ...change })).status).toBe(400)
  })

  it('adds it once for the same key', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await call(asha, 'POST', '/portfolio/holdings', tata, headers)
    const second = await call(asha, 'POST', '/portfolio/holdings', tata, headers)
    expect(second.text).toBe(first.text)
    expect((await call(asha, 'GET', `/portfolio/holdings/${asha.id}`)).body).toHaveLength(1)
  })
})

describe('GET /portfolio/holdings/{account_id}', () => {
  it('lists newest first, page by page', async () => {
    for (const ticker of ['A', 'B', 'C']) await add(asha, { ticker })
    const first = await call(asha, 'GET', `/portfolio/holdings/${asha.id}?limit=2`)
    expect(first.body.map(({ ticker }: { ticker: string }) => ticker)).toEqual(['C', 'B'])
    const next = /^<\/api(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    expect((await call(asha, 'GET', next)).body).toMatchObject([{ ticker: 'A' }])
    expect((await call(asha, 'GET', `/portfolio/holdings/${asha.id}?offset=2`)).body).toMatchObject([
      { ticker: 'A' },
    ])
  })

  it('gives 403 for an account that is not the caller’s', async () => {
    for (const path of [`holdings/${bela.id}`, 'holdings/nonsense', `summary/${bela.id}`, 'summary/nonsense'])
      expect((await call(asha, 'GET', `/portfolio/${path}`)).status).toBe(403)
  })
})

describe('the class of a holding', () => {
  const today = (): string => new Date().toISOString().slice(0, 10)
  const classOf = async (id: string) =>
    (await call(asha, 'GET', `/portfolio/holdings/${id}/asset-classes`)).body.map(
      (row: { asset_class: string; effective_from: string; is_superseded: boolean }) => [
        row.asset_class,
        row.effective_from,
        row.is_superseded,
      ],
    )

  it('is dated: the latest day stands, and of one day the latest told', async () => {
    const { id, asset_class_from } = await add(asha)
    expect(asset_class_from).toBe(today())
    const put = (body: object) => call(asha, 'PUT', `/portfolio/holdings/${id}`, body)
    expect((await put({ asset_class: 'fund', effective_from: '2020-05-01' })).body).toMatchObject({
      asset_class: 'stock',
      asset_class_from: today(),
      current_price: 3600.25,
    })
    expect((await put({ asset_class: 'bond' })).body).toMatchObject({
      asset_class: 'bond',
      asset_class_from: today(),
    })
    await put({ asset_class: 'bond' })
    expect(await classOf(id)).toEqual([
      ['bond', today(), false],
      ['stock', today(), true],
      ['fund', '2020-05-01', false],
    ])
    expect((await call(asha, 'GET', `/portfolio/holdings/${asha.id}`)).body[0].asset_class).toBe('bond')
  })

  it('changes with the price, or the price alone', async () => {
    const { id } = await add(asha)
    const both = await call(asha, 'PUT', `/portfolio/holdings/${id}`, {
      current_price: 4000,
      asset_class: 'commodity',
    })
    expect(both.body).toMatchObject({ current_price: 4000, current_value: 40_000, asset_class: 'commodity' })
    await call(asha, 'PUT', `/portfolio/holdings/${id}`, { current_price: 1 })
    expect(await classOf(id)).toHaveLength(2)
  })

  it('goes with its holding', async () => {
    const { id } = await add(asha)
    await call(asha, 'DELETE', `/portfolio/holdings/${id}`)
    expect((await call(asha, 'GET', `/portfolio/holdings/${id}/asset-classes`)).status).toBe(404)
    const rows = await services.database.admin`select from portfolio.asset_classes where holding_id = ${id}`
    expect(rows).toHaveLength(0)
  })

  it.each([
    [{}, '/current_price'],
    [{ asset_class: 'art' }, '/asset_class'],
    [{ effective_from: '2020-01-01', current_price: 5 }, '/effective_from'],
    [{ asset_class: 'bond', effective_from: '2199-01-01' }, '/effective_from'],
    [{ asset_class: 'bond', effective_from: '1899-01-01' }, '/effective_from'],
    [{ asset_class: 'bond', effective_from: '2023-02-29' }, '/effective_from'],
  ])('refuses %o', async (body, pointer) => {
    const { id } = await add(asha)
    const answer = await call(asha, 'PUT', `/portfolio/holdings/${id}`, body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_request', errors: [{ pointer }] } })
    expect(await classOf(id)).toHaveLength(1)
  })
})

describe('PUT and DELETE /portfolio/holdings/{id}', () => {
  it('sets the price, and the value with it', async () => {
    const { id } = await add(asha)
    const answer = await call(asha, 'PUT', `/portfolio/holdings/${id}`, { current_price: '3000.005' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      current_price: 3000.005,
      current_value: 30_000.05,
      gain_loss: -5_004.95,
    })
    expect((await call(asha, 'PUT', `/portfolio/holdings/${id}`, { current_price: 0 })).status).toBe(400)
  })

  it('deletes it', async () => {
    const { id } = await add(asha)
    const answer = await call(asha, 'DELETE', `/portfolio/holdings/${id}`)
    expect(answer.body.message).toBeTruthy()
    expect((await call(asha, 'DELETE', `/portfolio/holdings/${id}`)).status).toBe(404)
  })

  it('gives 404 with one body for another’s and an unknown one, and changes nothing', async () => {
    const { id } = await add(asha)
    const unknown = '01a20efe-9791-7638-ac63-f5157733cea0'
    const answers = await Promise.all(
      [id, unknown, 'nonsense'].flatMap((each) => [
        call(bela, 'PUT', `/portfolio/holdings/${each}`, { current_price: 1 }),
        call(bela, 'PUT', `/portfolio/holdings/${each}`, { asset_class: 'bond' }),
        call(bela, 'PUT', `/portfolio/holdings/${each}`, {}),
        call(bela, 'GET', `/portfolio/holdings/${each}/asset-classes`),
        call(bela, 'DELETE', `/portfolio/holdings/${each}`),
      ]),
    )
    expect(answers.every(({ status }) => status === 404)).toBe(true)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await call(asha, 'GET', `/portfolio/holdings/${asha.id}`)).body).toMatchObject([
      { current_price: 3600.25 },
    ])
  })
})
