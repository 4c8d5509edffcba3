// A service as a process: builds its dependencies from the environment, listens, and shuts down in order.
import { join } from 'node:path'
import { type ServiceName, services } from '@fintwin/contracts'
import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import type { App } from './app.ts'
import { type Cache, createMemoryCache, createRedisCache } from './cache.ts'
import { callService } from './calls.ts'
import { connectDatabase, type Database } from './database.ts'
import { createEvents, type Events } from './events.ts'
import { outliveLostConnections } from './outlive-lost-connections.ts'
import { createRateLimiter, type RateLimiter } from './rate-limits.ts'
import { connectRedis, type RedisClient } from './redis.ts'
import { readKey, readKeySet, readSecret, SecretsError } from './secrets.ts'
import { absolute, readSettings, type Settings, SettingsError, secretsRoot } from './settings.ts'
import {
  createServiceCredentials,
  createTokenVerifier,
  publishedKeys,
  type ServiceCredentials,
  type TokenVerifier,
  watchRevokedSessions,
} from './tokens.ts'

/** What every service is built from. A service may need more, and makes it in its own `service.ts`. */
export interface ServiceDeps {
  settings: Settings
  secretsFolder: string
  logger: FastifyBaseLogger
  database: Database
  /** Opens another pool under the service's role, which ends with the service. */
  connect(options: { max: number; lockTimeoutMs?: number }): Database
  redis: RedisClient | undefined
  cache: Cache
  events: Events
  tokens: TokenVerifier
  credentials: ServiceCredentials
  perPerson: RateLimiter
  trustedProxies: string[]
  readiness: Record<string, () => Promise<unknown>>
  urls: Record<ServiceName, string>
  /** Runs when the service ends, newest first. */
  onStop: (() => unknown)[]
}

export interface DepsOptions {
  logger?: FastifyBaseLogger
  /** Sees every statement that the service sends to its database, for tests. */
  onQuery?: (service: ServiceName, statement: string, parameters: unknown[]) => void
}

export async function createDeps(
  name: ServiceName,
  settings: Settings,
  options: DepsOptions = {},
): Promise<ServiceDeps> {
  if (!settings.DATABASE_URL)
    throw new SettingsError('DATABASE_URL is not set: it names the PostgreSQL that the service works on.')
  const secretsFolder = absolute(settings.FINTWIN_SECRETS_DIR ?? join(secretsRoot(settings), name))
  const logger: FastifyBaseLogger =
    options.logger ?? pino({ level: settings.LOG_LEVEL, base: { service: name } })
  const urls = serviceUrls(settings)
  const credentials = await createServiceCredentials(
    name,
    await readKey(secretsFolder, 'service-key.json'),
    await readKeySet(secretsFolder, 'service-keys.json'),
  )
  const login = {
    url: settings.DATABASE_URL,
    role: `fintwin_${name}`,
    // Shorter than the gateway waits for an answer: nobody is told that something failed which then still happens.
    transactionTimeoutMs: 25_000,
    password: await readSecret(secretsFolder, 'database-password'),
    onQuery:
      options.onQuery &&
      ((statement: string, parameters: unknown[]) => options.onQuery?.(name, statement, parameters)),
  }
  const database = connectDatabase(login)
  const redis = settings.REDIS_URL
    ? connectRedis(settings.REDIS_URL, await readRedisPassword(settings.REDIS_URL, secretsFolder))
    : undefined
  const revoked = watchRevokedSessions(() => fetchRevokedSessions(urls.account, credentials))
  const events = createEvents({ service: name, database, logger, redis })
  const onStop: ServiceDeps['onStop'] = [
    () => redis?.disconnect(),
    () => database.end({ timeout: 5 }),
    () => revoked.stop(),
    () => events.stop(),
  ]
  return {
    settings,
    secretsFolder,
    logger,
    database,
    connect(pool) {
      const opened = connectDatabase({ ...login, ...pool })
      onStop.push(() => opened.end({ timeout: 5 }))
      return opened
    },
    redis,
    cache: redis ? createRedisCache(redis) : createMemoryCache(),
    events,
    tokens: createTokenVerifier(publishedKeys(urls.account), revoked),
    credentials,
    perPerson: createRateLimiter(`person:${name}`, settings.RATE_LIMIT_USER, redis),
    trustedProxies: settings.TRUSTED_PROXIES.split(',').map((address) => address.trim()),
    readiness: {
      database: async () => database`select 1`,
      ...(redis ? { redis: async () => redis.ping() } : {}),
    },
    urls,
    onStop,
  }
}

/** A URL that names a user but no password gets it from the service's secrets; one that names neither asks for none. */
async function readRedisPassword(url: string, folder: string): Promise<string | undefined> {
  const { username, password } = new URL(url)
  return username && !password ? readSecret(folder, 'redis-password') : undefined
}

async function fetchRevokedSessions(accountUrl: string, credentials: ServiceCredentials): Promise<string[]> {
  const token = await credentials.issue('account', 'sessions:read')
  const { status, body } = await callService<{ session_ids: string[] }>(accountUrl, {
    path: '/sessions/revoked',
    token,
    timeoutMs: 1_500,
  })
  if (status !== 200) throw new Error(`revoked sessions: ${status}`)
  return body.session_ids
}

export function serviceUrls(settings: Settings): Record<ServiceName, string> {
  const local = (name: ServiceName): string =>
    `http://127.0.0.1:${settings.FINTWIN_SERVICE_PORT_BASE + portOffset(name)}`
  return {
    account: settings.ACCOUNT_URL ?? local('account'),
    transaction: settings.TRANSACTION_URL ?? local('transaction'),
    twin: settings.TWIN_URL ?? local('twin'),
    risk: settings.RISK_URL ?? local('risk'),
    portfolio: settings.PORTFOLIO_URL ?? local('portfolio'),
    notification: settings.NOTIFICATION_URL ?? local('notification'),
  }
}

function portOffset(name: ServiceName): number {
  return services.find((service) => service.name === name)?.portOffset ?? 0
}

export type BuildService = (deps: ServiceDeps) => Promise<App>

export interface RunningService {
  app: App
  stop(): Promise<void>
}

/** Builds a service, listens on its port, and gives the way to end it in order: no new requests, then consumers, then connections. */
export async function startService(
  name: ServiceName,
  build: BuildService,
  settings: Settings,
  options: DepsOptions = {},
): Promise<RunningService> {
  const deps = await createDeps(name, settings, options)
  const stop = async (): Promise<void> => {
    for (const end of deps.onStop.toReversed()) await end()
  }
  try {
    const app = await build(deps)
    deps.onStop.push(() => app.close())
    await app.listen({
      host: settings.HOST,
      port: settings.PORT ?? settings.FINTWIN_SERVICE_PORT_BASE + portOffset(name),
    })
    return { app, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The whole of a service's `main.ts`: one clear sentence and exit code 1 when it cannot start, an orderly end on SIGTERM or SIGINT. */
export async function runService(
  name: ServiceName,
  build: BuildService,
  environment: Record<string, string | undefined>,
): Promise<void> {
  try {
    const settings = readSettings(environment)
    outliveLostConnections(pino({ level: settings.LOG_LEVEL, base: { service: name } }))
    const service = await startService(name, build, settings)
    let ending = false
    const end = async (): Promise<void> => {
      if (ending) return
      ending = true
      setTimeout(() => process.exit(1), 10_000).unref()
      await service.stop()
      process.exit(0)
    }
    process.on('SIGTERM', end)
    process.on('SIGINT', end)
  } catch (error) {
    process.stderr.write(`${explainStart(name, error)}\n`)
    process.exit(1)
  }
}

/** One sentence that says why a service did not start and which setting to change. */
export function explainStart(name: string, error: unknown): string {
  if (error instanceof SettingsError || error instanceof SecretsError) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} for the ${name} service is taken: end what uses it, or set FINTWIN_SERVICE_PORT_BASE (or PORT) to another.`
  return (error as Error).message
}
