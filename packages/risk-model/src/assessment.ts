// What every assessment has in common: rules with a name, points and a sentence, added up to a score and its level.

export type AlertLevel = 'low' | 'medium' | 'high'

/** One rule's part of a score. */
export interface Contribution {
  rule: string
  points: number
  /** Why the points were given, for the person. */
  sentence: string
}

export interface Assessment {
  /** 0 to 100: the sum of the contributions, at most 100. */
  score: number
  level: AlertLevel
  /** The sentences of every rule that spoke, without the starting points. */
  flags: string[]
  contributions: Contribution[]
}

export interface Rule<Facts> {
  name: string
  points: number
  applies: (facts: Facts) => boolean
  sentence: (facts: Facts) => string
}

const MAX_SCORE = 100
const LOW_UP_TO = 30
const MEDIUM_UP_TO = 60

/** Adds up the rules that apply. The first one is the start: it always applies and raises no flag. */
export function assess<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Assessment {
  const contributions = rules
    .filter(({ applies }) => applies(facts))
    .map(({ name, points, sentence }) => ({ rule: name, points, sentence: sentence(facts) }))
  const sum = contributions.reduce((total, { points }) => total + points, 0)
  const score = Math.min(MAX_SCORE, sum)
  return {
    score,
    level: levelOf(score),
    flags: contributions.slice(1).map(({ sentence }) => sentence),
    contributions,
  }
}

/** Up to 30 low, up to 60 medium, above high. */
export function levelOf(score: number): AlertLevel {
  if (score <= LOW_UP_TO) return 'low'
  return score <= MEDIUM_UP_TO ? 'medium' : 'high'
}
