// GET /simulate/history/{account_id}: the newest simulations of one own account.
import { AccountIdParams, PastSimulation } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { viewLedger } from '../ledger.ts'
import { renderPastSimulation } from '../render-simulation.ts'
import { listSimulations } from '../store/simulations.ts'

const HISTORY_LENGTH = 10

export function getSimulationHistory(app: App, deps: ServiceDeps): void {
  app.get(
    '/simulate/history/:account_id',
    {
      schema: {
        tags: ['simulate'],
        summary: 'List the newest simulations of one of my accounts',
        params: AccountIdParams,
        response: { 200: Type.Array(PastSimulation) },
      },
    },
    async (request) => {
      const { account } = await viewLedger(request, deps.urls.transaction, request.params.account_id)
      const { personId } = request.caller
      const rows = await asPerson(deps.database, personId, (tx) =>
        listSimulations(tx, personId, account.id, HISTORY_LENGTH),
      )
      return rows.map(renderPastSimulation)
    },
  )
}
