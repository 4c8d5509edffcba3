// What the live policy promises: the original's rules on the balance and the recent transactions.
import { type CurrencyCode, isCurrency } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { assessLive, RECENT_WINDOW_MS } from '../src/index.ts'

const nowMs = Date.UTC(2026, 0, 15, 12)
const minutes = 60_000
const INR = (isCurrency('INR') && 'INR') as CurrencyCode

const at = (minutesAgo: number, amount: number) => ({
  amountMinor: BigInt(amount) * 100n,
  atMs: nowMs - minutesAgo * minutes,
})

const score = (balance: number, transactions: ReturnType<typeof at>[] = [], type = 'savings') =>
  assessLive({
    account: { type, currency: INR, balanceMinor: BigInt(balance) * 100n },
    transactions,
    nowMs,
    lowBalanceThreshold: '50000',
    locale: 'en-IN',
  })

describe('the live score', () => {
  it.each<[string, number, ReturnType<typeof at>[], string | undefined, number, string[]]>([
    ['a calm account', 200_000, [], undefined, 10, []],
    ['a new, empty account', 0, [], undefined, 20, ['low_balance']],
    ['the threshold itself', 50_000, [], undefined, 10, []],
    ['overdrawn', -1, [], undefined, 45, ['low_balance', 'negative_balance']],
    ['half the balance', 200_000, [at(5, 100_000)], undefined, 10, []],
    ['more than half', 200_000, [at(5, 100_001)], undefined, 30, ['large_transaction']],
    ['more than half, but yesterday', 200_000, [at(24 * 60, 150_000)], undefined, 10, []],
    ['two in an hour', 200_000, [at(1, 10), at(59, 10), at(60, 10)], undefined, 10, []],
    ['three in an hour', 200_000, [at(1, 10), at(30, 10), at(59, 10)], undefined, 25, ['many_transactions']],
    [
      'everything',
      -10,
      [at(1, 10), at(2, 10), at(3, 10)],
      undefined,
      80,
      ['large_transaction', 'many_transactions', 'low_balance', 'negative_balance'],
    ],
    ['a loan', -500_000, [at(5, 10_000)], 'loan', 10, []],
    ['half of a card paid', -10_000, [at(5, 5_001)], 'credit', 30, ['large_transaction']],
  ])('%s', (_name, balance, transactions, type, expected, rules) => {
    const assessment = score(balance, transactions, type)
    expect(assessment.score).toBe(expected)
    expect(assessment.contributions.map(({ rule }) => rule)).toEqual(['start', ...rules])
  })

  it('says why, with the figures', () => {
    expect(score(40_000, [at(1, 30_000), at(2, 5), at(3, 5)]).flags).toEqual([
      'A transaction of ₹30,000.00 is more than half of your balance, ₹40,000.00.',
      '3 transactions within 60 minutes.',
      'Your balance of ₹40,000.00 is below the ₹50,000.00 worth keeping.',
    ])
  })

  it('looks at the newest hundred only, in whatever order they come', () => {
    const small = Array.from({ length: 100 }, (_, index) => at(index / 10, 1))
    expect(score(100_000, [at(RECENT_WINDOW_MS / minutes - 1, 90_000), ...small]).score).toBe(25)
    expect(score(100_000, [...small.slice(1), at(RECENT_WINDOW_MS / minutes - 1, 90_000)]).score).toBe(45)
  })
})
