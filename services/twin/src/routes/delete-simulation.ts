// DELETE /simulate/history/detail/{id}: forgets one of the caller's simulations.
import { IdParams, Message } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { deleteSimulationById } from '../store/simulations.ts'

export function deleteSimulation(app: App, deps: ServiceDeps): void {
  app.delete(
    '/simulate/history/detail/:id',
    {
      schema: {
        tags: ['simulate'],
        summary: 'Delete one of my simulations',
        params: IdParams,
        response: { 200: Message },
      },
    },
    async (request) => {
      const { id } = request.params
      const { personId } = request.caller
      if (!isId(id)) throw new Refused(notFound)
      const deleted = await asPerson(deps.database, personId, (tx) => deleteSimulationById(tx, personId, id))
      if (!deleted) throw new Refused(notFound)
      return { message: 'Simulation deleted.' }
    },
  )
}
