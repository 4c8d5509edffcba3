// PUT /ledger/accounts/{id}/floor: how low a payment may take an account, for the account service under the person's token. A balance that is
// lower already stays as it is: nothing more can be paid out until it is above the floor again.
import { IdParams, LedgerFloorChange } from '@fintwin/contracts'
import { type App, asPerson, isId, notYourAccount, Refused, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { setFloor } from '../store/account-states.ts'

export function putLedgerAccountFloor(app: App, deps: ServiceDeps): void {
  app.put(
    '/ledger/accounts/:id/floor',
    {
      config: { forwardedOnly: true },
      schema: {
        tags: ['internal'],
        params: IdParams,
        body: LedgerFloorChange,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notYourAccount)
      const floorMinor = BigInt(request.body.floor_minor)
      const isSet = await asPerson(deps.database, personId, (tx) => setFloor(tx, personId, id, floorMinor))
      if (!isSet) throw new Refused(notYourAccount)
      return reply.code(204).send(null)
    },
  )
}
