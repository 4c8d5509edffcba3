// PUT /accounts/{id}/terms: all the terms of one of the caller's accounts as they are from a day on. What was put before stays in the history.
import { AccountTerms, IdParams, NewTerms } from '@fintwin/contracts'
import { type App, isRefusal, Refused } from '@fintwin/platform'
import { changeAccount } from '../change-account.ts'
import type { AccountDeps } from '../deps.ts'
import { readAccountTerms } from '../read-account-terms.ts'
import { readOwnAccount } from '../read-own-account.ts'
import { decideChange } from '../rules/decide-change.ts'
import { readTerms } from '../rules/read-terms.ts'

export function putAccountTerms(app: App, deps: AccountDeps): void {
  app.put(
    '/accounts/:id/terms',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Put the terms of one of my accounts from a day on',
        params: IdParams,
        body: NewTerms,
        response: { 200: AccountTerms },
      },
    },
    async (request) => {
      const account = await readOwnAccount(deps, request, request.params.id)
      const wanted = readTerms(request.body, account, new Date().toISOString().slice(0, 10))
      if (isRefusal(wanted)) throw new Refused(wanted)
      const { effectiveFrom, terms } = wanted
      const limit = request.body.overdraft_limit ?? undefined
      const change = limit === undefined ? {} : decideChange({ overdraft_limit: limit }, account)
      if (isRefusal(change)) throw new Refused(change)
      await changeAccount(deps, request, account, {
        ...change,
        terms: terms && { effectiveFrom, terms },
      })
      const changed = await readOwnAccount(deps, request, account.id)
      return readAccountTerms(deps, changed, request.caller.personId, effectiveFrom)
    },
  )
}
