// GET /portfolio/holdings/{account_id}: the holdings of one own account, newest first.
import { AccountIdParams, Holding, PageQuery } from '@fintwin/contracts'
import { type App, asPerson, isId, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { fetchOwnAccount } from '../accounts.ts'
import { renderHolding } from '../render-holding.ts'
import { listHoldings } from '../store/holdings.ts'

export function getAccountHoldings(app: App, deps: ServiceDeps): void {
  app.get(
    '/portfolio/holdings/:account_id',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'List the holdings of one of my accounts',
        params: AccountIdParams,
        querystring: PageQuery,
        response: { 200: Type.Array(Holding) },
      },
    },
    async (request, reply) => {
      const { personId } = request.caller
      const { limit, offset, cursor } = request.query
      const account = await fetchOwnAccount(request, deps.urls.account, request.params.account_id)
      const afterId = isId(cursor) ? cursor : undefined
      const rows = await asPerson(deps.database, personId, (tx) =>
        listHoldings(tx, personId, { accountId: account.id, afterId, limit, offset: afterId ? 0 : offset }),
      )
      const last = rows.at(-1)
      if (last && rows.length === limit) {
        const path = `/api/portfolio/holdings/${account.id}?limit=${limit}&cursor=${last.id}`
        reply.header('link', `<${path}>; rel="next"`)
      }
      return rows.map(renderHolding)
    },
  )
}
