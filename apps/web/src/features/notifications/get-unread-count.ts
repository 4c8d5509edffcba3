// GET /api/notifications/count/{account_id}
import { useQuery } from '@tanstack/react-query'
import { useIsLive } from '../live/live-connection.ts'
import { http } from '../session/http-client.ts'
import { useUser } from '../session/session.ts'

/** Pushed while the live connection stands; asked for every 15 s while it does not. */
export function useUnreadCount(): number {
  const user = useUser()
  const live = useIsLive()
  const { data } = useQuery({
    queryKey: ['notifications', 'count'],
    queryFn: async ({ signal }) =>
      (await http.get<{ total: number; unread: number }>(`/notifications/count/${user?.id}`, { signal }))
        .data,
    enabled: user !== null,
    refetchInterval: live ? false : 15_000,
  })
  return data?.unread ?? 0
}
