// POST /notifications: another service tells an account's owner something. Never for people, never through the gateway.
import { NewNotification, Notification } from '@fintwin/contracts'
import { type App, asNobody, notFound, Refused, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { renderNotification } from '../render-notification.ts'
import { findOwner } from '../store/accounts.ts'
import type { NotificationRow } from '../store/notifications.ts'

export function postNotification(app: App, deps: ServiceDeps): void {
  app.post(
    '/notifications',
    {
      config: { scope: 'notifications:write' },
      schema: {
        tags: ['internal'],
        summary: 'Notify the owner of an account',
        body: NewNotification,
        response: { 201: Notification },
      },
    },
    async (request, reply) => {
      const { title, message, type } = request.body
      const accountId = request.body.account_id.toLowerCase()
      const ownerId = await asNobody(deps.database, (tx) => findOwner(tx, accountId))
      if (!ownerId) throw new Refused(notFound)
      await writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => {
          const happened = { type: 'notification.created', accountId }
          const row = await notify(tx, ownerId, happened, { title, message, type })
          return { status: 201, body: renderNotification(row as NotificationRow) }
        },
        { ownerId },
      )
    },
  )
}
