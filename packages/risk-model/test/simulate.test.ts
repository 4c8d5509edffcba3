// What the quick simulation promises: the original's arithmetic, exact, and its rules with a sentence each.
import { type CurrencyCode, isCurrency } from '@fintwin/money'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  computeVirtualBalance,
  formatPercent,
  levelOf,
  parsePercent,
  type Scenario,
  type ScoredAccount,
  simulateQuickly,
} from '../src/index.ts'

const terms = { lowBalanceThreshold: '50000', locale: 'en-IN' }
const code = (text: string): CurrencyCode => {
  if (!isCurrency(text)) throw new Error(text)
  return text
}

/** Major units in, to read like the contract. */
const account = (balance: number, type = 'savings'): ScoredAccount => ({
  type,
  currency: code('INR'),
  balanceMinor: BigInt(Math.round(balance * 100)),
})
const money = (kind: 'withdrawal' | 'deposit', amount: number): Scenario => ({
  kind,
  amountMinor: BigInt(Math.round(amount * 100)),
})
const rate = (percent: number | string): Scenario => {
  const parsed = parsePercent(percent)
  if (!parsed.ok) throw new Error(parsed.reason)
  return { kind: 'rate_change', percent: parsed.millionths }
}

describe('the score of a quick simulation', () => {
  it.each<[string, ScoredAccount, Scenario, number, string[]]>([
    ['a small withdrawal', account(200_000), money('withdrawal', 10_000), 10, []],
    ['half the balance exactly', account(200_000), money('withdrawal', 100_000), 10, []],
    ['a paisa more than half', account(200_000), money('withdrawal', 100_000.01), 40, ['large_amount']],
    ['down to the threshold', account(120_000), money('withdrawal', 70_000), 40, ['large_amount']],
    [
      'below the threshold',
      account(120_000),
      money('withdrawal', 70_000.01),
      60,
      ['large_amount', 'low_balance'],
    ],
    ['to zero', account(40_000), money('withdrawal', 40_000), 60, ['large_amount', 'low_balance']],
    [
      'below zero',
      account(40_000),
      money('withdrawal', 40_000.01),
      100,
      ['large_amount', 'low_balance', 'negative_balance'],
    ],
    ['a small deposit', account(200_000), money('deposit', 1_000), 10, []],
    [
      'a deposit on an empty account',
      account(0),
      money('deposit', 1_000),
      60,
      ['large_amount', 'low_balance'],
    ],
    ['a deposit larger than half', account(60_000), money('deposit', 30_001), 40, ['large_amount']],
    ['a rate rise', account(200_000), rate(7.5), 10, []],
    [
      'a rate of 60 in percent is not sixty rupees',
      account(100),
      rate(60),
      60,
      ['large_amount', 'low_balance'],
    ],
    ['a rate cut below the threshold', account(60_000), rate(-20), 30, ['low_balance']],
    ['a rate cut beyond everything', account(60_000), rate(-101), 70, ['low_balance', 'negative_balance']],
    ['a rate change on nothing', account(0), rate(50), 60, ['large_amount', 'low_balance']],
    [
      'a percentage beyond half of a small balance',
      account(100),
      rate(60),
      60,
      ['large_amount', 'low_balance'],
    ],
    ['the same percentage on a large one', account(100_000), rate(60), 10, []],
    ['a loan that is owed', account(-500_000, 'loan'), money('deposit', 10_000), 10, []],
    ['more than half of a loan', account(-500_000, 'loan'), money('deposit', 250_001), 40, ['large_amount']],
    ['a card used', account(-1_000, 'credit'), money('withdrawal', 400), 10, []],
  ])('%s', (_name, from, scenario, score, rules) => {
    const after = simulateQuickly(from, scenario, terms)?.after
    expect(after?.score).toBe(score)
    expect(after?.level).toBe(levelOf(score))
    expect(after?.contributions.map(({ rule }) => rule)).toEqual(['start', ...rules])
    expect(after?.flags).toHaveLength(rules.length)
  })

  it('gives the score before as well, by the same rules', () => {
    const simulation = simulateQuickly(account(40_000), money('deposit', 20_000), terms)
    expect(simulation?.before).toMatchObject({ score: 30, level: 'low' })
    expect(simulation?.after).toMatchObject({ score: 10 })
  })

  it('is the sum of its contributions', () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 12n })
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        amounts,
        (balanceMinor, amountMinor) => {
          const from = { type: 'savings', currency: code('INR'), balanceMinor }
          const after = simulateQuickly(from, { kind: 'withdrawal', amountMinor }, terms)?.after
          expect(after?.contributions.reduce((sum, { points }) => sum + points, 0)).toBe(after?.score)
          expect(after?.score).toBeLessThanOrEqual(100)
        },
      ),
    )
  })

  it('refuses a balance beyond what an amount may be', () => {
    expect(simulateQuickly(account(9_999_999_999_999), rate(100), terms)).toBeUndefined()
  })

  it('has one threshold in major units for every currency', () => {
    const yen = { type: 'savings', currency: code('JPY'), balanceMinor: 50_000n }
    expect(simulateQuickly(yen, { kind: 'withdrawal', amountMinor: 1n }, terms)?.after.score).toBe(30)
    expect(
      simulateQuickly(
        yen,
        { kind: 'withdrawal', amountMinor: 1n },
        { ...terms, lowBalanceThreshold: '49999.99' },
      )?.after.score,
    ).toBe(10)
  })
})

describe('levels', () => {
  it.each([
    [10, 'low'],
    [30, 'low'],
    [31, 'medium'],
    [60, 'medium'],
    [61, 'high'],
    [100, 'high'],
  ])('%s is %s', (score, level) => expect(levelOf(score)).toBe(level))
})

describe('a rate change', () => {
  it.each([
    [100_000_00n, 7.5, 107_500_00n],
    [1_00n, 0.5, 1_00n], // 100.5 minor units: the tie goes to the even 100
    [3_00n, 0.5, 3_02n], // 301.5: to the even 302
    [-200_00n, 10, -220_00n],
    [33n, 33.333333, 44n],
    [100_00n, -100, 0n],
  ])('of %s by %s%% gives %s', (balanceMinor, percent, expected) => {
    expect(computeVirtualBalance(balanceMinor, rate(percent))).toBe(expected)
  })
})

describe('percentages', () => {
  it.each<[number | string, bigint | string]>([
    [7.5, 7_500_000n],
    ['-0.000001', -1n],
    [1e-7, 'too_many_digits'],
    ['1.0000001', 'too_many_digits'],
    [0, 0n],
    ['007', 7_000_000n],
    [1e21, 'out_of_range'],
    ['1000000', 'out_of_range'],
    ['', 'not_a_number'],
    ['7%', 'not_a_number'],
    [Number.NaN, 'not_a_number'],
    [Number.POSITIVE_INFINITY, 'not_a_number'],
  ])('%s', (input, expected) => {
    const parsed = parsePercent(input)
    expect(parsed.ok ? parsed.millionths : parsed.reason).toBe(expected)
  })

  it('are written as they were read', () => {
    expect([7_500_000n, -1n, 0n, 100_000_000n].map(formatPercent)).toEqual(['7.5', '-0.000001', '0', '100'])
  })
})

describe('the recommendation', () => {
  it.each<[ScoredAccount, Scenario, string]>([
    [
      account(200_000),
      money('withdrawal', 10_000),
      'You can afford this: ₹1,90,000.00 would remain, ₹1,40,000.00 above the ₹50,000.00 worth keeping.',
    ],
    [
      account(80_000),
      money('withdrawal', 60_000),
      'Withdraw up to ₹30,000.00 to keep ₹50,000.00; this takes ₹30,000.00 more than that.',
    ],
    [
      account(20_000),
      money('withdrawal', 25_000),
      'Withdraw no more than the ₹20,000.00 you have: this would leave you ₹5,000.00 short.',
    ],
    [
      { ...account(200_000), heldMinor: 15_000_000n },
      money('withdrawal', 50_000.01),
      'Withdraw no more than ₹50,000.00 now: ₹1,50,000.00 of the ₹2,00,000.00 you have is set aside.',
    ],
    [
      { ...account(200_000), heldMinor: 12_000_000n },
      money('withdrawal', 80_000),
      'You can afford this: ₹1,20,000.00 would remain, ₹70,000.00 above the ₹50,000.00 worth keeping.',
    ],
    [
      { ...account(-100), heldMinor: 2_000n },
      money('withdrawal', 1),
      'Do not withdraw now: ₹20.00 is set aside, and you have -₹100.00.',
    ],
    [
      account(10_000),
      money('deposit', 5_000),
      'A good step to ₹15,000.00: another ₹35,000.00 would reach the ₹50,000.00 worth keeping.',
    ],
    [
      account(100_000),
      rate(7.5),
      'A change of 7.5% adds ₹7,500.00, leaving ₹1,07,500.00, ₹57,500.00 above the ₹50,000.00 worth keeping.',
    ],
    [
      account(-500_000, 'loan'),
      money('deposit', 100_000),
      'Paying this in helps: you would owe ₹4,00,000.00, down from ₹5,00,000.00.',
    ],
  ])('%#', (from, scenario, sentence) => {
    expect(simulateQuickly(from, scenario, terms)?.recommendation).toBe(sentence)
  })
})
