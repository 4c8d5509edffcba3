// Terms as they are said, and what belongs to which type of account.
import { expect, test } from 'vitest'
import { groupOf } from '../src/features/accounts/account-words.ts'
import type { Account } from '../src/features/accounts/get-accounts.ts'
import type { Terms } from '../src/features/accounts/get-terms.ts'
import {
  hasTerms,
  mayOwe,
  monthsInWords,
  percent,
  termsSentence,
} from '../src/features/accounts/terms-words.ts'
import { topicsOf } from '../src/features/live/parse-events.ts'

const nothing: Terms = {
  effective_from: '2026-01-01',
  interest_rate: null,
  interest_period: null,
  principal: null,
  apr: null,
  term_months: null,
  instalment: null,
  first_instalment_on: null,
  asset_class: null,
  is_superseded: false,
  created_at: '2026-01-01T00:00:00.000Z',
}
const loan = { principal: 100_000, apr: '12' }

test.each<[string, Partial<Terms>, string]>([
  [
    'savings',
    { interest_rate: '7.10', interest_period: 'quarterly' },
    '7.1\u202f% a year, added every quarter',
  ],
  ['savings', { interest_rate: '-0.5', interest_period: 'daily' }, '−0.5\u202f% a year, added every day'],
  ['credit', { interest_rate: '42', interest_period: 'monthly' }, '42\u202f% a year, charged every month'],
  [
    'loan',
    { ...loan, term_months: 30, instalment: 3874.81 },
    '12\u202f% APR on ₹1,00,000.00, ₹3,874.81 a month for 2 years 6 months',
  ],
  ['loan', { ...loan, instalment: 5000 }, '12\u202f% APR on ₹1,00,000.00, ₹5,000.00 a month'],
  ['loan', { ...loan, term_months: 1 }, '12\u202f% APR on ₹1,00,000.00, for 1 month'],
  ['portfolio', { asset_class: 'real_estate' }, 'Property'],
])('says the terms of a %s account: %j', (type, terms, sentence) => {
  expect(termsSentence({ ...nothing, ...terms }, type, 'INR')).toBe(sentence)
})

test.each([
  ['10', '10'],
  ['10.0', '10'],
  ['100', '100'],
  ['0.000001', '0.000001'],
  ['7.250', '7.25'],
])('reads %s percent', (text, said) => {
  expect(percent(text)).toBe(`${said}\u202f%`)
})

test.each([
  [12, '1 year'],
  [1, '1 month'],
  [25, '2 years 1 month'],
  [11, '11 months'],
])('says %i months', (months, said) => {
  expect(monthsInWords(months)).toBe(said)
})

test('knows which accounts have terms, and which may be overdrawn', () => {
  expect(['savings', 'current', 'cash', 'credit', 'loan', 'portfolio'].map(hasTerms)).toEqual([
    true,
    true,
    false,
    true,
    true,
    true,
  ])
  expect(['savings', 'current', 'credit', 'loan'].map(mayOwe)).toEqual([false, true, true, true])
})

test('puts closed accounts by themselves', () => {
  const account = { type: 'savings', status: 'closed' } as Account
  expect(groupOf(account)).toBe('Closed')
  expect(groupOf({ ...account, status: 'frozen' })).toBe('Cash and savings')
})

test('reads accounts again when one was changed elsewhere', () => {
  expect(topicsOf('account.changed')).toContain('accounts')
})
