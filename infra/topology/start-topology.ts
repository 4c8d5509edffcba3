// The production topology without containers: nginx with the same configuration before the service processes, for measuring.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceName, services } from '@fintwin/contracts'
import { absolute, makeSecrets, type Settings, secretsRoot, serviceUrls } from '@fintwin/platform'
import { buildWeb } from '../../apps/quickstart/src/build-web.ts'
import { lockFolder } from '../../apps/quickstart/src/lock-folder.ts'
import { prepareDatabase } from '../../apps/quickstart/src/start.ts'
import { findNginx, startGateway } from '../nginx/start-gateway.ts'

export interface Topology {
  /** Where nginx answers. */
  url: string
  databaseUrl: string
  /** Where each service answers, past nginx; one that was not started does not. */
  serviceUrls: Record<ServiceName, string>
  /** Resolves with one sentence when a process ends that should not have. */
  broken: Promise<string>
  stop: () => Promise<void>
}

export interface TopologyOptions {
  /** The services to start, all six unless told: a measure of some need not share the machine with the others. */
  services?: readonly ServiceName[]
  /** Folder that nginx serves from `/`; the built web app unless told. */
  webRoot?: string
  /** Options of Node for the process of a service. */
  nodeOptions?: Partial<Record<ServiceName, readonly string[]>>
}

const root = join(import.meta.dirname, '../..')

/** Starts database, services and nginx, in that order, and waits until all are ready. Ends what it started when one is not. */
export async function startTopology(
  settings: Settings,
  port: number,
  { services: names = services.map(({ name }) => name), webRoot, nodeOptions = {} }: TopologyOptions = {},
): Promise<Topology> {
  if (!findNginx()) throw new Error('nginx is not installed: the topology needs it.')
  const ends: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end()
  }
  try {
    const folder = absolute(settings.FINTWIN_DATA_DIR)
    mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o711 })
    ends.push(await lockFolder(folder))
    await makeSecrets({ root: secretsRoot(settings), services: services.map(({ name }) => name) })
    const databaseUrl = await prepareDatabase(settings, folder, ends)
    const urls = serviceUrls(settings)
    const processes = names.map((name) =>
      startService(name, settings, { databaseUrl, folder, nodeOptions: nodeOptions[name] ?? [] }),
    )
    ends.push(() => Promise.all(processes.map(endProcess)))
    await Promise.all(names.map((name, index) => waitUntilReady(name, urls[name], processes[index])))
    const upstreams = Object.fromEntries(
      services.map(({ name }) => [name, new URL(urls[name]).host]),
    ) as Record<ServiceName, string>
    const gateway = await startGateway({
      port,
      upstreams,
      webRoot: webRoot ?? (await buildWeb()),
      runFolder: join(folder, 'gateway'),
    })
    ends.push(gateway.stop)
    const broken = Promise.race([
      ...names.map((name, index) => ended(`The ${name} service`, processes[index])),
      gateway.ended.then(() => 'nginx ended.'),
    ])
    return { url: gateway.url, databaseUrl, serviceUrls: urls, broken, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Place {
  databaseUrl: string
  folder: string
  nodeOptions: readonly string[]
}

function startService(
  name: ServiceName,
  settings: Settings,
  { databaseUrl, folder, nodeOptions }: Place,
): ChildProcess {
  const log = openSync(join(folder, 'logs', `${name}.log`), 'a')
  const own = {
    FINTWIN_SECRETS_DIR: join(secretsRoot(settings), name),
    FINTWIN_SERVICE_PORT_BASE: String(settings.FINTWIN_SERVICE_PORT_BASE),
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
  }
  const child = spawn(process.execPath, [...nodeOptions, join(root, 'services', name, 'src/main.ts')], {
    env: { ...process.env, ...own },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  return child
}

async function waitUntilReady(name: string, url: string, child: ChildProcess | undefined): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
    if (child?.exitCode !== null) break
    const isReady = await fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await sleep(100)
  }
  throw new Error(`The ${name} service is not ready: see logs/${name}.log in the data folder.`)
}

async function ended(subject: string, child: ChildProcess | undefined): Promise<string> {
  if (child) await once(child, 'exit')
  return `${subject} ended.`
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
