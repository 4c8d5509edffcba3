// PUT /ledger/accounts/{id}: opens an account's row in the ledger, for the account service under the person's token. Repeating is harmless.
import { IdParams, LedgerOpening } from '@fintwin/contracts'
import { isCurrency } from '@fintwin/money'
import {
  type App,
  asPerson,
  isId,
  notYourAccount,
  Refused,
  refuse,
  type ServiceDeps,
} from '@fintwin/platform'
import Type from 'typebox'
import { openAccount } from '../store/ledger.ts'

export function putLedgerAccount(app: App, deps: ServiceDeps): void {
  app.put(
    '/ledger/accounts/:id',
    {
      config: { forwardedOnly: true },
      schema: { tags: ['internal'], params: IdParams, body: LedgerOpening, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { type, currency } = request.body
      const { personId } = request.caller
      const { id } = request.params
      if (!isCurrency(currency))
        throw new Refused(refuse('unknown_currency', `"${currency}" is not an ISO 4217 currency.`))
      if (!isId(id)) throw new Refused(notYourAccount)
      const account = {
        ownerId: personId,
        id,
        type,
        currency,
        floorMinor: -BigInt(request.body.overdraft_limit_minor ?? '0'),
      }
      const opened = await asPerson(deps.database, personId, (tx) => openAccount(tx, account))
      if (!opened) throw new Refused(notYourAccount)
      return reply.code(204).send(null)
    },
  )
}
