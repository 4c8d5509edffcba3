// What is set aside, paid and let go: as tables, and as a property over any sequence of them.
import type { CurrencyCode } from '@fintwin/money'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  computeAvailable,
  decideCapture,
  decideHold,
  decidePosting,
  decideRelease,
  type HoldState,
  type LedgerAccountState,
  type Leg,
} from '../src/index.ts'

const now = new Date('2026-07-01T12:00:00Z')
const later = new Date('2026-07-01T12:00:01Z')

function account(id: string, changes: Partial<LedgerAccountState> = {}): LedgerAccountState {
  return {
    id,
    ownerId: 'asha',
    kind: 'person',
    currency: 'INR' as CurrencyCode,
    status: 'open',
    floorMinor: 0n,
    balanceMinor: 0n,
    heldMinor: 0n,
    ...changes,
  }
}

const hold = (changes: Partial<HoldState> = {}): HoldState => ({
  state: 'placed',
  amountMinor: 300n,
  expiresAt: null,
  ...changes,
})

const pay = (source: LedgerAccountState, target: LedgerAccountState, amountMinor: bigint): Leg[] => [
  { account: source, amountMinor: -amountMinor },
  { account: target, amountMinor },
]

describe('decideHold', () => {
  it.each<[string, Partial<LedgerAccountState>, Partial<LedgerAccountState>, bigint, string | undefined]>([
    // what                          source                                     target                  amount  refused
    ['all there is', { balanceMinor: 500n }, {}, 500n, undefined],
    ['more than there is', { balanceMinor: 500n }, {}, 501n, 'insufficient_funds'],
    ['what another hold set aside', { balanceMinor: 500n, heldMinor: 200n }, {}, 301n, 'insufficient_funds'],
    ['beside another hold', { balanceMinor: 500n, heldMinor: 200n }, {}, 300n, undefined],
    ['down to an overdraft limit', { floorMinor: -300n }, {}, 300n, undefined],
    ['on a frozen account', { balanceMinor: 500n, status: 'frozen' }, {}, 1n, 'account_frozen'],
    ['on a closed account', { balanceMinor: 500n, status: 'closed' }, {}, 1n, 'account_closed'],
    ['for a frozen account', { balanceMinor: 500n }, { status: 'frozen' }, 1n, undefined],
    ['for a closed account', { balanceMinor: 500n }, { status: 'closed' }, 1n, 'account_closed'],
    [
      'for another currency',
      { balanceMinor: 5n },
      { currency: 'USD' as CurrencyCode },
      1n,
      'currency_mismatch',
    ],
    ['for itself', { id: 'b', balanceMinor: 500n }, {}, 1n, 'same_account'],
    [
      'beyond what can be held, where there is no floor',
      { floorMinor: null, heldMinor: 999_999_999_999_999n },
      {},
      1n,
      'balance_out_of_range',
    ],
  ])('%s', (_what, source, target, amountMinor, refused) => {
    const legs = pay(account('a', source), account('b', target), amountMinor)
    expect(decideHold(legs, 'en-IN')?.refused).toBe(refused)
  })
})

describe('decideCapture', () => {
  it.each<[string, Partial<HoldState>, Partial<LedgerAccountState>, bigint, string | undefined]>([
    // what                            hold                                    source                                        amount refused
    ['the whole', {}, { balanceMinor: 300n, heldMinor: 300n }, 300n, undefined],
    ['a part', {}, { balanceMinor: 300n, heldMinor: 300n }, 1n, undefined],
    ['more than was held', {}, { balanceMinor: 900n, heldMinor: 300n }, 301n, 'hold_exceeded'],
    ['beside others that took all the rest', {}, { balanceMinor: 900n, heldMinor: 900n }, 300n, undefined],
    ['a captured one', { state: 'captured' }, { balanceMinor: 900n }, 300n, 'hold_not_open'],
    ['a released one', { state: 'released' }, { balanceMinor: 900n }, 300n, 'hold_not_open'],
    ['an expired one', { state: 'expired' }, { balanceMinor: 900n }, 300n, 'hold_not_open'],
    ['before it expires', { expiresAt: later }, { balanceMinor: 300n, heldMinor: 300n }, 300n, undefined],
    ['when it expires', { expiresAt: now }, { balanceMinor: 300n, heldMinor: 300n }, 300n, 'hold_not_open'],
    [
      'out of an account frozen since',
      {},
      { balanceMinor: 300n, heldMinor: 300n, status: 'frozen' },
      300n,
      'account_frozen',
    ],
    [
      'out of an account that a fact overdrew since',
      {},
      { balanceMinor: 299n, heldMinor: 300n },
      300n,
      'insufficient_funds',
    ],
    [
      'settled before exceeded',
      { state: 'expired' },
      { balanceMinor: 900n, heldMinor: 300n },
      301n,
      'hold_not_open',
    ],
    [
      'exceeded before frozen',
      {},
      { balanceMinor: 900n, heldMinor: 300n, status: 'frozen' },
      301n,
      'hold_exceeded',
    ],
  ])('%s', (_what, held, source, amountMinor, refused) => {
    const legs = pay(account('a', source), account('b'), amountMinor)
    expect(decideCapture({ hold: hold(held), legs, now }, 'en-IN')?.refused).toBe(refused)
  })

  it('says what became of a hold, and how much it held', () => {
    const legs = pay(account('a', { balanceMinor: 900n, heldMinor: 300n }), account('b'), 400n)
    const detail = (changes: Partial<HoldState>) =>
      decideCapture({ hold: hold(changes), legs, now }, 'en-IN')?.detail
    expect(detail({})).toBe('This hold set ₹3.00 aside: no more than that can be captured.')
    expect(detail({ state: 'captured' })).toBe('This hold was captured already.')
    expect(detail({ state: 'released' })).toBe('This hold was released already.')
    expect(detail({ expiresAt: now })).toBe('This hold has expired.')
  })
})

describe('decideRelease', () => {
  it('lets go what is open, even after its time, and nothing else', () => {
    expect(decideRelease(hold())).toBeUndefined()
    expect(decideRelease(hold({ expiresAt: now }))).toBeUndefined()
    for (const state of ['captured', 'released', 'expired'] as const)
      expect(decideRelease(hold({ state }))?.refused).toBe('hold_not_open')
  })
})

interface Step {
  what: 'place' | 'capture' | 'release' | 'pay'
  amountMinor: bigint
  which: number
}

describe('any sequence of holds, captures, releases and payments', () => {
  const steps = fc.array(
    fc.record<Step>({
      what: fc.constantFrom('place', 'capture', 'release', 'pay'),
      amountMinor: fc.bigInt({ min: 1n, max: 1_000n }),
      which: fc.nat(20),
    }),
    { maxLength: 60 },
  )

  it('keeps the account above its floor, and what is held payable in full', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 3_000n }), fc.bigInt({ min: 0n, max: 500n }), steps, play),
    )
  })

  function play(balanceMinor: bigint, limitMinor: bigint, sequence: Step[]): void {
    let source = account('a', { balanceMinor, floorMinor: -limitMinor })
    const target = account('b')
    const holds: HoldState[] = []
    for (const { what, amountMinor, which } of sequence) {
      const one = holds[which % Math.max(1, holds.length)]
      if (what === 'place' && !decideHold(pay(source, target, amountMinor), 'en-IN')) {
        holds.push(hold({ amountMinor }))
        source = { ...source, heldMinor: source.heldMinor + amountMinor }
      } else if (what === 'pay' && !decidePosting({ legs: pay(source, target, amountMinor) }, 'en-IN')) {
        source = { ...source, balanceMinor: source.balanceMinor - amountMinor }
      } else if (one && what === 'capture') {
        const refusal = decideCapture({ hold: one, legs: pay(source, target, amountMinor), now }, 'en-IN')
        expect(refusal === undefined).toBe(one.state === 'placed' && amountMinor <= one.amountMinor)
        if (!refusal) source = settle(source, one, 'captured', amountMinor)
      } else if (one && what === 'release' && !decideRelease(one)) {
        source = settle(source, one, 'released', 0n)
      }
      const open = holds.filter(({ state }) => state === 'placed')
      expect(source.heldMinor).toBe(open.reduce((sum, one) => sum + one.amountMinor, 0n))
      expect(computeAvailable(source)).toBeGreaterThanOrEqual(0n)
    }
  }

  function settle(
    source: LedgerAccountState,
    one: HoldState,
    state: HoldState['state'],
    paidMinor: bigint,
  ): LedgerAccountState {
    one.state = state
    return {
      ...source,
      heldMinor: source.heldMinor - one.amountMinor,
      balanceMinor: source.balanceMinor - paidMinor,
    }
  }
})
