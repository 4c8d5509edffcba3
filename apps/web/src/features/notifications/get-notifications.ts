// GET /api/notifications/
import { type InfiniteData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query'
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

const pageSize = 100

export function useNotifications(filter: NotificationFilter) {
  return useInfiniteQuery({
    queryKey: ['notifications', 'list', filter],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const params = {
        ...(filter.type && { type: filter.type }),
        ...(filter.unreadOnly && { unread_only: true }),
        limit: pageSize,
        offset: pageParam,
      }
      return (await http.get<Notification[]>('/notifications/', { params, signal })).data
    },
    getNextPageParam: (page, pages) => (page.length === pageSize ? pages.length * pageSize : null),
    placeholderData: (before) => before,
  })
}

/** Shows a change in every list that has been read, before the server has confirmed it. */
export function changeNotifications(client: QueryClient, change: (one: Notification) => Notification): void {
  client.setQueriesData<InfiniteData<Notification[]>>({ queryKey: ['notifications', 'list'] }, (read) =>
    read ? { ...read, pages: read.pages.map((page) => page.map(change)) } : read,
  )
}
