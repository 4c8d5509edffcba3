// The twin service: what would happen, without anything happening. Its routes, listed by hand.
import { type App, createApp, type ServiceDeps } from '@fintwin/platform'
import { deleteSimulation } from './routes/delete-simulation.ts'
import { deleteSimulationHistory } from './routes/delete-simulation-history.ts'
import { getSimulation } from './routes/get-simulation.ts'
import { getSimulationHistory } from './routes/get-simulation-history.ts'
import { postSimulation } from './routes/post-simulation.ts'

export async function buildTwinService(deps: ServiceDeps): Promise<App> {
  const app = await createApp({ ...deps, name: 'twin', title: 'FinTwin twin service' })
  postSimulation(app, deps)
  getSimulationHistory(app, deps)
  deleteSimulationHistory(app, deps)
  getSimulation(app, deps)
  deleteSimulation(app, deps)
  return app
}
