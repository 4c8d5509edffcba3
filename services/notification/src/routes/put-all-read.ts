// PUT /notifications/read-all/{account_id}: the caller has read them all.
import { AccountIdParams, ReadAllAnswer } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { readOwnScope } from '../own-scope.ts'
import { markAllRead } from '../store/notifications.ts'
import { appendMessage } from '../store/stream.ts'

export function putAllRead(app: App, deps: ServiceDeps): void {
  app.put(
    '/notifications/read-all/:account_id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Mark all my notifications as read',
        params: AccountIdParams,
        response: { 200: ReadAllAnswer },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const scope = await readOwnScope(deps, request, request.params.account_id)
      const count = await asPerson(deps.database, personId, async (tx) => {
        const marked = await markAllRead(tx, personId, scope)
        if (marked > 0)
          await appendMessage(tx, personId, {
            type: 'notification.changed',
            accountId: scope.accountId ?? null,
          })
        return marked
      })
      return { message: count === 0 ? 'There was nothing unread.' : `Marked ${count} as read.`, count }
    },
  )
}
