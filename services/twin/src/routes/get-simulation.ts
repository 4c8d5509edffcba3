// GET /simulate/history/detail/{id}: one of the caller's simulations.
import { IdParams, PastSimulation } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { renderPastSimulation } from '../render-simulation.ts'
import { findSimulation } from '../store/simulations.ts'

export function getSimulation(app: App, deps: ServiceDeps): void {
  app.get(
    '/simulate/history/detail/:id',
    {
      schema: {
        tags: ['simulate'],
        summary: 'Show one of my simulations',
        params: IdParams,
        response: { 200: PastSimulation },
      },
    },
    async (request) => {
      const { id } = request.params
      const { personId } = request.caller
      if (!isId(id)) throw new Refused(notFound)
      const row = await asPerson(deps.database, personId, (tx) => findSimulation(tx, personId, id))
      if (!row) throw new Refused(notFound)
      return renderPastSimulation(row)
    },
  )
}
