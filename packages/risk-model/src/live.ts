// The live policy: the score of an account as it stands, from its balance and its recent transactions.
import {
  absolute,
  isDebt,
  measureMinor,
  moneyWriter,
  type ScoredAccount,
  type ScoringTerms,
  thresholdMinor,
} from './account.ts'
import { type Assessment, assess, type Rule } from './assessment.ts'

export interface RecentTransaction {
  amountMinor: bigint
  atMs: number
}

export interface LivePicture extends ScoringTerms {
  account: ScoredAccount
  /** In any order; those outside the window and beyond the newest hundred are left out here. */
  transactions: readonly RecentTransaction[]
  nowMs: number
}

/** A transaction is recent for a day. */
export const RECENT_WINDOW_MS = 86_400_000
/** At most so many of the newest transactions are looked at. */
export const RECENT_LIMIT = 100

const HURRY_WINDOW_MS = 3_600_000
const HURRY_COUNT = 3

export function assessLive({ account, transactions, nowMs, ...terms }: LivePicture): Assessment {
  return assess(liveRules, {
    account,
    recent: transactions
      .filter(({ atMs }) => atMs > nowMs - RECENT_WINDOW_MS)
      .toSorted((a, b) => b.atMs - a.atMs)
      .slice(0, RECENT_LIMIT),
    nowMs,
    thresholdMinor: thresholdMinor(terms, account.currency),
    write: moneyWriter(account.currency, terms.locale),
  })
}

interface LiveFacts {
  account: ScoredAccount
  /** Newest first. */
  recent: readonly RecentTransaction[]
  nowMs: number
  thresholdMinor: bigint
  write: (amountMinor: bigint) => string
}

const liveRules: readonly Rule<LiveFacts>[] = [
  { name: 'start', points: 10, applies: () => true, sentence: () => 'Every account starts at 10 points.' },
  {
    name: 'large_transaction',
    points: 20,
    applies: (facts) => largestMinor(facts) * 2n > measureMinor(facts.account) && facts.recent.length > 0,
    sentence: (facts) =>
      `A transaction of ${facts.write(largestMinor(facts))} is more than half of ${
        isDebt(facts.account) ? 'what you owe' : 'your balance'
      }, ${facts.write(measureMinor(facts.account))}.`,
  },
  {
    name: 'many_transactions',
    points: 15,
    applies: (facts) => countHurried(facts) >= HURRY_COUNT,
    sentence: (facts) => `${countHurried(facts)} transactions within 60 minutes.`,
  },
  {
    name: 'low_balance',
    points: 10,
    applies: ({ account, thresholdMinor }) => !isDebt(account) && account.balanceMinor < thresholdMinor,
    sentence: ({ account, thresholdMinor, write }) =>
      `Your balance of ${write(account.balanceMinor)} is below the ${write(thresholdMinor)} worth keeping.`,
  },
  {
    name: 'negative_balance',
    points: 25,
    applies: ({ account }) => !isDebt(account) && account.balanceMinor < 0n,
    sentence: ({ account, write }) => `The account is overdrawn by ${write(absolute(account.balanceMinor))}.`,
  },
]

function largestMinor({ recent }: LiveFacts): bigint {
  let largest = 0n
  for (const { amountMinor } of recent) if (amountMinor > largest) largest = amountMinor
  return largest
}

function countHurried({ recent, nowMs }: LiveFacts): number {
  return recent.filter(({ atMs }) => atMs > nowMs - HURRY_WINDOW_MS).length
}
