// GET /api/risk/score/{account_id}
import { useQueries, useQuery } from '@tanstack/react-query'
import type { AlertLevel } from '../../ui/risk-meter.tsx'
import { http } from '../session/http-client.ts'

export interface RiskScore {
  id: string
  account_id: string
  score: number
  alert_level: AlertLevel
  flags: string[]
  updated_at: string
  contributions?: { rule: string; points: number; sentence: string }[]
}

function scoreQuery(accountId: string) {
  return {
    queryKey: ['risk', 'score', accountId],
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await http.get<RiskScore>(`/risk/score/${encodeURIComponent(accountId)}`, { signal })).data,
  }
}

export function useScore(accountId: string) {
  return useQuery({ ...scoreQuery(accountId), enabled: accountId !== '' })
}

export function useScores(accountIds: readonly string[]) {
  return useQueries({ queries: accountIds.map(scoreQuery) })
}
