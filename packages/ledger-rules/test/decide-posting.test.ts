// What the ledger takes and what it refuses, as a table and as a property.
import type { CurrencyCode } from '@fintwin/money'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeAvailable, decidePosting, type LedgerAccountState, type Leg } from '../src/index.ts'

const inr = 'INR' as CurrencyCode

function account(id: string, changes: Partial<LedgerAccountState> = {}): LedgerAccountState {
  return {
    id,
    ownerId: 'asha',
    kind: 'person',
    currency: inr,
    status: 'open',
    floorMinor: 0n,
    balanceMinor: 0n,
    heldMinor: 0n,
    ...changes,
  }
}

const external = account('external', { kind: 'system', floorMinor: null })

const pay = (source: LedgerAccountState, target: LedgerAccountState, amountMinor: bigint): Leg[] => [
  { account: source, amountMinor: -amountMinor },
  { account: target, amountMinor },
]

describe('decidePosting', () => {
  it.each<[string, Partial<LedgerAccountState>, Partial<LedgerAccountState>, bigint, string | undefined]>([
    // what                        source                                    target                       amount  refused
    ['all there is', { balanceMinor: 500n }, {}, 500n, undefined],
    ['a paisa more than there is', { balanceMinor: 500n }, {}, 501n, 'insufficient_funds'],
    ['what a hold set aside', { balanceMinor: 500n, heldMinor: 1n }, {}, 500n, 'insufficient_funds'],
    ['down to an overdraft limit', { floorMinor: -300n }, {}, 300n, undefined],
    ['beyond an overdraft limit', { floorMinor: -300n }, {}, 301n, 'insufficient_funds'],
    ['out of a frozen account', { balanceMinor: 500n, status: 'frozen' }, {}, 1n, 'account_frozen'],
    ['into a frozen account', { balanceMinor: 500n }, { status: 'frozen' }, 1n, undefined],
    ['out of a closed account', { balanceMinor: 500n, status: 'closed' }, {}, 1n, 'account_closed'],
    ['into a closed account', { balanceMinor: 500n }, { status: 'closed' }, 1n, 'account_closed'],
    [
      'into another currency',
      { balanceMinor: 500n },
      { currency: 'USD' as CurrencyCode },
      1n,
      'currency_mismatch',
    ],
    [
      'beyond what can be held',
      { balanceMinor: 500n },
      { balanceMinor: 999_999_999_999_999n },
      1n,
      'balance_out_of_range',
    ],
    ['to itself', { id: 'same', balanceMinor: 500n }, { id: 'same' }, 1n, 'same_account'],
    [
      'closed before currency',
      { status: 'closed' },
      { currency: 'USD' as CurrencyCode },
      1n,
      'account_closed',
    ],
    ['currency before funds', {}, { currency: 'USD' as CurrencyCode }, 1n, 'currency_mismatch'],
  ])('%s', (_what, source, target, amountMinor, refused) => {
    const decision = decidePosting(
      { legs: pay(account('a', source), account('b', target), amountMinor) },
      'en-IN',
    )
    expect(decision?.refused).toBe(refused)
  })

  it('says in the account’s currency what is needed and what is available', () => {
    const source = account('a', { balanceMinor: 12_345_678n })
    expect(decidePosting({ legs: pay(source, external, 12_345_679n) }, 'en-IN')?.detail).toBe(
      'Insufficient funds: ₹1,23,456.79 is needed and ₹1,23,456.78 is available.',
    )
  })

  it('records an imported fact whatever it does to the balance, but not into a closed account', () => {
    expect(decidePosting({ legs: pay(account('a'), external, 900n), isFact: true }, 'en-IN')).toBeUndefined()
    const closed = account('a', { status: 'closed' })
    expect(decidePosting({ legs: pay(closed, external, 900n), isFact: true }, 'en-IN')?.refused).toBe(
      'account_closed',
    )
  })

  it('takes any number of legs that sum to zero in each currency, and no others', () => {
    const usd = { currency: 'USD' as CurrencyCode }
    const legs = (last: bigint): Leg[] => [
      { account: account('savings', { balanceMinor: 83_000n }), amountMinor: -83_000n },
      { account: account('exchange inr', { kind: 'system', floorMinor: null }), amountMinor: 83_000n },
      {
        account: account('exchange usd', { kind: 'system', floorMinor: null, ...usd }),
        amountMinor: -1_000n,
      },
      { account: account('dollars', usd), amountMinor: last },
    ]
    expect(decidePosting({ legs: legs(1_000n) }, 'en-IN')).toBeUndefined()
    expect(decidePosting({ legs: legs(999n) }, 'en-IN')).toEqual({
      refused: 'unbalanced_posting',
      detail: 'What leaves and what arrives in USD must be equal.',
    })
    const split: Leg[] = [
      { account: account('a', { balanceMinor: 10n }), amountMinor: -10n },
      { account: account('b'), amountMinor: 4n },
      { account: account('c'), amountMinor: 5n },
    ]
    expect(decidePosting({ legs: split }, 'en-IN')?.refused).toBe('unbalanced_posting')
    expect(decidePosting({ legs: split.slice(0, 1) }, 'en-IN')?.refused).toBe('same_account')
    expect(decidePosting({ legs: [...split, ...split.slice(0, 1)] }, 'en-IN')).toEqual({
      refused: 'same_account',
      detail: 'A journal names each account, and the outside, once.',
    })
  })

  it('never lets a taken payment leave less than the floor and the holds', () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 14n })
    fc.assert(
      fc.property(amounts, amounts, amounts, amounts, (balanceMinor, heldMinor, limit, amountMinor) => {
        const source = account('a', { balanceMinor, heldMinor, floorMinor: -limit })
        const refusal = decidePosting({ legs: pay(source, external, amountMinor) }, 'en-IN')
        const isCovered = balanceMinor - amountMinor - heldMinor >= -limit
        expect(refusal === undefined).toBe(isCovered)
        expect((computeAvailable(source) as bigint) >= amountMinor).toBe(isCovered)
      }),
    )
  })
})
