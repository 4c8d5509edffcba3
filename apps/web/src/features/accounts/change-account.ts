// PATCH /api/accounts/{id}: another name, state or overdraft limit.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import type { Account, AccountStatus } from './get-accounts.ts'

export interface AccountChange {
  name?: string
  status?: AccountStatus
  overdraft_limit?: string
}

export function useChangeAccount(accountId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (change: AccountChange) =>
      (await http.patch<Account>(`/accounts/${encodeURIComponent(accountId)}`, change)).data,
    // The portfolio shows accounts, too, and a score looks at what is available.
    onSuccess: () =>
      Promise.all(
        ['accounts', 'portfolio', 'risk'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      ),
  })
}
