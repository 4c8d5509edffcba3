// What a request means in terms of the ledger: exchanges and journals as a table of debits and credits, and what is not even proposed.
import type { CurrencyCode } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import {
  type OwnAccount,
  proposeTransaction,
  type TransactionRequest,
} from '../src/rules/propose-transaction.ts'

const person = (id: string, currency: string): OwnAccount => ({
  id,
  kind: 'person',
  type: 'savings',
  currency: currency as CurrencyCode,
})
const systems = (currency: string): OwnAccount[] =>
  ['external', 'opening', 'exchange'].map((type) => ({
    id: `${type} ${currency}`,
    kind: 'system',
    type,
    currency: currency as CurrencyCode,
  }))

const own = [
  person('rupees', 'INR'),
  person('fund', 'INR'),
  person('dollars', 'USD'),
  person('yen', 'JPY'),
  ...['INR', 'USD', 'JPY'].flatMap(systems),
]
const propose = (request: TransactionRequest) => proposeTransaction(request, own, 'en-IN')
const exchange = (change: Partial<TransactionRequest>) =>
  propose({
    type: 'transfer',
    account_id: 'rupees',
    to_account: 'dollars',
    amount: 83_000,
    to_amount: 1_000,
    ...change,
  })
const journal = (...legs: [string | null, number | string][]) =>
  propose({ type: 'journal', legs: legs.map(([account_id, amount]) => ({ account_id, amount })) })

describe('an exchange', () => {
  it('is four legs, two in each currency, and keeps its rate', () => {
    expect(exchange({})).toEqual({
      type: 'exchange',
      accountId: 'rupees',
      toAccountId: 'dollars',
      isOut: true,
      amountMinor: 8_300_000n,
      legs: [
        { accountId: 'rupees', amountMinor: -8_300_000n },
        { accountId: 'exchange INR', amountMinor: 8_300_000n },
        { accountId: 'exchange USD', amountMinor: -100_000n },
        { accountId: 'dollars', amountMinor: 100_000n },
      ],
      exchange: { toAmountMinor: 100_000n, rate: '0.0120481927711' },
    })
  })

  it('counts in the minor digits of each currency', () => {
    expect(exchange({ account_id: 'yen', amount: 15_000, to_amount: '99.5' })).toMatchObject({
      amountMinor: 15_000n,
      exchange: { toAmountMinor: 9_950n, rate: '0.00663333333333' },
    })
  })

  it('has a rate above zero however unequal the amounts are', () => {
    expect(exchange({ amount: '9999999999999.99', to_amount: '0.01' })).toMatchObject({
      exchange: { rate: '0.00000000000000100000000000' },
    })
  })

  it.each<[string, Partial<TransactionRequest>, string]>([
    ['somebody else’s account', { to_account: 'hers' }, 'currency_mismatch'],
    ['an account of the ledger itself', { to_account: 'exchange USD' }, 'currency_mismatch'],
    ['the same currency', { to_account: 'fund' }, 'malformed_request'],
    ['itself', { to_account: 'rupees' }, 'malformed_request'],
    ['nothing for something', { to_amount: 0 }, 'invalid_amount'],
    ['less than nothing', { to_amount: '-5' }, 'invalid_amount'],
    ['something for nothing', { amount: 0 }, 'invalid_amount'],
    ['a tenth of a yen', { to_account: 'yen', to_amount: '1500.5' }, 'invalid_amount'],
    ['a tenth of a cent', { to_amount: '0.001' }, 'invalid_amount'],
    ['too much', { to_amount: '99999999999999.99' }, 'invalid_amount'],
    ['no number', { to_amount: 'much' }, 'invalid_amount'],
    ['nobody', { to_account: null }, 'missing_recipient'],
  ])('is not with %s', (_what, change, refused) => {
    expect(exchange(change)).toMatchObject({ refused, detail: expect.stringMatching(/\.$/) })
  })
})

describe('a journal', () => {
  it('is shown under the first account that gives', () => {
    expect(journal(['fund', 600], ['rupees', -1_000], [null, 400])).toEqual({
      type: 'journal',
      accountId: 'rupees',
      toAccountId: null,
      isOut: true,
      amountMinor: 100_000n,
      legs: [
        { accountId: 'fund', amountMinor: 60_000n },
        { accountId: 'rupees', amountMinor: -100_000n },
        { accountId: 'external INR', amountMinor: 40_000n },
      ],
    })
  })

  it('is shown under the first account that gets, when the outside gives', () => {
    expect(journal([null, -1_000], ['fund', 600], ['RUPEES', 400])).toMatchObject({
      accountId: 'fund',
      isOut: false,
      amountMinor: 60_000n,
    })
  })

  it('may be in several currencies', () => {
    expect(journal(['rupees', -5], ['fund', 5], ['dollars', '-1.5'], ['yen', 2])).toMatchObject({
      legs: [{ amountMinor: -500n }, { amountMinor: 500n }, { amountMinor: -150n }, { amountMinor: 2n }],
    })
  })

  it.each<[string, Parameters<typeof journal>, string]>([
    [
      'somebody else’s account',
      [
        ['rupees', -5],
        ['hers', 5],
      ],
      'not_your_account',
    ],
    [
      'an account of the ledger itself',
      [
        ['rupees', -5],
        ['external INR', 5],
      ],
      'not_your_account',
    ],
    [
      'nobody’s account',
      [
        [null, -5],
        [null, 5],
      ],
      'malformed_request',
    ],
    [
      'a leg of nothing',
      [
        ['rupees', 0],
        ['fund', 5],
      ],
      'invalid_amount',
    ],
    [
      'a tenth of a paisa',
      [
        ['rupees', '-0.001'],
        ['fund', 5],
      ],
      'invalid_amount',
    ],
    [
      'a tenth of a yen',
      [
        ['yen', '-0.1'],
        ['fund', 5],
      ],
      'invalid_amount',
    ],
    [
      'too much',
      [
        ['rupees', '-99999999999999.99'],
        ['fund', 5],
      ],
      'invalid_amount',
    ],
    [
      'no number',
      [
        ['rupees', '1e3'],
        ['fund', 5],
      ],
      'invalid_amount',
    ],
  ])('is not with %s', (_what, legs, refused) => {
    expect(journal(...legs)).toMatchObject({ refused, detail: expect.stringMatching(/\.$/) })
  })

  it('needs legs', () => {
    expect(propose({ type: 'journal' })).toMatchObject({ refused: 'malformed_request' })
  })
})
