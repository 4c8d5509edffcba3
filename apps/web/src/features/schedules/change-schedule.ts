// What can be done to a schedule and to its single dates: pause, resume, delete; change one, leave one out, bring one back, try one again.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { randomKey } from '../session/idempotency-key.ts'
import { type Occurrence, type Schedule, schedulesKey, schedulesQuery } from './get-schedules.ts'

const pathOf = (id: string) => `/transactions/schedules/${encodeURIComponent(id)}`
const pathOfOne = (id: string, date: string) => `${pathOf(id)}/occurrences/${encodeURIComponent(date)}`
const keyed = () => ({ headers: { 'Idempotency-Key': randomKey() } })

export async function deleteSchedule(id: string): Promise<void> {
  await http.delete(pathOf(id))
}

/** The row shows it at once, and goes back if the server refuses. */
export function useSetPaused() {
  const client = useQueryClient()
  const { queryKey } = schedulesQuery
  return useMutation({
    mutationFn: async ({ id, isPaused }: { id: string; isPaused: boolean }) =>
      (await http.post<Schedule>(`${pathOf(id)}/${isPaused ? 'pause' : 'resume'}`, undefined, keyed())).data,
    onMutate: async ({ id, isPaused }) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      const state = isPaused ? 'paused' : 'active'
      client.setQueryData(queryKey, (now) =>
        now?.map((schedule) => (schedule.id === id ? { ...schedule, state } : schedule)),
      )
      return { before }
    },
    onError: (_error, _change, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: schedulesKey }),
  })
}

/** What is left out is as the schedule says. */
export interface OccurrenceChange {
  amount?: string
  due_on?: string
  note?: string
}

export function useChangeOccurrence() {
  return useOccurrenceCall(
    async ({ id, date, change }: { id: string; date: string; change: OccurrenceChange }) =>
      (await http.put<Occurrence>(pathOfOne(id, date), change)).data,
  )
}

export function useSkipOccurrence() {
  return useOccurrenceCall(
    async ({ id, date }: { id: string; date: string }) =>
      (await http.delete<Occurrence>(pathOfOne(id, date))).data,
  )
}

export function useRetryOccurrence() {
  return useOccurrenceCall(
    async ({ id, date }: { id: string; date: string }) =>
      (await http.post<Occurrence>(`${pathOfOne(id, date)}/retry`, undefined, keyed())).data,
  )
}

/** Money may have moved: everything is read again, also after a refusal, which may have a new reason. */
function useOccurrenceCall<Variables>(call: (variables: Variables) => Promise<Occurrence>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: call, onSettled: () => client.invalidateQueries() })
}
