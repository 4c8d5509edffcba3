// The quick simulation: one change played on one balance, scored as the original scores it.
import { minorDigits, multiplyRatio } from '@fintwin/money'
import {
  absolute,
  isBeyondRange,
  isDebt,
  measureMinor,
  moneyWriter,
  type ScoredAccount,
  type ScoringTerms,
  thresholdMinor,
} from './account.ts'
import { type Assessment, assess, type Rule } from './assessment.ts'
import { formatPercent, type PercentMillionths } from './percent.ts'
import { recommend } from './recommend.ts'

export type Scenario =
  | { kind: 'withdrawal' | 'deposit'; amountMinor: bigint }
  | { kind: 'rate_change'; percent: PercentMillionths }

export interface QuickSimulation {
  virtualBalanceMinor: bigint
  /** Of the balance as it stands, by the same rules. */
  before: Assessment
  after: Assessment
  /** One sentence, with the figures it rests on. */
  recommendation: string
}

/** Undefined when the virtual balance would be larger than an amount may be. */
export function simulateQuickly(
  account: ScoredAccount,
  scenario: Scenario,
  terms: ScoringTerms,
): QuickSimulation | undefined {
  const virtualBalanceMinor = computeVirtualBalance(account.balanceMinor, scenario)
  if (isBeyondRange(virtualBalanceMinor)) return undefined
  const facts: SimulationFacts = {
    account,
    scenario,
    virtualBalanceMinor,
    changeMinor: absolute(virtualBalanceMinor - account.balanceMinor),
    thresholdMinor: thresholdMinor(terms, account.currency),
    write: moneyWriter(account.currency, terms.locale),
  }
  return {
    virtualBalanceMinor,
    before: assess(simulationRules, {
      ...facts,
      scenario: undefined,
      virtualBalanceMinor: account.balanceMinor,
    }),
    after: assess(simulationRules, facts),
    recommendation: recommend(facts),
  }
}

/** A rate change gives balance × (1 + percent / 100), exact, to the nearest minor unit, a tie to the even one. */
export function computeVirtualBalance(balanceMinor: bigint, scenario: Scenario): bigint {
  if (scenario.kind === 'rate_change')
    return multiplyRatio(balanceMinor, HUNDRED_PERCENT + scenario.percent, HUNDRED_PERCENT)
  return scenario.kind === 'deposit'
    ? balanceMinor + scenario.amountMinor
    : balanceMinor - scenario.amountMinor
}

const HUNDRED_PERCENT: PercentMillionths = 100_000_000n

export interface SimulationFacts {
  account: ScoredAccount
  /** Absent when the balance is looked at as it stands. */
  scenario: Scenario | undefined
  virtualBalanceMinor: bigint
  /** How much the balance moves, without its sign. */
  changeMinor: bigint
  thresholdMinor: bigint
  write: (amountMinor: bigint) => string
}

const simulationRules: readonly Rule<SimulationFacts>[] = [
  { name: 'start', points: 10, applies: () => true, sentence: () => 'Every simulation starts at 10 points.' },
  {
    name: 'large_amount',
    points: 30,
    applies: isLargeAmount,
    sentence: (facts) =>
      `${describeAmount(facts)} is more than half of ${describeBalance(facts.account)}, ${facts.write(measureMinor(facts.account))}.`,
  },
  {
    name: 'low_balance',
    points: 20,
    applies: ({ account, virtualBalanceMinor, thresholdMinor }) =>
      !isDebt(account) && virtualBalanceMinor < thresholdMinor,
    sentence: ({ virtualBalanceMinor, thresholdMinor, write }) =>
      `A balance of ${write(virtualBalanceMinor)} is below the ${write(thresholdMinor)} worth keeping.`,
  },
  {
    name: 'negative_balance',
    points: 40,
    applies: ({ account, virtualBalanceMinor }) => !isDebt(account) && virtualBalanceMinor < 0n,
    sentence: ({ virtualBalanceMinor, write }) =>
      `The account would be ${write(-virtualBalanceMinor)} short.`,
  },
]

/** A rate change is measured by the money it moves: its amount is a percentage, which no balance can be compared with. */
/**
 * The original compares the amount of the request with half of the balance whatever the scenario, and clients rely on its scores. The amount of
 * a rate change is its percentage, so that is the number compared: 60 % is a large amount on a balance of 100, and not on one of 1,000.
 */
function isLargeAmount({ account, scenario, changeMinor }: SimulationFacts): boolean {
  if (!scenario) return false
  const measure = measureMinor(account)
  if (scenario.kind !== 'rate_change') return changeMinor * 2n > measure
  const minorOfOne = 10n ** BigInt(minorDigits(account.currency))
  return scenario.percent * minorOfOne * 2n > measure * ONE_PERCENT
}

const ONE_PERCENT: PercentMillionths = 1_000_000n

function describeAmount({ scenario, changeMinor, write }: SimulationFacts): string {
  return scenario?.kind === 'rate_change' ? formatPercent(scenario.percent) : write(changeMinor)
}

const describeBalance = (account: ScoredAccount): string =>
  isDebt(account) ? 'what you owe' : 'your balance'
