// DELETE /notifications/{id}: the caller is done with it.
import { IdParams, Message } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { deleteNotificationById } from '../store/notifications.ts'
import { appendMessage } from '../store/stream.ts'

export function deleteNotification(app: App, deps: ServiceDeps): void {
  app.delete(
    '/notifications/:id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Delete a notification',
        params: IdParams,
        response: { 200: Message },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notFound)
      await asPerson(deps.database, personId, async (tx) => {
        const accountId = await deleteNotificationById(tx, personId, id)
        if (!accountId) throw new Refused(notFound)
        await appendMessage(tx, personId, { type: 'notification.changed', accountId })
      })
      return { message: 'Notification deleted.' }
    },
  )
}
