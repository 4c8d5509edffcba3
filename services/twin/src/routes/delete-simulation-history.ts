// DELETE /simulate/history/{account_id}: forgets every simulation of one own account.
import { AccountIdParams, DeletedCount } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { viewLedger } from '../ledger.ts'
import { deleteSimulations } from '../store/simulations.ts'

export function deleteSimulationHistory(app: App, deps: ServiceDeps): void {
  app.delete(
    '/simulate/history/:account_id',
    {
      schema: {
        tags: ['simulate'],
        summary: 'Delete every simulation of one of my accounts',
        params: AccountIdParams,
        response: { 200: DeletedCount },
      },
    },
    async (request) => {
      const { account } = await viewLedger(request, deps.urls.transaction, request.params.account_id)
      const { personId } = request.caller
      const count = await asPerson(deps.database, personId, (tx) =>
        deleteSimulations(tx, personId, account.id),
      )
      const what = count === 1 ? '1 simulation' : `${count} simulations`
      return {
        message: count === 0 ? 'There was nothing to delete.' : `Deleted ${what}.`,
        deleted_count: count,
      }
    },
  )
}
