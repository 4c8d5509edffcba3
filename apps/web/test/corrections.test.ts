// What is said before a transaction is taken back, and how the rate of an exchange reads.
import { expect, test } from 'vitest'
import { rateSentence } from '../src/features/transactions/exchange-words.ts'
import type { TransactionDetail } from '../src/features/transactions/get-transaction.ts'
import { reversalOffer } from '../src/features/transactions/reversal-words.ts'

const own = new Map([
  ['salary', 'Salary account'],
  ['dollars', 'Dollars'],
])

const detail = (members: Partial<TransactionDetail>): TransactionDetail => ({
  id: '1',
  account_id: 'salary',
  type: 'deposit',
  amount: 500,
  currency: 'INR',
  to_account: null,
  direction: 'in',
  note: null,
  created_at: '2026-01-01T09:00:00Z',
  legs: [],
  reversible_as: 'undo',
  irreversible_because: null,
  ...members,
})

test.each<[Partial<TransactionDetail>, string, string]>([
  [{}, 'Undo the deposit', '₹500.00 goes out of Salary account again.'],
  [
    { type: 'withdrawal', direction: 'out' },
    'Undo the withdrawal',
    '₹500.00 comes back into Salary account.',
  ],
  [
    { type: 'transfer', direction: 'out', to_account: 'dollars' },
    'Undo the transfer',
    '₹500.00 goes back from Dollars to Salary account.',
  ],
  [
    {
      type: 'exchange',
      direction: 'out',
      amount: 83_000,
      to_account: 'dollars',
      to_amount: 1_000,
      to_currency: 'USD',
    },
    'Undo the exchange',
    '$1,000.00 leaves Dollars, and ₹83,000.00 comes back into Salary account.',
  ],
  [
    { type: 'journal', direction: 'out' },
    'Undo the journal',
    'Each account gives back what it got, and gets back what it gave.',
  ],
  [
    { type: 'transfer', account_id: 'hers', to_account: 'salary', direction: 'out', reversible_as: 'return' },
    'Return ₹500.00',
    '₹500.00 goes from Salary account back to the person who sent it.',
  ],
])('%j: says what it will do', (members, verb, effect) => {
  expect(reversalOffer(detail(members), own)).toMatchObject({
    verb,
    effect: `${effect} Both transactions stay in your list, linked to each other.`,
  })
})

test('offers nothing where nothing can be taken back', () => {
  expect(reversalOffer(detail({ reversible_as: null }), own)).toBeNull()
})

test.each([
  [83_000, 'INR', 1_000, 'USD', '1 USD = ₹83.00'],
  [1_000, 'USD', 83_000, 'INR', '1 USD = ₹83.00'],
  [560.55, 'INR', 1_000, 'JPY', '1 INR = JP¥1.784'],
  [1, 'USD', 1, 'EUR', '1 USD = €1.00'],
  [0, 'INR', 1, 'USD', null],
  [5, 'INR', Number.NaN, 'USD', null],
])('%d %s for %d %s: %s', (amount, currency, arrived, other, sentence) => {
  expect(rateSentence({ amount, currency }, { amount: arrived, currency: other })).toBe(sentence)
})
