// GET /api/transactions/holds: money that is set aside, and transfers that have not gone yet.
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export interface Hold {
  id: string
  account_id: string
  to_account: string | null
  amount: number
  currency: string
  state: 'placed' | 'captured' | 'released' | 'expired'
  captured_amount: number
  transaction_id: string | null
  note: string | null
  counterparty: string | null
  category: string | null
  expires_at: string | null
  /** When a delayed transfer goes. */
  capture_at: string | null
  created_at: string
}

/** The open ones, of one account or of all, newest first. More than a hundred at once are not shown. */
export function useOpenHolds(accountId: string | undefined) {
  return useQuery({
    queryKey: ['holds', accountId ?? 'all'],
    queryFn: async ({ signal }) => {
      const params = { state: 'placed', limit: 100, ...(accountId && { account_id: accountId }) }
      return (await http.get<Hold[]>('/transactions/holds', { params, signal })).data
    },
  })
}
