// Terms of accounts: put from a day on, told as of any day, and never overwritten.
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccountService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
  bela = await services.register('Bela')
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const call = (method: string, path: string, body?: unknown, token = asha.token) =>
  services.call('account', method, path, { token, body })
const open = async (body: object): Promise<string> => (await call('POST', '/accounts', body)).body.id
const put = (id: string, body: object, token = asha.token) =>
  call('PUT', `/accounts/${id}/terms`, body, token)
const read = async (id: string, asOf?: string) =>
  (await call('GET', `/accounts/${id}/terms${asOf ? `?terms_as_of=${asOf}` : ''}`)).body
const today = (): string => new Date().toISOString().slice(0, 10)
const rate = (interest_rate: number | string, effective_from?: string) => ({
  interest_rate,
  interest_period: 'quarterly',
  ...(effective_from ? { effective_from } : {}),
})

describe('PUT /accounts/{id}/terms', () => {
  it('holds from the day that is told, until the next', async () => {
    expect((await read(asha.id)).current).toBeNull()
    await put(asha.id, rate('7.10', '2025-01-01'))
    await put(asha.id, rate(6.5, '2026-01-01'))
    await put(asha.id, rate(4, '2150-01-01'))
    for (const [asOf, expected] of [
      ['2024-12-31', undefined],
      ['2025-01-01', '7.10'],
      ['2025-12-31', '7.10'],
      ['2026-01-01', '6.5'],
      ['2150-01-01', '4'],
    ] as const) {
      const { current, terms_as_of } = await read(asha.id, asOf)
      expect([terms_as_of, current?.interest_rate]).toEqual([asOf, expected])
    }
    expect((await read(asha.id)).current).toMatchObject({
      effective_from: '2026-01-01',
      interest_rate: '6.5',
      interest_period: 'quarterly',
      principal: null,
      apr: null,
      asset_class: null,
    })
  })

  it('is from today where no day is told, and answers as of its own day', async () => {
    const answer = await put(asha.id, rate('3.25'))
    expect(answer).toMatchObject({
      status: 200,
      body: {
        account_id: asha.id,
        type: 'savings',
        currency: 'INR',
        terms_as_of: today(),
        current: { effective_from: today(), interest_rate: '3.25' },
        warnings: [],
        instalment_needed: null,
        status: 'open',
        overdraft_limit: 0,
      },
    })
    const later = await put(asha.id, rate(4, '2150-01-01'))
    expect(later.body).toMatchObject({ terms_as_of: '2150-01-01', current: { interest_rate: '4' } })
  })

  it('keeps what it supersedes: the later of two for one day stands, and both are in the history', async () => {
    await put(asha.id, rate(7, '2026-01-01'))
    await put(asha.id, rate(7.1, '2026-01-01'))
    const { current, history } = await read(asha.id, '2026-02-01')
    expect(current.interest_rate).toBe('7.1')
    expect(
      history.map((row: { interest_rate: string; is_superseded: boolean }) => [
        row.interest_rate,
        row.is_superseded,
      ]),
    ).toEqual([
      ['7.1', false],
      ['7', true],
    ])
  })

  it('adds nothing when the same is put again, and does when it is put back', async () => {
    await put(asha.id, rate(7, '2026-01-01'))
    await put(asha.id, rate('7', '2026-01-01'))
    expect((await read(asha.id)).history).toHaveLength(1)
    await put(asha.id, rate(8, '2026-01-01'))
    await put(asha.id, rate(7, '2026-01-01'))
    expect((await read(asha.id)).history).toHaveLength(3)
  })

  it('takes the terms of a loan, and warns of an instalment that does not repay it', async () => {
    const loan = await open({ name: 'Car', type: 'loan', overdraft_limit: 100_000 })
    const terms = { principal: '100000.00', apr: 12, term_months: 12, first_instalment_on: '2026-02-01' }
    const exact = await put(loan, { ...terms, instalment: 8884.88, effective_from: '2026-01-01' })
    expect(exact.body).toMatchObject({
      current: { ...terms, principal: 100_000, apr: '12', instalment: 8884.88, interest_rate: null },
      warnings: [],
      instalment_needed: 8884.88,
    })
    const short = await put(loan, { ...terms, instalment: 8000, effective_from: '2026-01-01' })
    expect(short.status).toBe(200)
    expect(short.body.warnings).toMatchObject([
      { code: 'instalment_too_small', detail: expect.stringContaining('₹8,884.88 is needed') },
    ])
    expect((await read(loan)).warnings).toHaveLength(1)
    expect((await read(loan, '2025-06-01')).warnings).toEqual([])
  })

  it('answers also where no amount could say what would be needed', async () => {
    const loan = await open({ name: 'Absurd', type: 'loan' })
    const answer = await put(loan, { principal: '9999999999999.99', apr: 1000, term_months: 1 })
    expect(answer).toMatchObject({ status: 200, body: { instalment_needed: null } })
  })

  it('takes the asset class of a portfolio', async () => {
    const depot = await open({ name: 'Depot', type: 'portfolio' })
    await put(depot, { asset_class: 'fund', effective_from: '2026-01-01' })
    expect((await read(depot)).current.asset_class).toBe('fund')
  })

  it('tells the ledger of an overdraft limit, which has a history of its own', async () => {
    const current = await open({ name: 'Everyday', type: 'current', overdraft_limit: 100 })
    const answer = await put(current, { ...rate(18), overdraft_limit: 500 })
    expect(answer.body).toMatchObject({
      overdraft_limit: 500,
      current: { interest_rate: '18' },
      standings: [
        { status: 'open', overdraft_limit: 500 },
        { status: 'open', overdraft_limit: 100 },
      ],
    })
    await put(current, rate(19))
    await put(current, { overdraft_limit: 700 })
    expect(await read(current)).toMatchObject({ overdraft_limit: 700, current: { interest_rate: '19' } })
    const withdrawal = { account_id: current, type: 'withdrawal', amount: 700 }
    const posted = await services.call('transaction', 'POST', '/transactions', {
      token: asha.token,
      body: withdrawal,
    })
    expect(posted.status).toBe(201)
  })

  it('tells every member at fault', async () => {
    const loan = await open({ name: 'Car', type: 'loan' })
    const answer = await put(loan, { principal: 0, apr: '12 %', effective_from: '1850-01-01' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_terms' } })
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/effective_from',
      '/principal',
      '/apr',
      '/term_months',
    ])
  })

  it.each([
    ['a day that is none', { ...rate(1), effective_from: '2026-02-30' }],
    ['an unknown period', { interest_rate: 1, interest_period: 'weekly' }],
    ['a term of a loan', { principal: 5, apr: 1, term_months: 2 }],
    ['nothing', {}],
  ])('refuses %s, and puts nothing', async (_what, body) => {
    expect((await put(asha.id, body)).status).toBe(400)
    expect((await read(asha.id)).history).toEqual([])
  })

  it('refuses a day that is none to ask for', async () => {
    expect((await call('GET', `/accounts/${asha.id}/terms?terms_as_of=2026-02-30`)).status).toBe(400)
    expect((await call('GET', `/accounts/${asha.id}/terms?terms_as_of=0000-01-01`)).status).toBe(400)
  })

  it('can be told of a closed account, but not its limit', async () => {
    const old = await open({ name: 'Old', type: 'current' })
    await call('PATCH', `/accounts/${old}`, { status: 'closed' })
    expect((await put(old, rate(2, '2020-01-01'))).status).toBe(200)
    expect((await put(old, { overdraft_limit: 5 })).body.code).toBe('account_closed')
  })

  it('is 403 for what is not the caller’s, one answer whatever the id', async () => {
    const ids = [asha.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense']
    const answers = await Promise.all(
      ids.flatMap((id) => [
        put(id, rate(1), bela.token),
        put(id, { apr: 5 }, bela.token),
        call('GET', `/accounts/${id}/terms`, undefined, bela.token),
      ]),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await read(asha.id)).history).toEqual([])
  })
})

describe('history in the database', () => {
  it('is added to and never changed, not even by its owner or a superuser', async () => {
    await put(asha.id, rate(7))
    await call('PATCH', `/accounts/${asha.id}`, { status: 'frozen' })
    const service = await services.database.as('fintwin_account')
    for (const table of ['terms', 'standings']) {
      for (const statement of [`update ${table} set owner_id = owner_id`, `delete from ${table}`]) {
        await expect(service.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
        const aimed = statement.replace(table, `account.${table}`)
        await expect(services.database.admin.unsafe(aimed)).rejects.toMatchObject({ code: '23001' })
      }
    }
  })

  it('is of the account’s owner only', async () => {
    const insert = (sql: string) => services.database.admin.unsafe(sql)
    await expect(
      insert(
        `insert into account.terms (owner_id, account_id, effective_from) values ('${bela.id}', '${asha.id}', now())`,
      ),
    ).rejects.toMatchObject({ code: '23503' })
    await expect(
      insert(
        `insert into account.standings (owner_id, account_id, status, overdraft_limit_minor) values ('${bela.id}', '${asha.id}', 'open', 0)`,
      ),
    ).rejects.toMatchObject({ code: '23503' })
  })
})
