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
  dollars: { name: 'Dollars', type: 'savings' },
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
      'an exchange',
      {
        type: 'exchange',
        side: 'both',
        is_out: true,
        amount_minor: '8300000',
        to_account: 'dollars',
        to_amount_minor: '100000',
        to_currency: 'USD',
        to_account_balance_minor: '100000',
      },
      'own',
      'You exchanged ₹83,000.00 for $1,000.00, from Savings to Dollars.',
    ],
    [
      'a journal',
      { type: 'journal', is_out: true },
      'own',
      '₹1,23,456.50 went out of Savings. You now have ₹2,00,000.00 there.',
    ],
    [
      'a deposit undone',
      { type: 'reversal', is_out: true, amount_minor: '50000', note: 'Typed wrong' },
      'own',
      '₹500.00 was taken back: it went out of Savings. You now have ₹2,00,000.00 there. Note: Typed wrong',
    ],
    [
      'a withdrawal undone',
      { type: 'reversal', is_out: false, amount_minor: '50000' },
      'own',
      '₹500.00 was taken back: it came back into Savings. You now have ₹2,00,000.00 there.',
    ],
    [
      'a transfer between own accounts undone',
      {
        type: 'reversal',
        side: 'both',
        is_out: true,
        amount_minor: '50000',
        account_id: 'trip',
        to_account: 'own',
        to_account_balance_minor: '700',
      },
      'trip',
      '₹500.00 was taken back: it went from Trip back to Savings.',
    ],
    [
      'an exchange undone',
      {
        type: 'reversal',
        side: 'both',
        is_out: true,
        account_id: 'dollars',
        amount_minor: '100000',
        currency: 'USD',
        to_account: 'own',
        to_amount_minor: '8300000',
        to_currency: 'INR',
        to_account_balance_minor: '9000000',
      },
      'dollars',
      'An exchange was taken back: $1,000.00 is ₹83,000.00 again, in Savings. You now have ₹90,000.00 there.',
    ],
    [
      'a transfer that one returned',
      { type: 'reversal', side: 'sent', is_out: true, amount_minor: '50000', to_account: 'hers' },
      'own',
      'You returned ₹500.00 from Savings to its sender. You now have ₹2,00,000.00 there.',
    ],
    [
      'a transfer that was returned to one',
      {
        type: 'reversal',
        side: 'received',
        is_out: true,
        amount_minor: '50000',
        account_id: 'hers',
        to_account: 'own',
        to_account_balance_minor: '700',
      },
      'own',
      '₹500.00 that you had sent came back to Savings. You now have ₹7.00 there.',
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
    for (const type of ['transfer', 'reversal'])
      expect(compose({ type, to_account: 'hers' }).message).not.toContain('hers')
  })
})
