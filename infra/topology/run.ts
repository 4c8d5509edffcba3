// `npm run topology [-- --port 8080]`: the production topology without containers, until Ctrl-C.
import { parseArgs } from 'node:util'
import { readSettings } from '@fintwin/platform'
import { startTopology, type Topology } from './start-topology.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } })
// Asked for while it is still starting, the end comes right after the start, so that no process is left behind.
const asked = new Promise<undefined>((resolve) => {
  process.once('SIGINT', () => resolve(undefined))
  process.once('SIGTERM', () => resolve(undefined))
})

try {
  const topology = await startTopology(readSettings(process.env), Number(values.port))
  announce(topology)
  const failure = await Promise.race([asked, topology.broken])
  if (failure) console.error(failure)
  await topology.stop()
  process.exit(failure ? 1 : 0)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

function announce({ url, serviceUrls }: Topology): void {
  console.log(`FinTwin's topology is ready at ${url}`)
  for (const [name, serviceUrl] of Object.entries(serviceUrls))
    console.log(`  ${name.padEnd(13)}${serviceUrl}`)
  if (!process.env.REDIS_URL) console.log('  Redis        none: REDIS_URL is not set, so the stand-ins work.')
}
