// POST /api/transactions/holds
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'
import type { Hold } from './get-holds.ts'

export interface NewHold {
  account_id: string
  /** A decimal string: no figure is rounded on its way. */
  amount: string
  to_account?: string
  note?: string
  expires_in_s?: number
  capture_in_s?: number
}

export function usePlaceHold() {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (hold: NewHold) => {
      const headers = { 'Idempotency-Key': keys.keyFor(hold) }
      return (await http.post<Hold>('/transactions/holds', hold, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      return client.invalidateQueries()
    },
  })
}
