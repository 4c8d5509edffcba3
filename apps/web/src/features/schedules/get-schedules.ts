// GET /api/transactions/schedules: what is planned, newest first, each with its next occurrences.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export type Frequency = 'once' | 'daily' | 'weekly' | 'monthly'
export type BusinessDays = 'none' | 'following' | 'preceding' | 'modified_following'
export type ScheduledType = 'deposit' | 'withdrawal' | 'transfer'

/** Days are `YYYY-MM-DD`. */
export interface Occurrence {
  /** The rule's own date: the name of the occurrence wherever it is moved. */
  date: string
  due_on: string
  state: 'planned' | 'skipped' | 'posted' | 'refused'
  is_changed: boolean
  amount: number
  currency: string
  note: string | null
  transaction_id: string | null
  reason: { code: string; detail: string } | null
  settled_at: string | null
}

export interface Schedule {
  id: string
  state: 'active' | 'paused' | 'ended'
  account_id: string
  type: ScheduledType
  amount: number
  currency: string
  to_account: string | null
  note: string | null
  counterparty: string | null
  category: string | null
  frequency: Frequency
  interval: number
  day_of_month: number | 'last' | null
  business_days: BusinessDays
  start_on: string
  end_on: string | null
  count: number | null
  time_zone: string
  next_on: string | null
  remaining: number | null
  upcoming: Occurrence[]
  last: Occurrence | null
  /** How many were refused and wait for an answer. */
  refused: number
}

/** Below the transactions: each one that is posted may be one of these. */
export const schedulesKey = ['transactions', 'schedules'] as const

export const schedulesQuery = queryOptions({
  queryKey: [...schedulesKey, 'list'],
  queryFn: async ({ signal }) =>
    (await http.get<Schedule[]>('/transactions/schedules', { params: { limit: 500 }, signal })).data,
})

export function useSchedules() {
  return useQuery(schedulesQuery)
}
