// POST /api/portfolio/holdings
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'
import { type Holding, portfolioQuery } from './get-portfolio.ts'

export interface NewHolding {
  ticker: string
  company_name: string
  quantity: string
  buy_price: string
  current_price: string
  asset_class?: string
}

export function useAddHolding() {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (holding: NewHolding) => {
      const body = {
        ...holding,
        quantity: Number(holding.quantity),
        buy_price: Number(holding.buy_price),
        current_price: Number(holding.current_price),
      }
      const headers = { 'Idempotency-Key': keys.keyFor(body) }
      return (await http.post<Holding>('/portfolio/holdings', body, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      return client.invalidateQueries({ queryKey: portfolioQuery.queryKey })
    },
  })
}
