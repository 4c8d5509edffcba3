// GET /api/transactions/schedules/{id}/occurrences: what became of its dates, newest first.
import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { nextCursor } from '../session/next-cursor.ts'
import { type Occurrence, type Schedule, schedulesKey } from './get-schedules.ts'

export interface RefusedOccurrence {
  schedule: Schedule
  occurrence: Occurrence
}

const pathOf = (id: string) => `/transactions/schedules/${encodeURIComponent(id)}/occurrences`

export function useOccurrences(id: string) {
  return useInfiniteQuery({
    queryKey: [...schedulesKey, 'occurrences', id],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const params = { limit: 12, ...(pageParam && { cursor: pageParam }) }
      const answer = await http.get<Occurrence[]>(pathOf(id), { params, signal })
      return { occurrences: answer.data, next: nextCursor(answer.headers.link) }
    },
    getNextPageParam: (page) => page.next,
  })
}

/** Those that wait for an answer, of every schedule that has some. */
export function useRefused(schedules: readonly Schedule[]): RefusedOccurrence[] {
  return useQueries({
    queries: schedules
      .filter(({ refused }) => refused > 0)
      .map((schedule) => ({
        queryKey: [...schedulesKey, 'refused', schedule.id, schedule.refused],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const params = { state: 'refused', limit: 50 }
          const { data } = await http.get<Occurrence[]>(pathOf(schedule.id), { params, signal })
          return data.map((occurrence) => ({ schedule, occurrence }))
        },
      })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
}
