// GET /api/risk/history/{account_id}: how the score came to be what it is.
import { useQuery } from '@tanstack/react-query'
import type { AlertLevel } from '../../ui/risk-meter.tsx'
import { http } from '../session/http-client.ts'

export interface PastScore {
  score: number
  alert_level: AlertLevel
  at: string
}

export function useScoreHistory(accountId: string) {
  return useQuery({
    queryKey: ['risk', 'history', accountId],
    queryFn: async ({ signal }) =>
      (await http.get<PastScore[]>(`/risk/history/${encodeURIComponent(accountId)}`, { signal })).data,
    enabled: accountId !== '',
  })
}
