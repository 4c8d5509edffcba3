// GET /notifications/count/{account_id}: how many there are, and how many are unread.
import { AccountIdParams, NotificationCount } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { readOwnScope } from '../own-scope.ts'
import { countNotifications } from '../store/notifications.ts'

export function getNotificationCount(app: App, deps: ServiceDeps): void {
  app.get(
    '/notifications/count/:account_id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Count my notifications',
        params: AccountIdParams,
        response: { 200: NotificationCount },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const scope = await readOwnScope(deps, request, request.params.account_id)
      return asPerson(deps.database, personId, (tx) => countNotifications(tx, personId, scope))
    },
  )
}
