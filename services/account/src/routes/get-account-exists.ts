// GET /accounts/{id}/exists: for the other services, under the person's token.
import { IdParams } from '@fintwin/contracts'
import { type App, asPerson, notFound, Refused } from '@fintwin/platform'
import Type from 'typebox'
import type { AccountDeps } from '../deps.ts'
import { listAccounts } from '../store/accounts.ts'

export function getAccountExists(app: App, deps: AccountDeps): void {
  app.get(
    '/accounts/:id/exists',
    {
      schema: {
        tags: ['internal'],
        params: IdParams,
        response: { 200: Type.Object({ exists: Type.Literal(true) }) },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const accounts = await asPerson(deps.database, personId, (tx) => listAccounts(tx, personId))
      if (!accounts.some(({ id }) => id === request.params.id)) throw new Refused(notFound)
      return { exists: true as const }
    },
  )
}
