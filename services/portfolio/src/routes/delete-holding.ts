// DELETE /portfolio/holdings/{id}: the caller does not hold it any more.
import { IdParams, Message } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, publish, Refused, type ServiceDeps } from '@fintwin/platform'
import { deleteHoldingById } from '../store/holdings.ts'

export function deleteHolding(app: App, deps: ServiceDeps): void {
  app.delete(
    '/portfolio/holdings/:id',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'Delete a holding',
        params: IdParams,
        response: { 200: Message },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notFound)
      await asPerson(deps.database, personId, async (tx) => {
        const accountId = await deleteHoldingById(tx, personId, id)
        if (!accountId) throw new Refused(notFound)
        await publish(tx, 'holding.changed', personId, {
          holding_id: id,
          account_id: accountId,
          change: 'deleted',
        })
      })
      deps.events.wake()
      return { message: 'Holding deleted.' }
    },
  )
}
