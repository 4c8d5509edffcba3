// What people are told of their transactions.
import type { EventPayloads } from '@fintwin/contracts'
import { describe, expect, it } from 'vitest'
import { composeTransaction } from '../../src/rules/compose-transaction.ts'

type Posted = EventPayloads['transaction.posted']

const posted = (change: Partial<Posted>): Posted => ({
  transaction_id: 't',
  type: 'deposit',
  amount_minor: '12345650',
  currency: 'INR',
  account_id: 'own',
  account_balance_minor: '20000000',
  account_position: 1,
  is_out: false,
  side: 'sent',
  effective_at: '2026-01-01T00:00:00.000Z',
  created_at: '2026-01-01T00:00:00.000Z',
  ...change,
})
const names: Record<string, { name: string; type: string }> = {
  own: { name: 'Savings', type: 'savings' },
  trip: { name: 'Trip', type: 'savings' },
  card: { name: 'Card', type: 'credit' },
}
const compose = (change: Partial<Posted>) => composeTransaction(posted(change), (id) => names[id], 'en-IN')

describe('a transaction, as a friend would tell it', () => {
  it.each<[string, Partial<Posted>, string, string]>([
    [
      'a deposit',
      { counterparty: 'Acme', note: 'Salary' },
      'own',
      '₹1,23,456.50 from Acme came into Savings. You now have ₹2,00,000.00 there. Note: Salary',
    ],
    [
      'a withdrawal',
      { type: 'withdrawal' },
      'own',
      '₹1,23,456.50 went out of Savings. You now have ₹2,00,000.00 there.',
    ],
    [
      'a withdrawal from an unknown account',
      { type: 'withdrawal', account_id: 'else', account_balance_minor: '-100' },
      'else',
      '₹1,23,456.50 went out of your account. It is now ₹1.00 overdrawn.',
    ],
    [
      'a card used',
      { type: 'withdrawal', account_id: 'card', account_balance_minor: '-50000' },
      'card',
      '₹1,23,456.50 went out of Card. You now owe ₹500.00 on it.',
    ],
    [
      'a transfer sent',
      { type: 'transfer', to_account: 'hers' },
      'own',
      'You sent ₹1,23,456.50 from Savings. You now have ₹2,00,000.00 there.',
    ],
    [
      'a transfer received',
      {
        type: 'transfer',
        side: 'received',
        account_id: 'hers',
        account_balance_minor: undefined as never,
        to_account: 'own',
        to_account_balance_minor: '700',
      },
      'own',
      'You received ₹1,23,456.50 in Savings. You now have ₹7.00 there.',
    ],
    [
      'a transfer between own accounts',
      { type: 'transfer', side: 'both', to_account: 'trip', to_account_balance_minor: '700' },
      'own',
      'You moved ₹1,23,456.50 from Savings to Trip.',
    ],
    [
      'yen',
      { currency: 'JPY', amount_minor: '500', account_balance_minor: '1500' },
      'own',
      'JP¥500 came into Savings. You now have JP¥1,500 there.',
    ],
  ])('%s', (_what, change, accountId, message) => {
    expect(compose(change)).toMatchObject({ accountId, message, type: 'info' })
  })

  it('never says whose account the money came from or went to', () => {
    expect(compose({ type: 'transfer', to_account: 'hers' }).message).not.toContain('hers')
  })
})
