// POST /api/transactions/{id}/reversal
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'
import { readProblem } from '../session/problem.ts'
import type { Transaction } from './get-transactions.ts'

export function useReverseTransaction() {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (id: string) => {
      const headers = { 'Idempotency-Key': keys.keyFor(id) }
      const path = `/transactions/${encodeURIComponent(id)}/reversal`
      return (await http.post<Transaction>(path, {}, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      return client.invalidateQueries()
    },
    // A refusal stays one under its key: pressing again, once there is money, is another request. Without an answer it is the same one.
    onError: (error) => {
      const { status } = readProblem(error)
      if (status !== null && status < 500) keys.settle()
    },
  })
}
