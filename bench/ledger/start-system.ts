// What is measured: a fresh embedded PostgreSQL, and on it nginx with the product's configuration before the account and transaction services.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@fintwin/contracts'
import { type EmbeddedPostgres, findFreePort, startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import { readMigrationPlan } from '@fintwin/operator/migration-plan'
import {
  connectDatabase,
  type Database,
  makeSecrets,
  migrate,
  readSecret,
  readSettings,
} from '@fintwin/platform'
import { findFreePorts } from '@fintwin/testing'
import { startTopology, type Topology } from '../../infra/topology/start-topology.ts'

export interface Cluster {
  folder: string
  secretsRoot: string
  /** URL of database `fintwin` as the superuser. */
  url: string
  port: number
  /** Folder of the server's Unix socket, for the yardstick. */
  socketFolder: string
  password: string
  /** As the superuser unless a role is named, to database `fintwin` unless another is. */
  connect(database?: string, as?: { role: string }): Database
}

type Ends = (() => Promise<unknown>)[]

/** A migrated cluster in a new folder; what must be ended goes to `ends`. */
export async function startCluster(ends: Ends): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'fintwin-bench-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const secretsRoot = join(folder, 'secrets')
  await makeSecrets({ root: secretsRoot, services: services.map(({ name }) => name) })
  const operatorSecrets = join(secretsRoot, 'operator')
  const password = await readSecret(operatorSecrets, 'database-password')
  const socketFolder = join(folder, 'postgres')
  const server: EmbeddedPostgres = await startEmbeddedPostgres({
    folder: socketFolder,
    password,
    settings: [`unix_socket_directories=${socketFolder}`],
  })
  ends.push(server.stop)
  await migrate(await readMigrationPlan(server.url, operatorSecrets))
  const connect: Cluster['connect'] = (database = 'fintwin', as = { role: new URL(server.url).username }) => {
    const connected = connectDatabase({ url: databaseUrl(server, database), ...as, password, max: 4 })
    ends.push(() => connected.end({ timeout: 1 }))
    return connected
  }
  return { folder, secretsRoot, url: server.url, port: server.port, socketFolder, password, connect }
}

export const databaseUrl = ({ url }: { url: string }, database: string): string =>
  url.replace(/\/[^/]*$/, `/${database}`)

export interface SystemOptions {
  database: string
  /** Folder for a CPU profile of the transaction service, written when it ends. */
  cpuProfileFolder?: string | undefined
}

export interface System extends Topology {
  /** Files that nginx serves from `/`. */
  webRoot: string
}

/** nginx and the two services that the ledger needs, on one database of the cluster. */
export async function startSystem(
  { folder, secretsRoot, url }: Cluster,
  { database, cpuProfileFolder }: SystemOptions,
): Promise<System> {
  const dataFolder = join(folder, database)
  const webRoot = join(dataFolder, 'web')
  await mkdir(webRoot, { recursive: true })
  const settings = readSettings({
    ...process.env,
    DATABASE_URL: databaseUrl({ url }, database),
    FINTWIN_DATA_DIR: dataFolder,
    FINTWIN_SECRETS_ROOT: secretsRoot,
    FINTWIN_SERVICE_PORT_BASE: String(await findFreePorts()),
    ACCESS_TOKEN_TTL: '12h',
  })
  const topology = await startTopology(settings, await findFreePort(), {
    services: ['account', 'transaction'],
    webRoot,
    nodeOptions: cpuProfileFolder
      ? { transaction: ['--cpu-prof', `--cpu-prof-dir=${cpuProfileFolder}`] }
      : {},
  })
  return { ...topology, webRoot }
}
