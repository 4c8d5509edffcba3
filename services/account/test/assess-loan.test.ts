// Loans whose figures fit together, and those whose do not. The instalments are those of published annuity tables.
import type { CurrencyCode } from '@fintwin/money'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessLoan, computeInstalment, type LoanTerms } from '../src/rules/assess-loan.ts'

const inr = 'INR' as CurrencyCode
const assess = (terms: Partial<LoanTerms>, currency = inr) =>
  assessLoan(
    { principalMinor: 10_000_000n, apr: '12', termMonths: 12, instalmentMinor: null, ...terms },
    currency,
    'en-IN',
  )

describe('computeInstalment', () => {
  it.each<[principal: bigint, apr: string, months: number, instalment: bigint]>([
    [10_000_000n, '12', 12, 888_488n],
    [20_000_000n, '6', 360, 119_911n],
    [500_000_000n, '8.5', 240, 4_339_117n],
    [10_000_000n, '0', 12, 833_334n],
    [1n, '1000', 1, 2n],
  ])('%i at %s %% over %i months takes %i', (principalMinor, apr, months, instalment) => {
    expect(computeInstalment(principalMinor, apr, months)).toBe(instalment)
  })

  it('repays the loan in its term, and a minor unit less would not', () => {
    const loans = fc.record({
      principal: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      apr: fc.integer({ min: 0, max: 60_000_000 }),
      months: fc.integer({ min: 1, max: 480 }),
    })
    fc.assert(
      fc.property(loans, ({ principal, apr, months }) => {
        const text = `${Math.floor(apr / 1_000_000)}.${String(apr % 1_000_000).padStart(6, '0')}`
        const instalment = computeInstalment(principal, text, months)
        const unit = 1_200_000_000n
        const rest = (paid: bigint): bigint => {
          let owed = principal * unit ** BigInt(months)
          for (let month = 1; month <= months; month += 1)
            owed = (owed * (unit + BigInt(apr))) / unit - paid * unit ** BigInt(months)
          return owed
        }
        // The fold above rounds down once a month, in parts so small that they never reach a minor unit.
        expect(rest(instalment) <= 0n).toBe(true)
        if (instalment > 1n) expect(rest(instalment - 1n) > -(10n ** 9n)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('assessLoan', () => {
  it.each<[string, Partial<LoanTerms>, string[]]>([
    //  what                                    terms                                                    warned of
    ['no instalment', {}, []],
    ['no term', { termMonths: null, instalmentMinor: 200_000n }, []],
    ['the exact instalment', { instalmentMinor: 888_488n }, []],
    ['rounded down to a rupee', { instalmentMinor: 888_400n }, []],
    ['rounded up to a rupee', { instalmentMinor: 888_500n }, []],
    ['a rupee short', { instalmentMinor: 888_388n }, ['instalment_too_small']],
    ['a round number below', { instalmentMinor: 800_000n }, ['instalment_too_small']],
    ['one month earlier', { instalmentMinor: 900_000n }, []],
    ['two months earlier', { instalmentMinor: 1_060_000n }, ['instalment_too_large']],
    ['the interest alone', { instalmentMinor: 100_000n }, ['instalment_below_interest']],
    [
      'the interest alone, without a term',
      { termMonths: null, instalmentMinor: 99_999n },
      ['instalment_below_interest'],
    ],
    [
      'a small loan, a whole instalment short',
      { principalMinor: 1_000n, apr: '0', instalmentMinor: 75n },
      ['instalment_too_small'],
    ],
    ['no interest, the last instalment smaller', { apr: '0', instalmentMinor: 833_400n }, []],
  ])('%s', (_what, terms, codes) => {
    expect(assess(terms).map(({ code }) => code)).toEqual(codes)
  })

  it('says what would be needed, in the account’s currency', () => {
    expect(assess({ instalmentMinor: 800_000n })).toEqual([
      {
        code: 'instalment_too_small',
        detail: '₹8,000.00 a month leaves ₹11,222.46 owing after 12 months: ₹8,884.88 is needed.',
      },
    ])
    expect(assess({ instalmentMinor: 100_000n })[0]?.detail).toBe(
      '₹1,000.00 a month is not more than the first month’s interest of ₹1,000.00: the loan would never be repaid.',
    )
    expect(assess({ instalmentMinor: 2_000_000n })[0]?.detail).toBe(
      '₹20,000.00 a month repays the loan in 6 months, not 12.',
    )
  })

  it('counts whole units of a currency without minor ones', () => {
    const yen = 'JPY' as CurrencyCode
    const terms = { principalMinor: 1_000_000n, apr: '3', termMonths: 24 }
    const needed = computeInstalment(terms.principalMinor, terms.apr, terms.termMonths)
    expect(assess({ ...terms, instalmentMinor: needed }, yen)).toEqual([])
    expect(assess({ ...terms, instalmentMinor: needed - 1n }, yen)).toMatchObject([
      { code: 'instalment_too_small' },
    ])
  })

  it('never warns of the instalment that is needed', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 100_000n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 3, max: 360 }),
        (principalMinor, apr, termMonths) => {
          const instalmentMinor = computeInstalment(principalMinor, String(apr), termMonths)
          expect(assess({ principalMinor, apr: String(apr), termMonths, instalmentMinor })).toEqual([])
        },
      ),
    )
  })
})
