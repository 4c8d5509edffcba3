// GET /transactions/holds: what the caller has set aside, and what others have set aside for the caller, newest first.
import { Hold, HoldQuery } from '@fintwin/contracts'
import {
  type App,
  announceNextPage,
  asPerson,
  isId,
  pickOwnAccount,
  type ServiceDeps,
} from '@fintwin/platform'
import Type from 'typebox'
import { renderHold } from '../render-hold.ts'
import { listHolds } from '../store/holds.ts'
import { listOwnAccounts } from '../store/ledger.ts'

export function getHolds(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/holds',
    {
      schema: {
        tags: ['holds'],
        summary: 'List my holds, and those in my favour',
        querystring: HoldQuery,
        response: { 200: Type.Array(Hold) },
      },
    },
    async (request, reply) => {
      const { personId } = request.caller
      const { state, account_id, limit, offset, cursor } = request.query
      const afterId = isId(cursor) ? cursor : undefined
      const rows = await asPerson(deps.database, personId, async (tx) => {
        const accountId = account_id && pickOwnAccount(await listOwnAccounts(tx, personId), account_id).id
        const page = { state, accountId, afterId, limit, offset: afterId ? 0 : offset }
        return listHolds(tx, personId, page)
      })
      const last = rows.at(-1)
      if (last && rows.length === limit) announceNextPage(request, reply, last.id)
      return rows.map(renderHold)
    },
  )
}
