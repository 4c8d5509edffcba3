// Starts all of FinTwin in one process: database, six services on their ports, gateway; and ends it in the reverse order.
import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAccountService } from '@fintwin/account'
import { type ServiceName, services } from '@fintwin/contracts'
import { startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import { buildNotificationService } from '@fintwin/notification'
import { readMigrationPlan } from '@fintwin/operator/migration-plan'
import {
  absolute,
  type BuildService,
  makeSecrets,
  migrate,
  readSecret,
  type Settings,
  SettingsError,
  secretsRoot,
  serviceUrls,
  startService,
} from '@fintwin/platform'
import { buildPortfolioService } from '@fintwin/portfolio'
import { buildRiskService } from '@fintwin/risk'
import { buildTransactionService } from '@fintwin/transaction'
import { buildTwinService } from '@fintwin/twin'
import { pino } from 'pino'
import { startGateway } from './gateway.ts'
import { lockFolder } from './lock-folder.ts'

export interface RunningFinTwin {
  /** Where the gateway answers. */
  url: string
  databaseUrl: string
  /** Ends everything; what was acknowledged is on disk. */
  stop(): Promise<void>
}

const builders: Record<ServiceName, BuildService> = {
  account: buildAccountService,
  transaction: buildTransactionService,
  twin: buildTwinService,
  risk: buildRiskService,
  portfolio: buildPortfolioService,
  notification: buildNotificationService,
}

/**
 * @param webFolder the built web app to serve from `/`, which may still be building; none serves the API alone.
 * @throws an error whose message is one sentence for the person.
 */
export async function startFinTwin(settings: Settings, webFolder?: Promise<string>): Promise<RunningFinTwin> {
  const ends: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end()
  }
  try {
    const folder = absolute(settings.FINTWIN_DATA_DIR)
    await prepareFolder(folder)
    if (!settings.DATABASE_URL) ends.push(await lockFolder(folder))
    await makeSecrets({ root: secretsRoot(settings), services: services.map(({ name }) => name) })
    const databaseUrl = await prepareDatabase(settings, folder, ends)
    await startServices({ ...settings, DATABASE_URL: databaseUrl }, folder, ends)
    const gateway = await startGateway({
      port: settings.FINTWIN_PORT,
      host: settings.HOST === '127.0.0.1' ? 'localhost' : settings.HOST,
      upstreams: serviceUrls(settings),
      webFolder: await webFolder,
    })
    ends.push(gateway.stop)
    return { url: `http://localhost:${gateway.port}`, databaseUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Makes the data folder, or says in one sentence why it cannot be used. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o711 })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new SettingsError(
      `The data folder ${folder} cannot be written (${(error as Error).message}): set FINTWIN_DATA_DIR to another.`,
    )
  }
}

/** The embedded database unless DATABASE_URL names one; migrated either way. Gives the URL that services and operators use. */
export async function prepareDatabase(
  settings: Settings,
  folder: string,
  ends: (() => Promise<unknown>)[],
): Promise<string> {
  const operatorSecrets = join(secretsRoot(settings), 'operator')
  let url = settings.DATABASE_URL
  if (!url) {
    const password = await readSecret(operatorSecrets, 'database-password')
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), password })
    ends.push(server.stop)
    url = server.url
  }
  await migrate(await readMigrationPlan(url, operatorSecrets))
  return url
}

async function startServices(
  settings: Settings,
  folder: string,
  ends: (() => Promise<unknown>)[],
): Promise<void> {
  const logs = pino.destination({
    dest: join(folder, 'logs', 'fintwin.log'),
    mkdir: true,
    sync: false,
    mode: 0o600,
  })
  ends.push(async () => logs.flushSync())
  for (const { name } of services) {
    const logger = pino({ level: settings.LOG_LEVEL, base: { service: name } }, logs)
    const { stop } = await startService(name, builders[name], settings, { logger })
    ends.push(stop)
  }
}
