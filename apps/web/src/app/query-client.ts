// Server state: fresh for half a minute, asked again when a live event or a write says so.
import { QueryClient } from '@tanstack/react-query'
import { readProblem } from '../features/session/problem.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => {
        const { status } = readProblem(error)
        const mayPass = status === null || status === 429 || status >= 500
        return mayPass && failures < 2
      },
      retryDelay: (attempt) => 600 * 2 ** attempt,
    },
    mutations: { retry: false },
  },
})
