// POST /api/auth/logout: the session's tokens die on the server, and everything read with them here.
import { useQueryClient } from '@tanstack/react-query'
import { http } from './http-client.ts'
import { endSession } from './session.ts'

export function useLogout(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    try {
      await http.post('/auth/logout', {})
    } finally {
      endSession()
      client.clear()
    }
  }
}
