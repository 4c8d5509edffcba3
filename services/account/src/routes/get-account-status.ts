// GET /accounts/{id}/status: for the other services, under the person's token.
import { AccountStatus, IdParams } from '@fintwin/contracts'
import { type App, notFound, Refused } from '@fintwin/platform'
import Type from 'typebox'
import type { AccountDeps } from '../deps.ts'
import { fetchLedgerState } from '../ledger.ts'

export function getAccountStatus(app: App, deps: AccountDeps): void {
  app.get(
    '/accounts/:id/status',
    {
      schema: {
        tags: ['internal'],
        params: IdParams,
        response: { 200: Type.Object({ id: Type.String(), status: AccountStatus }) },
      },
    },
    async (request) => {
      const state = await fetchLedgerState(request, deps.urls.transaction)
      const account = state?.accounts.find(({ id }) => id === request.params.id)
      if (!account) throw new Refused(notFound)
      return { id: account.id, status: account.status as 'open' }
    },
  )
}
