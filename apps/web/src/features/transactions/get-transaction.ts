// GET /api/transactions/{id}: one transaction, with its legs and what can still be done about it.
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import type { Transaction, TransactionLeg } from './get-transactions.ts'

export interface TransactionDetail extends Transaction {
  legs: readonly TransactionLeg[]
  reversible_as: 'undo' | 'return' | null
  /** One sentence, where it cannot be taken back. */
  irreversible_because: string | null
}

export const transactionKey = (id: string) => ['transactions', 'one', id]

export function useTransaction(id: string | undefined) {
  return useQuery({
    queryKey: transactionKey(id ?? ''),
    enabled: id !== undefined,
    queryFn: async ({ signal }) =>
      (await http.get<TransactionDetail>(`/transactions/${encodeURIComponent(id ?? '')}`, { signal })).data,
  })
}
