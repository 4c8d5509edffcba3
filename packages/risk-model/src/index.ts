// The scoring: the risk service scores the live state with it, the twin service a simulated one.
export { isDebt, type ScoredAccount, type ScoringTerms, thresholdMinor } from './account.ts'
export { type AlertLevel, type Assessment, type Contribution, levelOf } from './assessment.ts'
export {
  assessLive,
  type LivePicture,
  RECENT_LIMIT,
  RECENT_WINDOW_MS,
  type RecentTransaction,
} from './live.ts'
export { formatPercent, type ParsedPercent, type PercentMillionths, parsePercent } from './percent.ts'
export { computeVirtualBalance, type QuickSimulation, type Scenario, simulateQuickly } from './simulate.ts'
