// Keeps a notification and tells the person's open pages of it, in the transaction of its cause.
import type { Tx } from '@fintwin/platform'
import { insertNotification, type NotificationRow, type NotificationText } from './store/notifications.ts'
import { appendMessage } from './store/stream.ts'

/** `type` names what happened; without a text there is only the message to open pages. */
export async function notify(
  tx: Tx,
  ownerId: string,
  happened: { type: string; accountId: string },
  text?: NotificationText,
): Promise<NotificationRow | undefined> {
  const row = text && (await insertNotification(tx, ownerId, happened.accountId, text))
  await appendMessage(tx, ownerId, happened)
  return row
}
