// A score as the wire shows it.
import type { RiskScore } from '@fintwin/contracts'
import type { ScoreRow } from './store/scores.ts'

export function renderScore(row: ScoreRow): RiskScore {
  return {
    id: row.id,
    account_id: row.accountId,
    score: row.score,
    alert_level: row.alertLevel,
    flags: row.flags,
    contributions: row.contributions,
    updated_at: row.updatedAt.toISOString(),
  }
}
