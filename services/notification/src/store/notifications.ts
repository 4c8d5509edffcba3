// Notifications: listed newest first, of everything a person has or of one account.
import { newId, type Tx } from '@fintwin/platform'

export type NotificationKind = 'risk' | 'alert' | 'info'

export interface NotificationText {
  title: string
  message: string
  type: NotificationKind
}

export interface NotificationRow extends NotificationText {
  id: string
  accountId: string
  isRead: boolean
  createdAt: Date
}

/** Every notification of the person's, or those of one account. */
export interface NotificationScope {
  accountId?: string | undefined
}

export interface NotificationFilter extends NotificationScope {
  type?: string | undefined
  unreadOnly: boolean
  /** Rows after this id in the list's order. */
  afterId?: string | undefined
  limit: number
  offset: number
}

export async function insertNotification(
  tx: Tx,
  ownerId: string,
  accountId: string,
  { title, message, type }: NotificationText,
): Promise<NotificationRow> {
  const [row] = await tx<NotificationRow[]>`
    insert into notifications (id, owner_id, account_id, title, message, type)
    values (${newId()}, ${ownerId}, ${accountId}, ${title}, ${message}, ${type}) returning ${columns(tx)}`
  return row as NotificationRow
}

export async function listNotifications(
  tx: Tx,
  ownerId: string,
  filter: NotificationFilter,
): Promise<NotificationRow[]> {
  const { accountId, type, unreadOnly, afterId, limit, offset } = filter
  return tx<NotificationRow[]>`
    select ${columns(tx)} from notifications
    where owner_id = ${ownerId} ${within(tx, { accountId })}
      ${type ? tx`and type = ${type}` : tx``}
      ${unreadOnly ? tx`and not is_read` : tx``}
      ${afterId ? tx`and id < ${afterId}` : tx``}
    order by id desc limit ${limit} offset ${offset}`
}

export async function countNotifications(
  tx: Tx,
  ownerId: string,
  scope: NotificationScope,
): Promise<{ total: number; unread: number }> {
  const [row] = await tx<{ total: number; unread: number }[]>`
    select count(*)::int as total, (count(*) filter (where not is_read))::int as unread
    from notifications where owner_id = ${ownerId} ${within(tx, scope)}`
  return row as { total: number; unread: number }
}

export async function countUnread(tx: Tx, ownerId: string): Promise<number> {
  const [row] = await tx<{ unread: number }[]>`
    select count(*)::int as unread from notifications where owner_id = ${ownerId} and not is_read`
  return row?.unread ?? 0
}

/** Undefined when there is none with that id. */
export async function markRead(tx: Tx, ownerId: string, id: string): Promise<NotificationRow | undefined> {
  const [row] = await tx<NotificationRow[]>`
    update notifications set is_read = true where owner_id = ${ownerId} and id = ${id} returning ${columns(tx)}`
  return row
}

/** How many were unread. */
export async function markAllRead(tx: Tx, ownerId: string, scope: NotificationScope): Promise<number> {
  const { count } = await tx`
    update notifications set is_read = true where owner_id = ${ownerId} and not is_read ${within(tx, scope)}`
  return count
}

/** The account it was about, or undefined when there is none with that id. */
export async function deleteNotificationById(
  tx: Tx,
  ownerId: string,
  id: string,
): Promise<string | undefined> {
  const [row] = await tx<{ accountId: string }[]>`
    delete from notifications where owner_id = ${ownerId} and id = ${id} returning account_id as "accountId"`
  return row?.accountId
}

const within = (tx: Tx, { accountId }: NotificationScope) =>
  accountId ? tx`and account_id = ${accountId}` : tx``

const columns = (tx: Tx) => tx`
  id, account_id as "accountId", title, message, type, is_read as "isRead", created_at as "createdAt"`
