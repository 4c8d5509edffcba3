// GET /accounts/{id}/terms: what one of the caller's accounts earns, costs and allows, now or on another day, and how that changed.
import { AccountTerms, IdParams, TermsQuery } from '@fintwin/contracts'
import type { App } from '@fintwin/platform'
import type { AccountDeps } from '../deps.ts'
import { readAccountTerms } from '../read-account-terms.ts'
import { readOwnAccount } from '../read-own-account.ts'

export function getAccountTerms(app: App, deps: AccountDeps): void {
  app.get(
    '/accounts/:id/terms',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Show the terms of one of my accounts',
        params: IdParams,
        querystring: TermsQuery,
        response: { 200: AccountTerms },
      },
    },
    async (request) => {
      const account = await readOwnAccount(deps, request, request.params.id)
      const today = new Date().toISOString().slice(0, 10)
      return readAccountTerms(deps, account, request.caller.personId, request.query.terms_as_of ?? today)
    },
  )
}
