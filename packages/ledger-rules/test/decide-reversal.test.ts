// What may be taken back, by whom, and as what, as a table.
import type { CurrencyCode } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { decideReversal, type StandingPosting } from '../src/index.ts'

const inr = 'INR' as CurrencyCode
const usd = 'USD' as CurrencyCode
const asha = new Set(['savings', 'fund', 'dollars'])

const standing = (change: Partial<StandingPosting>): StandingPosting => ({
  type: 'deposit',
  accountId: 'savings',
  toAccountId: null,
  isOut: false,
  amountMinor: 500n,
  currency: inr,
  bought: null,
  isImported: false,
  ...change,
})

const sent: Partial<StandingPosting> = { type: 'transfer', toAccountId: 'hers', isOut: true }
const received: Partial<StandingPosting> = {
  type: 'transfer',
  accountId: 'hers',
  toAccountId: 'savings',
  isOut: true,
}
const between: Partial<StandingPosting> = { type: 'transfer', toAccountId: 'fund', isOut: true }

describe('decideReversal', () => {
  it.each<[string, Partial<StandingPosting>, object]>([
    ['a deposit', {}, { kind: 'undo', accountId: 'savings', toAccountId: null, isOut: true }],
    [
      'a withdrawal',
      { type: 'withdrawal', isOut: true },
      { kind: 'undo', accountId: 'savings', toAccountId: null, isOut: false },
    ],
    [
      'a transfer between own accounts',
      between,
      { kind: 'undo', accountId: 'fund', toAccountId: 'savings', isOut: true },
    ],
    [
      'a transfer from somebody else',
      received,
      { kind: 'return', accountId: 'savings', toAccountId: 'hers', isOut: true },
    ],
    [
      'a journal that gave',
      { type: 'journal', isOut: true },
      { kind: 'undo', accountId: 'savings', toAccountId: null, isOut: false },
    ],
  ])('takes back %s', (_what, change, reversal) => {
    expect(decideReversal(standing(change), asha)).toEqual({ ...reversal, amountMinor: 500n })
  })

  it('takes back an exchange as the exchange of what was bought, at the rate that gives it all back', () => {
    const exchange = standing({
      type: 'exchange',
      toAccountId: 'dollars',
      isOut: true,
      amountMinor: 8_300_000n,
      bought: { amountMinor: 100_000n, currency: usd },
    })
    expect(decideReversal(exchange, asha)).toEqual({
      kind: 'undo',
      accountId: 'dollars',
      toAccountId: 'savings',
      isOut: true,
      amountMinor: 100_000n,
      exchange: { toAmountMinor: 8_300_000n, rate: '83.000000000000' },
    })
  })

  it.each<[string, Partial<StandingPosting>]>([
    ['what was sent to somebody else', sent],
    ['a reversal', { type: 'reversal', isOut: true }],
    ['money that somebody else returned', { ...received, type: 'reversal' }],
    ['an opening balance', { type: 'opening' }],
    ['an entry of a bank’s statement', { isImported: true }],
    ['an imported withdrawal', { type: 'withdrawal', isOut: true, isImported: true }],
  ])('leaves %s', (_what, change) => {
    expect(decideReversal(standing(change), asha)).toMatchObject({
      refused: 'not_reversible',
      detail: expect.stringMatching(/^[A-Z].+\.$/),
    })
  })
})
