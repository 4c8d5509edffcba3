// GET /api/simulate/history/{account_id}: the newest ten.
import { useQuery } from '@tanstack/react-query'
import type { AlertLevel } from '../../ui/risk-meter.tsx'
import { http } from '../session/http-client.ts'
import type { Contribution, Proof, Scenario } from './run-simulation.ts'

export interface PastSimulation {
  id: string
  account_id: string
  scenario: Scenario
  amount: number
  before_balance: number
  after_balance: number
  risk_score: number
  alert_level: AlertLevel
  recommendation: string
  created_at: string
  flags?: string[]
  before?: { risk_score: number; alert_level: AlertLevel }
  contributions?: Contribution[]
  proof?: Proof
}

export function useSimulations(accountId: string) {
  return useQuery({
    queryKey: ['simulations', 'history', accountId],
    queryFn: async ({ signal }) =>
      (await http.get<PastSimulation[]>(`/simulate/history/${encodeURIComponent(accountId)}`, { signal }))
        .data,
    enabled: accountId !== '',
  })
}
