// POST /api/accounts/: another account, which opens at zero.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'
import type { Account } from './get-accounts.ts'

export interface NewAccount {
  name: string
  type: string
  currency: string
}

export function useOpenAccount() {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (account: NewAccount) => {
      const headers = { 'Idempotency-Key': keys.keyFor(account) }
      return (await http.post<Account>('/accounts/', account, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      return client.invalidateQueries()
    },
  })
}
