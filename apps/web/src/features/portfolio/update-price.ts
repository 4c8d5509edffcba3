// PUT /api/portfolio/holdings/{id}
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { type Holding, portfolioQuery } from './get-portfolio.ts'

export function useUpdatePrice() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, price }: { id: string; price: string }) => {
      const body = { current_price: Number(price) }
      return (await http.put<Holding>(`/portfolio/holdings/${encodeURIComponent(id)}`, body)).data
    },
    onSuccess: () => client.invalidateQueries({ queryKey: portfolioQuery.queryKey }),
  })
}
