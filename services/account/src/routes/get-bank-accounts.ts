// GET /bank-accounts: which of the caller's accounts stand for one at a bank. For the import, under the person's token; not through the
// gateway, because it tells whole account numbers.
import { BankAccount } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listAccounts } from '../store/accounts.ts'

export function getBankAccounts(app: App, deps: ServiceDeps): void {
  app.get(
    '/bank-accounts',
    { schema: { tags: ['internal'], response: { 200: Type.Array(BankAccount) } } },
    async (request) => {
      const { personId } = request.caller
      const accounts = await asPerson(deps.database, personId, (tx) => listAccounts(tx, personId))
      return accounts.flatMap(({ id, name, type, currency, bankCode, bankNumber }) =>
        bankNumber === null ? [] : [{ id, name, type, currency, code: bankCode, number: bankNumber }],
      )
    },
  )
}
