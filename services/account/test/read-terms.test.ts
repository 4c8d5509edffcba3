// Which terms an account of each type can have, and what is told of those it cannot.
import type { NewTerms } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { readTerms } from '../src/rules/read-terms.ts'

const inr = 'INR' as CurrencyCode
const today = '2026-03-15'
const read = (type: string, put: NewTerms, currency = inr) => readTerms(put, { type, currency }, today)
const nothing = {
  interestRate: null,
  interestPeriod: null,
  principalMinor: null,
  apr: null,
  termMonths: null,
  instalmentMinor: null,
  firstInstalmentOn: null,
  assetClass: null,
}
const loan: NewTerms = { principal: 100_000, apr: 12, term_months: 12 }

describe('readTerms', () => {
  it.each<[string, string, NewTerms, object]>([
    [
      'a number keeps its digits',
      'savings',
      { interest_rate: 7.1, interest_period: 'quarterly' },
      { interestRate: '7.1', interestPeriod: 'quarterly' },
    ],
    [
      'a text keeps its digits',
      'current',
      { interest_rate: '-0.500', interest_period: 'daily' },
      { interestRate: '-0.500', interestPeriod: 'daily' },
    ],
    [
      'a card',
      'credit',
      { interest_rate: 42, interest_period: 'monthly', apr: null },
      { interestRate: '42', interestPeriod: 'monthly' },
    ],
    [
      'a loan by its term',
      'loan',
      { ...loan, first_instalment_on: '2026-04-01' },
      { principalMinor: 10_000_000n, apr: '12', termMonths: 12, firstInstalmentOn: '2026-04-01' },
    ],
    [
      'a loan by its instalment',
      'loan',
      { principal: '1000.50', apr: '0', instalment: 10 },
      { principalMinor: 100_050n, apr: '0', instalmentMinor: 1_000n },
    ],
    ['a portfolio', 'portfolio', { asset_class: 'bond' }, { assetClass: 'bond' }],
  ])('%s', (_what, type, put, terms) => {
    expect(read(type, put)).toEqual({
      effectiveFrom: today,
      terms: { ...nothing, ...terms },
      overdraftLimitMinor: undefined,
    })
  })

  it('takes any day, past or to come', () => {
    for (const effective_from of ['1900-01-01', '2024-02-29', '2199-12-31'])
      expect(read('loan', { ...loan, effective_from })).toMatchObject({ effectiveFrom: effective_from })
  })

  it('takes an overdraft limit by itself, from today', () => {
    const limit = { effectiveFrom: today, terms: undefined, overdraftLimitMinor: 50_000n }
    expect(read('credit', { overdraft_limit: 500 })).toEqual(limit)
    expect(read('credit', { overdraft_limit: '500', effective_from: today })).toEqual(limit)
    expect(read('loan', { ...loan, overdraft_limit: 0 })).toMatchObject({ overdraftLimitMinor: 0n })
  })

  it.each<[string, NewTerms, [pointer: string, detail: RegExp][]]>([
    ['savings', {}, [['', /at least one is needed of interest_rate, interest_period$/]]],
    ['cash', {}, [['', /a cash account has no terms/]]],
    ['cash', { interest_rate: 1 }, [['/interest_rate', /is not a term of a cash account/]]],
    [
      'savings',
      { apr: 1, principal: 5, term_months: 3 },
      [
        ['/principal', /not a term/],
        ['/apr', /not/],
        ['/term_months', /not/],
      ],
    ],
    ['savings', { overdraft_limit: 10 }, [['/overdraft_limit', /not a term of a savings account/]]],
    [
      'portfolio',
      { interest_rate: 1, interest_period: 'daily' },
      [
        ['/interest_rate', /not/],
        ['/interest_period', /not/],
      ],
    ],
    ['savings', { interest_rate: 7 }, [['/interest_period', /needed with a rate/]]],
    ['savings', { interest_period: 'daily' }, [['/interest_rate', /needed with a period/]]],
    [
      'loan',
      { apr: 1 },
      [
        ['/principal', /required/],
        ['/term_months', /required unless/],
      ],
    ],
    [
      'loan',
      { term_months: 12 },
      [
        ['/principal', /required/],
        ['/apr', /required/],
      ],
    ],
    ['loan', { ...loan, apr: -1 }, [['/apr', /from 0 to 1000/]]],
    ['loan', { ...loan, apr: '1000.000001' }, [['/apr', /from 0 to 1000/]]],
    ['loan', { ...loan, apr: '1.0000001' }, [['/apr', /six digits/]]],
    ['loan', { ...loan, apr: 1e-7 }, [['/apr', /six digits/]]],
    ['loan', { ...loan, apr: Number.NaN }, [['/apr', /percentage/]]],
    ['loan', { ...loan, apr: '12 %' }, [['/apr', /percentage/]]],
    ['loan', { ...loan, principal: 0 }, [['/principal', /above zero/]]],
    ['loan', { ...loan, principal: 0.001 }, [['/principal', /an amount in INR/]]],
    ['loan', { ...loan, instalment: -5 }, [['/instalment', /above zero/]]],
    ['loan', { ...loan, first_instalment_on: '1899-12-31' }, [['/first_instalment_on', /1900-01-01/]]],
    ['loan', { ...loan, effective_from: '2200-01-01' }, [['/effective_from', /2199-12-31/]]],
    ['credit', { overdraft_limit: -1 }, [['/overdraft_limit', /zero or above/]]],
    ['credit', { overdraft_limit: 1, effective_from: '2026-03-14' }, [['/overdraft_limit', /at once/]]],
    ['savings', { interest_rate: -100.5, interest_period: 'daily' }, [['/interest_rate', /from -100/]]],
  ])('refuses of %s %j', (type, put, expected) => {
    const refusal = read(type, put)
    expect(refusal).toMatchObject({ refused: 'invalid_terms' })
    const { errors, detail } = refusal as { errors: object[]; detail: string }
    expect(errors).toEqual(
      expected.map(([pointer, said]) => ({ pointer, detail: expect.stringMatching(said) })),
    )
    expect(detail).toMatch(/^[A-Z].*\.$/)
  })

  it('reads amounts in the account’s own currency', () => {
    expect(read('loan', { ...loan, principal: 1000 }, 'JPY' as CurrencyCode)).toMatchObject({
      terms: { principalMinor: 1000n },
    })
    expect(read('loan', { ...loan, principal: 1000.5 }, 'JPY' as CurrencyCode)).toMatchObject({
      errors: [{ pointer: '/principal' }],
    })
  })
})
