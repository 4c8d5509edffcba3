// POST /api/simulate/: plays a scenario on a fork; the live ledger stays as it is.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AlertLevel } from '../../ui/risk-meter.tsx'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'

export type Scenario = 'withdrawal' | 'deposit' | 'rate_change'

export interface Contribution {
  rule: string
  points: number
  sentence: string
}

export interface Proof {
  position: number | string
  entries_hash: string
  entries_hash_after: string
  unchanged: boolean
  /** Entries added since the first reading; 0 when unchanged. */
  moved_meanwhile?: number
  /** What was there at the first reading is as it was. */
  history_unchanged?: boolean
}

export interface Simulation {
  id?: string
  account_id: string
  scenario: Scenario
  amount: number
  current_balance: number
  virtual_balance: number
  risk_score: number
  alert_level: AlertLevel
  flags: string[]
  recommendation: string
  before?: { risk_score: number; alert_level: AlertLevel }
  contributions?: Contribution[]
  proof?: Proof
  created_at?: string
}

export interface SimulationRequest {
  account_id: string
  scenario: Scenario
  amount: string
}

export function useRunSimulation() {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (request: SimulationRequest) => {
      const headers = { 'Idempotency-Key': keys.keyFor(request) }
      return (await http.post<Simulation>('/simulate/', request, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      client.invalidateQueries({ queryKey: ['simulations'] })
      client.invalidateQueries({ queryKey: ['notifications'] })
    },
  })
}
