// GET /accounts/{id}: one of the caller's accounts.
import { Account, IdParams } from '@fintwin/contracts'
import { type App, notYourAccount, Refused } from '@fintwin/platform'
import type { AccountDeps } from '../deps.ts'
import { readAccounts } from '../read-accounts.ts'

export function getAccount(app: App, deps: AccountDeps): void {
  app.get(
    '/accounts/:id',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Show one of my accounts',
        params: IdParams,
        response: { 200: Account },
      },
    },
    async (request) => {
      const accounts = await readAccounts(deps, request)
      const account = accounts.find(({ id }) => id === request.params.id.toLowerCase())
      if (!account) throw new Refused(notYourAccount)
      return account
    },
  )
}
