// PATCH /accounts/{id}: another name, another state, another overdraft limit for one of the caller's accounts. State and limit are the ledger's:
// it is told under the person's token, and what it refuses is refused here.
import { Account, AccountChange, IdParams } from '@fintwin/contracts'
import { type App, isRefusal, pickOwnAccount, Refused } from '@fintwin/platform'
import { changeAccount } from '../change-account.ts'
import type { AccountDeps } from '../deps.ts'
import { readAccounts } from '../read-accounts.ts'
import { readOwnAccount } from '../read-own-account.ts'
import { decideChange } from '../rules/decide-change.ts'

export function patchAccount(app: App, deps: AccountDeps): void {
  app.patch(
    '/accounts/:id',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Rename, freeze, reopen or close one of my accounts, or change its overdraft limit',
        params: IdParams,
        body: AccountChange,
        response: { 200: Account },
      },
    },
    async (request) => {
      const account = await readOwnAccount(deps, request, request.params.id)
      const change = decideChange(request.body, account)
      if (isRefusal(change)) throw new Refused(change)
      await changeAccount(deps, request, account, change)
      return pickOwnAccount(await readAccounts(deps, request), account.id)
    },
  )
}
