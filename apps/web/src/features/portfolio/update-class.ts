// PUT /api/portfolio/holdings/{id}: the class of a holding from a day on.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { type Holding, portfolioQuery } from './get-portfolio.ts'

export interface NewClass {
  id: string
  asset_class: string
  effective_from: string
}

export function useUpdateClass() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, ...body }: NewClass) =>
      (await http.put<Holding>(`/portfolio/holdings/${encodeURIComponent(id)}`, body)).data,
    onSuccess: () => client.invalidateQueries({ queryKey: portfolioQuery.queryKey }),
  })
}
