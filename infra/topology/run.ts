// `npm run topology [-- --port 8080]`: the production topology without containers, until Ctrl-C.
import { parseArgs } from 'node:util'
import { readSettings } from '@fintwin/platform'
import { startTopology, type Topology } from './start-topology.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } })
const port = Number(values.port)

try {
  const topology = await startTopology(readSettings(process.env), port)
  console.log(`FinTwin's topology is ready at ${topology.url}`)
  for (const [name, url] of Object.entries(topology.serviceUrls)) console.log(`  ${name.padEnd(13)}${url}`)
  if (!process.env.REDIS_URL) console.log('  Redis        none: REDIS_URL is not set, so the stand-ins work.')
  await untilEnd(topology)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function untilEnd(topology: Topology): Promise<void> {
  const asked = new Promise<undefined>((resolve) => {
    process.once('SIGINT', () => resolve(undefined))
    process.once('SIGTERM', () => resolve(undefined))
  })
  const failure = await Promise.race([asked, topology.broken])
  if (failure) console.error(failure)
  await topology.stop()
  process.exit(failure ? 1 : 0)
}
