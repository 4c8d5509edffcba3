// A notification as the wire shows it.
import type { Notification } from '@fintwin/contracts'
import type { NotificationRow } from './store/notifications.ts'

export function renderNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    account_id: row.accountId,
    title: row.title,
    message: row.message,
    type: row.type,
    is_read: row.isRead,
    created_at: row.createdAt.toISOString(),
  }
}
