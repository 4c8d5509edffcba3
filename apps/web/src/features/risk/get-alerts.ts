// GET /api/risk/notifications/{account_id}: what deserves a look right now, worked out across the services.
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export interface Alert {
  message: string
  type: 'Risk' | 'Alert' | 'Info'
}

export function useAlerts(accountId: string) {
  return useQuery({
    queryKey: ['risk', 'alerts', accountId],
    queryFn: async ({ signal }) =>
      (await http.get<Alert[]>(`/risk/notifications/${encodeURIComponent(accountId)}`, { signal })).data,
    enabled: accountId !== '',
  })
}
