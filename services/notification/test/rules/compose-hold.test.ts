// The words about a hold that ended without its owner.
import type { EventPayloads } from '@fintwin/contracts'
import { describe, expect, it } from 'vitest'
import { composeHold, ownAccountOf } from '../../src/rules/compose-hold.ts'

type Released = EventPayloads['hold.released']

const released: Released = {
  hold_id: 'h',
  state: 'released',
  account_id: 'own',
  to_account: 'hers',
  amount_minor: '12345650',
  currency: 'INR',
  side: 'sent',
  settled_by: 'clock',
  reason: null,
  is_delayed: false,
  note: null,
  counterparty: null,
}
const compose = (change: Partial<Released>) => composeHold({ ...released, ...change }, 'Savings', 'en-IN')

describe('a hold that ended', () => {
  it.each<[string, Partial<Released>, string, string]>([
    [
      'expired',
      { state: 'expired', counterparty: 'Taj' },
      'Hold expired',
      '₹1,23,456.50 that you had set aside in Savings for Taj was not taken in time and is available again.',
    ],
    [
      'declined',
      { settled_by: 'recipient', note: 'Lamp' },
      'Hold declined',
      '₹1,23,456.50 that you had set aside in Savings was declined and is available again. Note: Lamp',
    ],
    [
      'refused at its time',
      { is_delayed: true, reason: 'account_frozen', counterparty: 'Bela' },
      'Transfer not sent',
      'Your transfer of ₹1,23,456.50 to Bela from Savings did not go at its time: the account was frozen. The money is available again.',
    ],
    [
      'refused for what nobody foresaw',
      { is_delayed: true, reason: 'else' },
      'Transfer not sent',
      'Your transfer of ₹1,23,456.50 from Savings did not go at its time: it was refused. The money is available again.',
    ],
  ])('%s', (_what, change, title, message) => {
    expect(compose(change)).toMatchObject({ title, message })
  })

  it('by its owner, or on the other side of it, is no news', () => {
    expect(compose({ settled_by: 'owner' })).toBeUndefined()
    expect(compose({ side: 'received', settled_by: 'owner' })).toBeUndefined()
    expect(compose({ side: 'received', state: 'expired' })).toBeUndefined()
  })

  it('is told of under one’s own account', () => {
    expect(ownAccountOf(released)).toBe('own')
    expect(ownAccountOf({ ...released, side: 'received' })).toBe('hers')
  })
})
