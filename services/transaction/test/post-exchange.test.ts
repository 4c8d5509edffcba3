// Exchanges between one's own currencies, and journals, on the wire: what they do to balances, and how they read back.
import { buildAccountService } from '@fintwin/account'
import type { TransactionLeg } from '@fintwin/contracts'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
let dollars: string
let yen: string
let fund: string

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  dollars = await open('Dollars', 'USD')
  yen = await open('Yen', 'JPY')
  fund = await open('Fund', 'INR')
  expect((await post({ type: 'deposit', amount: 100_000 })).status).toBe(201)
})

async function open(name: string, currency: string): Promise<string> {
  const answer = await services.call('account', 'POST', '/accounts', {
    token: asha.token,
    body: { name, type: 'savings', currency },
  })
  return answer.body.id
}

const post = (body: object, headers: Record<string, string> = {}) =>
  services.call('transaction', 'POST', '/transactions', { token: asha.token, body, headers })
const read = async (path: string) =>
  (await services.call('transaction', 'GET', path, { token: asha.token })).body
const balances = async (): Promise<number[]> => {
  const { body } = await services.call('account', 'GET', '/accounts', { token: asha.token })
  return [asha.id, fund, dollars, yen].map(
    (id) => body.find((account: { id: string }) => account.id === id).balance,
  )
}
const exchange = (change: object = {}) =>
  post({ type: 'transfer', to_account: dollars, amount: 83_000, to_amount: 1_000, ...change })
const journal = (...legs: [string | null, number | string][]) =>
  post({ type: 'journal', note: 'Split', legs: legs.map(([account_id, amount]) => ({ account_id, amount })) })

/** Debits are what an account gets, credits what it gives. */
const asBooked = (legs: TransactionLeg[]) =>
  legs.map(({ account_id, system, amount, currency }) => {
    const account = account_id === null ? `${system} ${currency}` : account_id
    return amount > 0 ? `Dr ${account} ${amount} ${currency}` : `Cr ${account} ${-amount} ${currency}`
  })

async function expectLedgerToSumToZero(): Promise<void> {
  const sums = await services.database.admin`
    select a.currency, sum(e.amount_minor) as sum from transaction.entries e join transaction.accounts a on a.no = e.account_no
    group by a.currency having sum(e.amount_minor) <> 0`
  expect(sums).toHaveLength(0)
  const stray = await services.database.admin`
    select a.id from transaction.accounts a
    where a.balance_minor <> (select coalesce(sum(e.amount_minor), 0) from transaction.entries e where e.account_no = a.no)`
  expect(stray).toHaveLength(0)
}

describe('an exchange', () => {
  it('moves both currencies, keeps its rate, and leaves each currency of the ledger at zero', async () => {
    const answer = await exchange({ note: 'For the trip' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      type: 'exchange',
      account_id: asha.id,
      to_account: dollars,
      amount: 83_000,
      currency: 'INR',
      to_amount: 1_000,
      to_currency: 'USD',
      rate: 0.0120481927711,
      direction: 'out',
      note: 'For the trip',
    })
    expect(await balances()).toEqual([17_000, 0, 1_000, 0])
    await expectLedgerToSumToZero()
  })

  it('reads back in four legs, as an accountant would write it', async () => {
    const { id } = (await exchange()).body
    const detail = await read(`/transactions/${id}`)
    expect(asBooked(detail.legs)).toEqual([
      `Cr ${asha.id} 83000 INR`,
      'Dr exchange INR 83000 INR',
      'Cr exchange USD 1000 USD',
      `Dr ${dollars} 1000 USD`,
    ])
    expect(detail.legs.map(({ balance }: TransactionLeg) => balance)).toEqual([17_000, 83_000, -1_000, 1_000])
    expect(detail.legs.map(({ number }: TransactionLeg) => number)).toEqual([2, 1, 1, 1])
    expect(detail).toMatchObject({ reversible_as: 'undo', annotation: null })
  })

  it('is in the lists of both accounts, and once in the list of all', async () => {
    const { id } = (await exchange()).body
    for (const path of [
      '/transactions',
      `/transactions/account/${asha.id}`,
      `/transactions/account/${dollars}`,
      '/transactions?type=exchange',
    ]) {
      const found = (await read(path)).filter((one: { id: string }) => one.id === id)
      expect(found, path).toMatchObject([{ amount: 83_000, currency: 'INR', to_amount: 1_000 }])
      expect(found[0]).not.toHaveProperty('legs')
    }
  })

  it('keeps currencies without minor digits whole', async () => {
    const answer = await exchange({ to_account: yen, amount: '560.55', to_amount: 1_000 })
    expect(answer).toMatchObject({ status: 201, body: { to_amount: 1_000, to_currency: 'JPY' } })
    expect(await balances()).toEqual([99_439.45, 0, 0, 1_000])
    expect((await exchange({ to_account: yen, to_amount: '1000.5' })).body.code).toBe('invalid_amount')
  })

  it.each<[string, () => Promise<object> | object, number, string]>([
    [
      'to somebody else',
      async () => ({ to_account: (await services.register()).id }),
      422,
      'currency_mismatch',
    ],
    ['into the same currency', () => ({ to_account: fund }), 400, 'malformed_request'],
    ['to itself', () => ({ to_account: asha.id }), 400, 'malformed_request'],
    ['of nothing', () => ({ to_amount: 0 }), 400, 'invalid_amount'],
    ['of more than there is', () => ({ amount: 100_000.01 }), 422, 'insufficient_funds'],
    ['without the amount that arrives', () => ({ to_amount: undefined }), 422, 'currency_mismatch'],
    ['tomorrow', () => ({ effective_at: '2999-01-01T00:00:00Z' }), 400, 'malformed_request'],
  ])('is refused %s', async (_what, change, status, code) => {
    expect(await exchange(await change())).toMatchObject({ status, body: { code } })
    expect(await balances()).toEqual([100_000, 0, 0, 0])
  })

  it('may have happened earlier', async () => {
    const answer = await exchange({ effective_at: '2024-02-29T09:30:00Z' })
    expect(answer).toMatchObject({ status: 201, body: { effective_at: '2024-02-29T09:30:00.000Z' } })
    const detail = await read(`/transactions/${answer.body.id}`)
    expect(detail.legs).toHaveLength(4)
  })

  it('happens once under its key', async () => {
    const headers = { 'idempotency-key': 'dollars' }
    const body = { type: 'transfer', to_account: dollars, amount: 83, to_amount: 1 }
    const answers = [await post(body, headers), await post(body, headers)]
    expect(answers[1]?.text).toBe(answers[0]?.text)
    expect(await balances()).toEqual([99_917, 0, 1, 0])
  })
})

describe('a journal', () => {
  it('moves several accounts and the outside at once', async () => {
    const answer = await journal([asha.id, -1_000], [fund, '600.50'], [null, '399.50'])
    expect(answer).toMatchObject({
      status: 201,
      body: { type: 'journal', account_id: asha.id, amount: 1_000, direction: 'out', to_account: null },
    })
    expect(await balances()).toEqual([99_000, 600.5, 0, 0])
    await expectLedgerToSumToZero()
    expect(asBooked((await read(`/transactions/${answer.body.id}`)).legs)).toEqual([
      `Cr ${asha.id} 1000 INR`,
      `Dr external INR 399.5 INR`,
      `Dr ${fund} 600.5 INR`,
    ])
  })

  it('shows its legs in the lists of each of its accounts', async () => {
    const { id } = (await journal([asha.id, -1_000], [fund, 600], [null, 400])).body
    for (const account of [asha.id, fund]) {
      const [newest] = await read(`/transactions/account/${account}?limit=1`)
      expect(newest).toMatchObject({ id, amount: 1_000, direction: 'out' })
      expect(newest.legs.find(({ account_id }: TransactionLeg) => account_id === account)).toMatchObject(
        account === fund ? { amount: 600, balance: 600 } : { amount: -1_000, balance: 99_000 },
      )
    }
  })

  it('balances in each of its currencies', async () => {
    await exchange()
    const legs: [string | null, number][] = [
      [asha.id, -10],
      [fund, 10],
      [dollars, -2],
    ]
    expect(await journal(...legs, [yen, 2])).toMatchObject({
      status: 422,
      body: { code: 'unbalanced_posting', detail: 'What leaves and what arrives in USD must be equal.' },
    })
    const more = await open('More dollars', 'USD')
    expect((await journal(...legs, [more, 2])).status).toBe(201)
    expect(await balances()).toEqual([16_990, 10, 998, 0])
    await expectLedgerToSumToZero()
  })

  it.each<
    [
      string,
      () => Promise<[string | null, number | string][]> | [string | null, number | string][],
      number,
      string,
    ]
  >([
    [
      'what does not balance',
      () => [
        [asha.id, -10],
        [fund, 9],
      ],
      422,
      'unbalanced_posting',
    ],
    [
      'somebody else’s account',
      async () => [
        [asha.id, -10],
        [(await services.register()).id, 10],
      ],
      403,
      'not_your_account',
    ],
    [
      'an account of nobody',
      () => [
        [asha.id, -10],
        ['nonsense', 10],
      ],
      403,
      'not_your_account',
    ],
    [
      'the outside alone',
      () => [
        [null, -10],
        [null, 10],
      ],
      400,
      'malformed_request',
    ],
    [
      'one account twice',
      () => [
        [asha.id, -10],
        [asha.id, 5],
        [fund, 5],
      ],
      422,
      'same_account',
    ],
    [
      'the outside twice',
      () => [
        [asha.id, -10],
        [null, 5],
        [null, 5],
      ],
      422,
      'same_account',
    ],
    [
      'more than there is',
      () => [
        [asha.id, -100_001],
        [fund, 100_001],
      ],
      422,
      'insufficient_funds',
    ],
    [
      'a leg of nothing',
      () => [
        [asha.id, 0],
        [fund, 10],
      ],
      400,
      'invalid_amount',
    ],
    ['a single leg', () => [[asha.id, 10]], 400, 'malformed_request'],
  ])('is refused with %s', async (_what, legs, status, code) => {
    expect(await journal(...(await legs()))).toMatchObject({ status, body: { code } })
    expect(await balances()).toEqual([100_000, 0, 0, 0])
  })

  it('and an exchange are taken in a batch, one refusal for itself', async () => {
    const { body } = await services.call('transaction', 'POST', '/transactions/batch', {
      token: asha.token,
      body: {
        mode: 'independent',
        transactions: [
          { type: 'transfer', to_account: dollars, amount: 83, to_amount: 1 },
          {
            type: 'journal',
            legs: [
              { account_id: asha.id, amount: -7 },
              { account_id: fund, amount: 6 },
            ],
          },
          {
            type: 'journal',
            effective_at: '2025-01-01T00:00:00Z',
            legs: [
              { account_id: asha.id, amount: -7 },
              { account_id: fund, amount: 7 },
            ],
          },
        ],
      },
    })
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([201, 422, 201])
    expect(body.results[0].transaction).toMatchObject({ type: 'exchange', to_amount: 1 })
    expect(body.results[2].transaction).toMatchObject({
      type: 'journal',
      effective_at: '2025-01-01T00:00:00.000Z',
    })
    expect(await balances()).toEqual([99_910, 7, 1, 0])
    await expectLedgerToSumToZero()
  })
})
