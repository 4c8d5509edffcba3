// How transactions read: their sign, their name, and what they add up to.
import { expect, test } from 'vitest'
import { computeCashFlow, topCategories } from '../src/features/dashboard/cash-flow.ts'
import type { Transaction } from '../src/features/transactions/get-transactions.ts'
import { importSentence, postVerb } from '../src/features/transactions/import-words.ts'
import { signedAmount, transactionTitle } from '../src/features/transactions/transaction-words.ts'

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

test.each([
  ['a deposit comes in', { type: 'deposit' }, undefined, 100],
  ['a withdrawal goes out', { type: 'withdrawal' }, undefined, -100],
  ['a transfer between own accounts is neither', { type: 'transfer', to_account: 'fund' }, undefined, null],
  ['the same seen from where it leaves', { type: 'transfer', to_account: 'fund' }, 'salary', -100],
  ['the same seen from where it arrives', { type: 'transfer', to_account: 'fund' }, 'fund', 100],
  ['a transfer to somebody else goes out', { type: 'transfer', to_account: 'other' }, undefined, -100],
  [
    'one from somebody else comes in',
    { type: 'transfer', account_id: 'other', to_account: 'fund' },
    undefined,
    100,
  ],
  ['an opening balance has', { type: 'opening', direction: 'in' }, undefined, 100],
  ['an opening debt owes', { type: 'opening', direction: 'out' }, undefined, -100],
] as const)('%s', (_name, members, seenFrom, signed) => {
  expect(signedAmount(transaction(members), own, seenFrom)).toBe(signed)
})

test.each([
  [{ counterparty: 'BigBasket', note: 'weekly' }, 'BigBasket'],
  [{ note: 'For the trip' }, 'For the trip'],
  [{ type: 'transfer', to_account: 'fund' }, 'Transfer to Emergency fund'],
  [{ type: 'transfer', account_id: 'other', to_account: 'fund' }, 'Transfer into Emergency fund'],
  [{ type: 'opening', note: 'by the bank' }, 'Opening balance'],
  [{}, 'Withdrawal'],
] as const)('calls %j “%s”', (members, title) => {
  expect(transactionTitle(transaction(members), own)).toBe(title)
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
    ],
    currencies,
    'INR',
  )
  expect(flow).toEqual({
    moneyIn: 1007.1,
    moneyOut: 75.3,
    byCategory: [
      { name: 'Everything else', value: 50 },
      { name: 'Gifts', value: 25 },
      { name: 'Groceries', value: 0.3 },
    ],
  })
  expect(topCategories(flow, 2, 'INR')).toEqual([
    { name: 'Everything else', value: 50 },
    { name: 'All others', value: 25.3 },
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
