// GET /api/simulate/history/detail/{id}
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import type { PastSimulation } from './get-simulations.ts'

export function useSimulation(id: string | undefined) {
  return useQuery({
    queryKey: ['simulations', 'detail', id],
    queryFn: async ({ signal }) =>
      (await http.get<PastSimulation>(`/simulate/history/detail/${encodeURIComponent(id ?? '')}`, { signal }))
        .data,
    enabled: id !== undefined,
  })
}
