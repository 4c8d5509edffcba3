// PUT /api/accounts/{id}/terms: all the terms of an account from a day on.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import type { AccountTerms } from './get-terms.ts'

export interface NewTerms {
  effective_from: string
  interest_rate?: string
  interest_period?: string
  principal?: string
  apr?: string
  term_months?: number
  instalment?: string
  first_instalment_on?: string
  asset_class?: string
}

export function usePutTerms(accountId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (terms: NewTerms) =>
      (await http.put<AccountTerms>(`/accounts/${encodeURIComponent(accountId)}/terms`, terms)).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', accountId] }),
  })
}
