// FinTwin as processes: PostgreSQL, Redis and services of a test's own, each of which can be killed as a crash would.
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServiceName, services } from '@fintwin/contracts'
import { findFreePorts } from './free-ports.ts'
import { type KillableDatabase, startKillableDatabase } from './killable-database.ts'
import { findMarked } from './process-table.ts'
import { startTestRedis, type TestRedis } from './redis.ts'
import { type ServiceProcess, startServiceProcess } from './service-process.ts'
import { raisedLimits } from './shared-fintwin.ts'

export interface ProcessSystem {
  database: KillableDatabase
  /** Undefined where none is wanted, or none is installed. */
  redis: TestRedis | undefined
  services: ServiceProcess[]
  /** @throws for one that was not started. */
  service(name: ServiceName): ServiceProcess
  /** Another process of a service, on a port of its own. */
  startAnother(name: ServiceName, changes?: Changes): Promise<ServiceProcess>
  /** Ends everything, and gives the command lines of what outlived it. */
  stop(): Promise<string[]>
}

interface Changes {
  environment?: Record<string, string>
  nodeOptions?: string[]
}

export interface ProcessSystemOptions {
  services: readonly ServiceName[]
  withRedis?: boolean
  /** Settings of all services. */
  environment?: Record<string, string>
  /** What a service gets as DATABASE_URL; the database's own unless told. */
  databaseUrlOf?: (name: ServiceName, url: string) => string
}

/** Starts everything and waits until it is ready. */
export async function startProcessSystem(options: ProcessSystemOptions): Promise<ProcessSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'fintwin-processes-'))
  const mark = `FINTWIN_RUN=${randomUUID()}`
  await mkdir(join(folder, 'logs'))
  const database = await startKillableDatabase(folder)
  const redis = options.withRedis ? await startTestRedis() : undefined
  const processes: ServiceProcess[] = []
  const stop = async (): Promise<string[]> => {
    await Promise.all(processes.map((service) => service.stop()))
    await redis?.stop()
    await database.stop()
    const left = await findMarked(mark, folder)
    await rm(folder, { recursive: true, force: true })
    return left
  }
  const start = createStarter(
    options,
    { folder, mark, database, redis, base: await findFreePorts() },
    processes,
  )
  try {
    for (const { name } of services) if (options.services.includes(name)) start(name)
    const own = [...processes]
    await Promise.all(own.map((service) => service.ready()))
    return {
      database,
      redis,
      services: own,
      service: (name) => requireService(own, name),
      async startAnother(name, changes) {
        const another = start(name, changes, await findFreePorts())
        await another.ready()
        return another
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Surroundings {
  folder: string
  /** In the environment of every process, so that one that was left behind is found. */
  mark: string
  database: KillableDatabase
  redis: TestRedis | undefined
  /** Where the services find one another. */
  base: number
}

function createStarter(
  options: ProcessSystemOptions,
  { folder, mark, database, redis, base }: Surroundings,
  processes: ServiceProcess[],
) {
  return (name: ServiceName, changes: Changes = {}, portBase = base): ServiceProcess => {
    const port = portBase + (services.find((service) => service.name === name)?.portOffset ?? 0)
    const [markName = '', markValue = ''] = mark.split('=')
    const environment = {
      ...raisedLimits,
      [markName]: markValue,
      FINTWIN_SECRETS_DIR: join(database.secretsRoot, name),
      FINTWIN_SERVICE_PORT_BASE: String(base),
      DATABASE_URL: options.databaseUrlOf?.(name, database.url) ?? database.url,
      REDIS_URL: redis?.url ?? '',
      LOG_LEVEL: 'warn',
      ...options.environment,
      ...changes.environment,
    }
    const { nodeOptions = [] } = changes
    const logFile = join(folder, 'logs', `${name}-${port}.log`)
    const started = startServiceProcess({ name, port, environment, nodeOptions, logFile })
    processes.push(started)
    return started
  }
}

function requireService(running: ServiceProcess[], name: ServiceName): ServiceProcess {
  const service = running.find((one) => one.name === name)
  if (!service) throw new Error(`The ${name} service was not started.`)
  return service
}
