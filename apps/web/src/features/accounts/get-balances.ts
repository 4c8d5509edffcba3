// GET /api/transactions/account/{id}/balances: the closing balance of each day that changed it.
import { useQueries, useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export interface Balances {
  account_id: string
  currency: string
  points: { date: string; balance: number }[]
}

export function balancesQuery(accountId: string, from: string, to: string) {
  return {
    queryKey: ['transactions', 'balances', accountId, from, to],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const address = `/transactions/account/${encodeURIComponent(accountId)}/balances`
      return (await http.get<Balances>(address, { params: { from, to }, signal })).data
    },
  }
}

export function useBalances(accountId: string, from: string, to: string) {
  return useQuery({ ...balancesQuery(accountId, from, to), enabled: accountId !== '' })
}

export function useBalancesOf(accountIds: readonly string[], from: string, to: string) {
  return useQueries({ queries: accountIds.map((id) => balancesQuery(id, from, to)) })
}
