// POST /api/transactions/
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'
import type { Transaction, TransactionType } from './get-transactions.ts'

export interface NewTransaction {
  account_id: string
  type: TransactionType
  /** A decimal string: no figure is rounded on its way. */
  amount: string
  to_account?: string
  /** What arrives in an own account of another currency. */
  to_amount?: string
  note?: string
}

export function usePostTransaction() {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (transaction: NewTransaction) => {
      const headers = { 'Idempotency-Key': keys.keyFor(transaction) }
      return (await http.post<Transaction>('/transactions/', transaction, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      return client.invalidateQueries()
    },
  })
}
