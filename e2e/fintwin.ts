// Which FinTwin the end-to-end tests talk to: the deployment at FINTWIN_URL, or else the quickstart that the run shares.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServiceName, services } from '@fintwin/contracts'
import { connectDatabase, readSettings } from '@fintwin/platform'
import { startFinTwin } from '@fintwin/quickstart'
import {
  askForFinTwin,
  createTestDatabase,
  findFreePorts,
  raisedLimits,
  type TestDatabase,
} from '@fintwin/testing'
import { inject } from 'vitest'

export interface FinTwin {
  /** Where the gateway answers, without a slash at the end. */
  url: string
  /** Where a service answers past the gateway. */
  serviceUrl(name: ServiceName): string
}

/** An instance of one test file's own, with settings of its own. */
export interface OwnFinTwin extends FinTwin {
  database: TestDatabase
  secretsRoot: string
  stop(): Promise<void>
}

/** True against a deployment that the tests did not start. */
export const isDeployment = Boolean(process.env.FINTWIN_URL)

export async function openFinTwin(): Promise<FinTwin> {
  if (process.env.FINTWIN_URL) {
    const { FINTWIN_SERVICE_PORT_BASE } = readSettings(process.env)
    return at(process.env.FINTWIN_URL.replace(/\/$/, ''), FINTWIN_SERVICE_PORT_BASE)
  }
  const { url, servicePortBase } = await askForFinTwin(inject('fintwinAskUrl'))
  return at(url, servicePortBase)
}

/** A quickstart in this process, without web app, on a database of its own; or on one that another instance made. */
export async function startOwnFinTwin(
  environment: Record<string, string> = {},
  sharedDatabase?: TestDatabase,
): Promise<OwnFinTwin> {
  const database = sharedDatabase ?? (await createTestDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'fintwin-own-'))
  const { secretsRoot } = inject('cluster')
  const settings = readSettings({
    FINTWIN_PORT: '0',
    FINTWIN_SERVICE_PORT_BASE: String(await findFreePorts()),
    FINTWIN_DATA_DIR: folder,
    FINTWIN_SECRETS_ROOT: secretsRoot,
    FINTWIN_DEMO: 'off',
    DATABASE_URL: database.url,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...raisedLimits,
    ...environment,
  })
  const running = await aloneInCluster(() => startFinTwin(settings, undefined))
  return {
    ...at(running.url, settings.FINTWIN_SERVICE_PORT_BASE),
    database,
    secretsRoot,
    async stop() {
      await running.stop()
      if (!sharedDatabase) await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Instances of several workers stand on one database server, whose roles only one of them can bring up to date at a time. */
async function aloneInCluster<T>(run: () => Promise<T>): Promise<T> {
  const maintenance = connectMaintenance()
  try {
    return (await maintenance.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(20250630)`
      return run()
    })) as T
  } finally {
    await maintenance.end()
  }
}

/** The server's own database, as its superuser: from where the others are looked after. */
export function connectMaintenance(): ReturnType<typeof connectDatabase> {
  const url = new URL(inject('cluster').url)
  url.pathname = '/postgres'
  return connectDatabase({
    url: url.href,
    role: url.username,
    password: decodeURIComponent(url.password),
    max: 1,
  })
}

function at(url: string, servicePortBase: number): FinTwin {
  const { hostname, protocol } = new URL(url)
  return {
    url,
    serviceUrl: (name) => `${protocol}//${hostname}:${servicePortBase + offsetOf(name)}`,
  }
}

function offsetOf(name: ServiceName): number {
  return services.find((service) => service.name === name)?.portOffset ?? 0
}
