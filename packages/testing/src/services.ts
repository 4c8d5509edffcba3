// Real services on a test file's database, each listening on a port of its own, and people to use them.
import { type ServiceName, services } from '@fintwin/contracts'
import {
  type App,
  type BuildService,
  type DepsOptions,
  type RunningService,
  readSettings,
  type Settings,
  startService,
} from '@fintwin/platform'
import { pino } from 'pino'
import { inject } from 'vitest'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { findFreePorts } from './free-ports.ts'

export interface TestServices {
  database: TestDatabase
  settings: Settings
  apps: Partial<Record<ServiceName, App>>
  /** Calls a service as a person: `token` may be left out. */
  call(name: ServiceName, method: string, path: string, options?: CallOptions): Promise<CallAnswer>
  register(name?: string): Promise<TestPerson>
  stop(): Promise<void>
}

export interface CallOptions {
  token?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

export interface CallAnswer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer, field by field.
  body: any
}

export interface TestPerson {
  id: string
  token: string
  email: string
  password: string
}

/** Starts the given services; the account and transaction services are what the others need. */
export async function startTestServices(
  builders: Partial<Record<ServiceName, BuildService>>,
  environment: Record<string, string> = {},
  onQuery?: DepsOptions['onQuery'],
): Promise<TestServices> {
  const database = await createTestDatabase()
  const settings = readSettings({
    FINTWIN_SERVICE_PORT_BASE: String(await findFreePorts()),
    FINTWIN_SECRETS_ROOT: inject('cluster').secretsRoot,
    DATABASE_URL: database.url,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    RATE_LIMIT_AUTH: '10000/m',
    RATE_LIMIT_USER: '10000/s',
    ...environment,
  })
  const running: RunningService[] = []
  const apps: Partial<Record<ServiceName, App>> = {}
  for (const { name } of services) {
    const build = builders[name]
    if (!build) continue
    const service = await startService(name, build, settings, {
      logger: pino({ level: settings.LOG_LEVEL }),
      ...(onQuery ? { onQuery } : {}),
    })
    running.push(service)
    apps[name] = service.app
  }
  const call = async (
    name: ServiceName,
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<CallAnswer> =>
    callUrl(
      `http://127.0.0.1:${settings.FINTWIN_SERVICE_PORT_BASE + portOffset(name)}${path}`,
      method,
      options,
    )
  return {
    database,
    settings,
    apps,
    call,
    register: (name) => registerPerson((path, body) => call('account', 'POST', path, { body }), name),
    async stop() {
      for (const service of running.toReversed()) await service.stop()
      await database.drop()
    },
  }
}

export async function callUrl(
  url: string,
  method: string,
  { token, body, headers }: CallOptions,
): Promise<CallAnswer> {
  const isForm = body instanceof FormData || body instanceof Uint8Array
  const response = await fetch(url, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { body: isForm ? (body as FormData) : typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

let people = 0

/** Registers somebody new through `POST /auth/register`. */
export async function registerPerson(
  post: (path: string, body: unknown) => Promise<CallAnswer>,
  name = 'Asha Rao',
): Promise<TestPerson> {
  const email = `person-${process.pid}-${Date.now()}-${++people}@example.org`
  const password = 'a long enough passphrase'
  const answer = await post('/auth/register', { name, email, password })
  if (answer.status !== 201) throw new Error(`register answered ${answer.status}: ${answer.text}`)
  return { id: answer.body.user.id, token: answer.body.token, email, password }
}

function portOffset(name: ServiceName): number {
  return services.find((service) => service.name === name)?.portOffset ?? 0
}
