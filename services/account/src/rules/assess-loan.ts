// Whether a loan's own figures fit together: does its instalment repay the principal at its rate within its term?
import type { TermsWarning } from '@fintwin/contracts'
import { type CurrencyCode, divideRound, formatMoney, minorDigits } from '@fintwin/money'

export interface LoanTerms {
  principalMinor: bigint
  /** Percent a year with at most six decimal digits. */
  apr: string
  termMonths: number | null
  instalmentMinor: bigint | null
}

/**
 * The equal instalment, in minor units and rounded up to a whole one, that repays a principal P at the end of each of n months. With the
 * monthly rate i = APR / 12 (nominal, as in Regulation Z, Appendix J, and in every annuity table)
 *
 *     A = P · i · (1 + i)ⁿ / ((1 + i)ⁿ − 1),   and   A = P / n   where i is zero.
 *
 * Exact: i is the fraction a / D of integers, so the formula is P · a · (D + a)ⁿ / (D · ((D + a)ⁿ − Dⁿ)), and is rounded once.
 */
export function computeInstalment(principalMinor: bigint, apr: string, termMonths: number): bigint {
  const monthlyRate = readMonthlyRate(apr)
  if (monthlyRate === 0n) return divideUp(principalMinor, BigInt(termMonths))
  const grown = (RATE_UNIT + monthlyRate) ** BigInt(termMonths)
  const ungrown = RATE_UNIT ** BigInt(termMonths)
  return divideUp(principalMinor * monthlyRate * grown, RATE_UNIT * (grown - ungrown))
}

/**
 * What does not fit together, if anything. The loan is played month by month as a bank does it: interest on what is owed, rounded to the minor
 * unit, then the instalment. Banks round an instalment to a whole unit of the currency and settle the rest with the last one. So an instalment
 * is too small only where it is less than the one that is needed by a whole unit or leaves a whole instalment over, and too large only where it
 * is more by a whole unit and ends the loan two months early.
 */
export function assessLoan(terms: LoanTerms, currency: CurrencyCode, locale: string): TermsWarning[] {
  const { principalMinor, apr, termMonths, instalmentMinor } = terms
  if (instalmentMinor === null) return []
  const money = (amountMinor: bigint): string => formatMoney(amountMinor, currency, locale)
  const interestMinor = computeInterest(principalMinor, apr)
  if (instalmentMinor <= interestMinor) {
    const detail =
      `${money(instalmentMinor)} a month is not more than the first month’s interest of ${money(interestMinor)}: ` +
      'the loan would never be repaid.'
    return [{ code: 'instalment_below_interest', detail }]
  }
  if (termMonths === null) return []
  const { months, restMinor } = playLoan({ principalMinor, apr, termMonths, instalmentMinor })
  const neededMinor = computeInstalment(principalMinor, apr, termMonths)
  const unitMinor = 10n ** BigInt(minorDigits(currency))
  if (restMinor > 0n && (instalmentMinor + unitMinor <= neededMinor || restMinor >= instalmentMinor)) {
    const detail =
      `${money(instalmentMinor)} a month leaves ${money(restMinor)} owing after ${termMonths} months: ` +
      `${money(neededMinor)} is needed.`
    return [{ code: 'instalment_too_small', detail }]
  }
  if (months < termMonths - 1 && instalmentMinor >= neededMinor + unitMinor) {
    const detail = `${money(instalmentMinor)} a month repays the loan in ${months} months, not ${termMonths}.`
    return [{ code: 'instalment_too_large', detail }]
  }
  return []
}

/** How many months the loan takes, and what is still owed after the term. */
function playLoan(terms: {
  principalMinor: bigint
  apr: string
  termMonths: number
  instalmentMinor: bigint
}): {
  months: number
  restMinor: bigint
} {
  let owedMinor = terms.principalMinor
  for (let months = 1; months <= terms.termMonths; months += 1) {
    owedMinor += computeInterest(owedMinor, terms.apr) - terms.instalmentMinor
    if (owedMinor <= 0n) return { months, restMinor: 0n }
  }
  return { months: terms.termMonths, restMinor: owedMinor }
}

/** A month's interest in minor units, half to even. */
function computeInterest(owedMinor: bigint, apr: string): bigint {
  return divideRound(owedMinor * readMonthlyRate(apr), RATE_UNIT)
}

/** A rate of 1: a twelfth of 100 percent has 1,200 × 10⁶ parts, each a millionth of a percent a year. */
const RATE_UNIT = 1_200_000_000n

function readMonthlyRate(apr: string): bigint {
  const [whole = '0', fraction = ''] = apr.split('.')
  return BigInt(whole + fraction.padEnd(6, '0'))
}

const divideUp = (numerator: bigint, denominator: bigint): bigint =>
  (numerator + denominator - 1n) / denominator
