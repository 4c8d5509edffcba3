// POST /api/transactions/schedules, or PUT one of them: plans anew, or changes all that is still to come.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { useIdempotencyKeys } from '../session/idempotency-key.ts'
import type { BusinessDays, Frequency, Schedule, ScheduledType } from './get-schedules.ts'

export interface ScheduleRequest {
  account_id: string
  type: ScheduledType
  /** A decimal string: no figure is rounded on its way. */
  amount: string
  to_account: string | null
  counterparty: string | null
  category: string | null
  note: string | null
  frequency: Frequency
  interval: number
  day_of_month: number | 'last' | null
  business_days: BusinessDays
  start_on: string
  end_on: string | null
  count: number | null
  time_zone: string
}

/** Without an id it is a new one. */
export function useSaveSchedule(id: string | undefined) {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async (schedule: ScheduleRequest) => {
      if (id !== undefined) {
        const path = `/transactions/schedules/${encodeURIComponent(id)}`
        return (await http.put<Schedule>(path, schedule)).data
      }
      const headers = { 'Idempotency-Key': keys.keyFor(schedule) }
      return (await http.post<Schedule>('/transactions/schedules', schedule, { headers })).data
    },
    onSuccess: () => {
      keys.settle()
      return client.invalidateQueries()
    },
  })
}
