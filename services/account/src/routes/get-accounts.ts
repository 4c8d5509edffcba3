// GET /accounts: the caller's accounts with their balances, the primary one first.
import { Account } from '@fintwin/contracts'
import type { App } from '@fintwin/platform'
import Type from 'typebox'
import type { AccountDeps } from '../deps.ts'
import { readAccounts } from '../read-accounts.ts'

export function getAccounts(app: App, deps: AccountDeps): void {
  app.get(
    '/accounts',
    { schema: { tags: ['accounts'], summary: 'List my accounts', response: { 200: Type.Array(Account) } } },
    async (request) => readAccounts(deps, request),
  )
}
