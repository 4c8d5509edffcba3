// GET /api/notifications/
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export type NotificationType = 'risk' | 'alert' | 'info'

export interface Notification {
  id: string
  account_id: string
  title: string
  message: string
  type: NotificationType
  is_read: boolean
  created_at: string
}

export interface NotificationFilter {
  type?: NotificationType | undefined
  unreadOnly?: boolean | undefined
}

export function useNotifications(filter: NotificationFilter) {
  return useQuery({
    queryKey: ['notifications', 'list', filter],
    queryFn: async ({ signal }) => {
      const params = {
        ...(filter.type && { type: filter.type }),
        ...(filter.unreadOnly && { unread_only: true }),
      }
      return (await http.get<Notification[]>('/notifications/', { params, signal })).data
    },
    placeholderData: (before) => before,
  })
}
