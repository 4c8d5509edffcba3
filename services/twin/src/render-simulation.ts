// A kept simulation as the wire shows it.
import type { PastSimulation } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import type { SimulationRow } from './store/simulations.ts'

export function renderPastSimulation(row: SimulationRow): PastSimulation {
  return {
    id: row.id,
    account_id: row.accountId,
    scenario: row.scenario,
    amount: Number(row.amount),
    currency: row.currency,
    before_balance: toWireAmount(row.beforeMinor, row.currency),
    after_balance: toWireAmount(row.afterMinor, row.currency),
    risk_score: row.riskScore,
    alert_level: row.alertLevel,
    flags: row.flags,
    recommendation: row.recommendation,
    created_at: row.createdAt.toISOString(),
  }
}
