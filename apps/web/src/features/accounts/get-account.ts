// GET /api/accounts/{id}
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { type Account, accountsQuery } from './get-accounts.ts'

export function useAccount(id: string) {
  const client = useQueryClient()
  return useQuery({
    queryKey: ['accounts', id],
    queryFn: async ({ signal }) =>
      (await http.get<Account>(`/accounts/${encodeURIComponent(id)}`, { signal })).data,
    placeholderData: () => client.getQueryData(accountsQuery.queryKey)?.find((account) => account.id === id),
  })
}
