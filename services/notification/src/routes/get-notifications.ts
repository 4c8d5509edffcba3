// GET /notifications and GET /notifications/{account_id}: the caller's notifications, newest first.
import { AccountIdParams, Notification, NotificationQuery } from '@fintwin/contracts'
import { type App, announceNextPage, asPerson, isId, type ServiceDeps } from '@fintwin/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { readOwnScope } from '../own-scope.ts'
import { renderNotification } from '../render-notification.ts'
import { listNotifications, type NotificationScope } from '../store/notifications.ts'

type Query = Type.Static<typeof NotificationQuery>

export function getNotifications(app: App, deps: ServiceDeps): void {
  const response = { 200: Type.Array(Notification) }
  const summary = 'List my notifications'
  app.get(
    '/notifications',
    { schema: { tags: ['notifications'], summary, querystring: NotificationQuery, response } },
    (request, reply) => listPage(deps, request, reply, request.query, {}),
  )
  app.get(
    '/notifications/:account_id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'List the notifications of one of my accounts; of the primary one, all of mine',
        params: AccountIdParams,
        querystring: NotificationQuery,
        response,
      },
    },
    async (request, reply) => {
      const scope = await readOwnScope(deps, request, request.params.account_id)
      return listPage(deps, request, reply, request.query, scope)
    },
  )
}

async function listPage(
  deps: ServiceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { type, unread_only, limit, offset, cursor }: Query,
  scope: NotificationScope,
): Promise<Notification[]> {
  const { personId } = request.caller
  const afterId = isId(cursor) ? cursor : undefined
  const filter = { ...scope, type, unreadOnly: unread_only, afterId, limit, offset: afterId ? 0 : offset }
  const rows = await asPerson(deps.database, personId, (tx) => listNotifications(tx, personId, filter))
  const last = rows.at(-1)
  if (last && rows.length === limit) announceNextPage(request, reply, last.id)
  return rows.map(renderNotification)
}
