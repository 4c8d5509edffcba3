// GET /api/accounts/{id}/terms: what an account earns and costs, and how that and its state changed.
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import type { AccountStatus } from './get-accounts.ts'

/** Percents are decimal texts, days `YYYY-MM-DD`; null is what was not told. */
export interface Terms {
  effective_from: string
  interest_rate: string | null
  interest_period: 'daily' | 'monthly' | 'quarterly' | 'yearly' | null
  principal: number | null
  apr: string | null
  term_months: number | null
  instalment: number | null
  first_instalment_on: string | null
  asset_class: string | null
  is_superseded: boolean
  created_at: string
}

export interface AccountTerms {
  account_id: string
  terms_as_of: string
  current: Terms | null
  warnings: { code: string; detail: string }[]
  instalment_needed: number | null
  history: Terms[]
  status: AccountStatus
  overdraft_limit: number
  standings: { status: AccountStatus; overdraft_limit: number; since: string }[]
}

/** As of a day of the reader's own calendar, `YYYY-MM-DD`. */
export function useTerms(accountId: string, asOf: string) {
  return useQuery({
    queryKey: ['accounts', accountId, 'terms', asOf],
    queryFn: async ({ signal }) => {
      const address = `/accounts/${encodeURIComponent(accountId)}/terms`
      return (await http.get<AccountTerms>(address, { params: { terms_as_of: asOf }, signal })).data
    },
  })
}
