// DELETE /api/portfolio/holdings/{id}: the row goes at once, and comes back if the server refuses.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { portfolioQuery } from './get-portfolio.ts'

export function useDeleteHolding() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      await http.delete(`/portfolio/holdings/${encodeURIComponent(id)}`)
    },
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey: portfolioQuery.queryKey })
      const before = client.getQueryData(portfolioQuery.queryKey)
      client.setQueryData(portfolioQuery.queryKey, (now) =>
        now ? { ...now, holdings: now.holdings.filter((holding) => holding.id !== id) } : now,
      )
      return { before }
    },
    onError: (_error, _id, context) => client.setQueryData(portfolioQuery.queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: portfolioQuery.queryKey }),
  })
}
