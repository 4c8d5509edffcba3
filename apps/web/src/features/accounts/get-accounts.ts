// GET /api/accounts/: the person's accounts, primary first.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export type AccountStatus = 'open' | 'frozen' | 'closed'

export interface Account {
  id: string
  name: string
  email: string
  type: string
  balance: number
  currency: string
  created_at: string
  available_balance?: number
  /** What holds have set aside of the balance. */
  held?: number
  status?: AccountStatus
  overdraft_limit?: number
  is_primary?: boolean
  bank?: { name: string | null; number_masked: string | null } | null
}

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => (await http.get<Account[]>('/accounts/', { signal })).data,
})

export function useAccounts() {
  return useQuery(accountsQuery)
}
