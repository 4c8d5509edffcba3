// PUT /notifications/read/{id}: the caller has read one.
import { IdParams, Notification } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { renderNotification } from '../render-notification.ts'
import { markRead } from '../store/notifications.ts'
import { appendMessage } from '../store/stream.ts'

export function putNotificationRead(app: App, deps: ServiceDeps): void {
  app.put(
    '/notifications/read/:id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Mark a notification as read',
        params: IdParams,
        response: { 200: Notification },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notFound)
      const row = await asPerson(deps.database, personId, async (tx) => {
        const read = await markRead(tx, personId, id)
        if (!read) throw new Refused(notFound)
        await appendMessage(tx, personId, { type: 'notification.changed', accountId: read.accountId })
        return read
      })
      return renderNotification(row)
    },
  )
}
