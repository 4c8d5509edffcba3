// GET /api/transactions/account/{id}/balance: what an account stood at, as far as it was posted by an instant, or had happened by a day.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export interface BalanceAt {
  account_id: string
  currency: string
  balance: number
  /** Number of the newest entry that is counted. */
  position: number
}

/** One of the two: an instant with its offset, or a day `YYYY-MM-DD`. */
export type When = { as_of: string } | { effective_as_of: string }

export function useBalanceAt(accountId: string, when: When) {
  return useQuery({
    queryKey: ['transactions', 'balance-at', accountId, when],
    queryFn: async ({ signal }) => {
      const address = `/transactions/account/${encodeURIComponent(accountId)}/balance`
      return (await http.get<BalanceAt>(address, { params: when, signal })).data
    },
    placeholderData: keepPreviousData,
  })
}
