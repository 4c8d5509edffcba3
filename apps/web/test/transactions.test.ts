// How transactions read: their sign, their name, and what they add up to.
import { expect, test } from 'vitest'
import { computeCashFlow, topCategories } from '../src/features/dashboard/cash-flow.ts'
import type { Transaction } from '../src/features/transactions/get-transactions.ts'
import { importSentence, postVerb } from '../src/features/transactions/import-words.ts'
import {
  seenAmount,
  transactionKind,
  transactionTitle,
} from '../src/features/transactions/transaction-words.ts'

const own = new Map([
  ['salary', 'Salary account'],
  ['fund', 'Emergency fund'],
])

function transaction(members: Partial<Transaction>): Transaction {
  return {
    id: '1',
    account_id: 'salary',
    type: 'withdrawal',
    amount: 100,
    to_account: null,
    direction: members.type === 'deposit' ? 'in' : 'out',
    note: null,
    created_at: '2026-01-01T09:00:00Z',
    ...members,
  }
}

const between = { to_account: 'fund', direction: 'out' } as const
const exchange = {
  type: 'exchange',
  ...between,
  amount: 83_000,
  to_amount: 1_000,
  to_currency: 'USD',
} as const
const leg = (account_id: string | null, amount: number) => ({
  account_id,
  amount,
  currency: 'INR',
  balance: 0,
  number: 1,
})
const journal = {
  type: 'journal',
  direction: 'out',
  currency: 'INR',
  amount: 1_000,
  legs: [leg('salary', -1_000), leg('fund', 600), leg(null, 400)],
} as const

test.each([
  ['a deposit comes in', { type: 'deposit' }, undefined, [100]],
  ['a withdrawal goes out', { type: 'withdrawal' }, undefined, [-100]],
  [
    'a transfer between own accounts is neither',
    { type: 'transfer', ...between },
    undefined,
    [100, 'no sign'],
  ],
  ['the same seen from where it leaves', { type: 'transfer', ...between }, 'salary', [-100]],
  ['the same seen from where it arrives', { type: 'transfer', ...between }, 'fund', [100]],
  ['a transfer to somebody else goes out', { type: 'transfer', to_account: 'other' }, undefined, [-100]],
  [
    'one from somebody else comes in',
    { type: 'transfer', account_id: 'other', to_account: 'fund' },
    undefined,
    [100],
  ],
  ['an opening balance has', { type: 'opening', direction: 'in' }, undefined, [100]],
  ['an opening debt owes', { type: 'opening', direction: 'out' }, undefined, [-100]],
  ['an exchange is neither', exchange, undefined, [83_000, 'no sign']],
  ['the same seen from where it leaves', exchange, 'salary', [-83_000]],
  ['the same seen from where it arrives', exchange, 'fund', [1_000, 'USD']],
  [
    'the same with all its legs',
    { ...exchange, legs: [leg('salary', -83_000), leg(null, 83_000)] },
    undefined,
    [83_000, 'no sign'],
  ],
  ['a transfer undone is neither', { type: 'reversal', ...between }, undefined, [100, 'no sign']],
  ['a deposit undone goes out', { type: 'reversal', direction: 'out' }, undefined, [-100]],
  ['a withdrawal undone comes in', { type: 'reversal', direction: 'in' }, undefined, [100]],
  [
    'a transfer returned to one comes in',
    { type: 'reversal', account_id: 'other', to_account: 'salary', direction: 'out' },
    undefined,
    [100],
  ],
  ['a journal is what it did to all of them', journal, undefined, [-400, 'INR']],
  ['the same seen from one that got', journal, 'fund', [600, 'INR']],
  [
    'a journal among own accounts is neither',
    { ...journal, legs: [leg('salary', -1_000), leg('fund', 1_000)] },
    undefined,
    [1_000, 'INR', 'no sign'],
  ],
] as const)('%s', (_name, members, seenFrom, seen) => {
  const { value, currency, hasSign } = seenAmount(transaction(members as Partial<Transaction>), own, seenFrom)
  expect([value, ...(currency ? [currency] : []), ...(hasSign ? [] : ['no sign'])]).toEqual(seen)
})

test.each([
  [{ counterparty: 'BigBasket', note: 'weekly' }, 'BigBasket'],
  [{ note: 'For the trip' }, 'For the trip'],
  [{ type: 'transfer', to_account: 'fund' }, 'Transfer to Emergency fund'],
  [{ type: 'transfer', account_id: 'other', to_account: 'fund' }, 'Transfer into Emergency fund'],
  [{ type: 'opening', note: 'by the bank' }, 'Opening balance'],
  [{}, 'Withdrawal'],
  [exchange, 'Exchange into Emergency fund'],
  [journal, 'Journal'],
  [{ ...journal, note: 'Rent, split' }, 'Rent, split'],
  [{ type: 'reversal', counterparty: 'BigBasket' }, 'BigBasket, taken back'],
  [{ type: 'reversal', note: 'Typed wrong', direction: 'out' }, 'Deposit taken back'],
  [{ type: 'reversal', direction: 'in' }, 'Withdrawal taken back'],
  [{ type: 'reversal', direction: 'in', legs: [leg(null, -5), leg('salary', 5)] }, 'Withdrawal taken back'],
  [{ ...exchange, type: 'reversal' }, 'Exchange taken back'],
  [{ ...journal, type: 'reversal' }, 'Journal taken back'],
  [{ type: 'reversal', ...between }, 'Transfer taken back'],
  [{ type: 'reversal', to_account: 'other' }, 'Transfer returned'],
  [{ type: 'reversal', account_id: 'other', to_account: 'fund' }, 'Transfer returned to you'],
] as const)('calls %j “%s”', (members, title) => {
  expect(transactionTitle(transaction(members as Partial<Transaction>), own)).toBe(title)
})

test('says before what it was for that a transaction was taken back', () => {
  const groceries = transaction({ category: 'Groceries' })
  expect(transactionKind(groceries)).toBe('Groceries')
  expect(transactionKind({ ...groceries, reversed_by: '2' })).toBe('Taken back')
  expect(transactionKind({ ...groceries, type: 'reversal', reverses: '1' })).toBe('Reversal')
  expect(transactionKind(transaction({}))).toBe('Withdrawal')
})

test('counts what came from outside and what went there, in one currency', () => {
  const currencies = new Map([
    ['salary', 'INR'],
    ['fund', 'INR'],
    ['travel', 'USD'],
  ])
  const flow = computeCashFlow(
    [
      transaction({ type: 'deposit', amount: 1000.1 }),
      transaction({ amount: 0.1, category: 'Groceries' }),
      transaction({ amount: 0.2, category: 'Groceries' }),
      transaction({ amount: 50 }),
      transaction({ type: 'transfer', to_account: 'fund', amount: 500 }),
      transaction({ type: 'transfer', to_account: 'somebody', amount: 25, category: 'Gifts' }),
      transaction({ type: 'transfer', account_id: 'somebody', to_account: 'fund', amount: 7 }),
      transaction({ type: 'opening', amount: 9999 }),
      transaction({ account_id: 'travel', amount: 40 }),
      transaction({
        type: 'exchange',
        to_account: 'travel',
        amount: 830,
        to_amount: 10,
        to_currency: 'USD',
      }),
      transaction({ amount: 70, category: 'Groceries', reversed_by: '2' }),
      transaction({ type: 'reversal', direction: 'in', amount: 70, category: 'Groceries', reverses: '1' }),
      transaction({ ...(journal as Partial<Transaction>), category: 'Rent' }),
    ],
    currencies,
    'INR',
  )
  expect(flow).toEqual({
    moneyIn: 1007.1,
    moneyOut: 475.3,
    byCategory: [
      { name: 'Rent', value: 400 },
      { name: 'Everything else', value: 50 },
      { name: 'Gifts', value: 25 },
      { name: 'Groceries', value: 0.3 },
    ],
  })
  expect(topCategories(flow, 2, 'INR')).toEqual([
    { name: 'Rent', value: 400 },
    { name: 'All others', value: 75.3 },
  ])
})

test('says on the button what an import will do', () => {
  const totals = { posted: 42, skipped: 3, refused: 0, accounts_created: 1, holdings: 0 }
  const statement = { preview: true, file: { name: 'a.ofx', format: 'OFX' }, statements: [], totals }
  expect(postVerb(statement)).toBe('Post 42 transactions')
  expect(importSentence(statement)).toBe('42 transactions to post, 3 already there, 1 account to open.')
  const nothing = { ...statement, totals: { ...totals, posted: 0, accounts_created: 0 } }
  expect(postVerb(nothing)).toBeNull()
  expect(importSentence(nothing)).toBe('3 already there.')
})
