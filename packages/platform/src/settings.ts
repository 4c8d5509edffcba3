// The one typed schema of settings: `docs/configuration.md` is generated from it, and only a `main.ts` reads the environment.
import { isAbsolute, join, resolve } from 'node:path'

interface Setting<T, F extends string | undefined = string | undefined> {
  parse: (text: string) => T
  /** Written form of the default, `undefined` for none. */
  fallback: F
  meaning: string
}

/** A sentence for the person who starts a service, naming the setting to change. */
export class SettingsError extends Error {}

export interface RateLimit {
  max: number
  windowMs: number
}

const text = (value: string): string => value

function port(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new Error('must be a port number, 0 to 65535')
  return number
}

function durationMs(value: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(value)
  if (!match) throw new Error('must be a duration such as 60m, 12h or 30d')
  const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[
    match[2] as 'ms' | 's' | 'm' | 'h' | 'd'
  ]
  return Number(match[1]) * unitMs
}

function rate(value: string): RateLimit {
  const match = /^(\d+)\/(s|m|h)$/.exec(value)
  if (!match || Number(match[1]) === 0) throw new Error('must be a rate such as 200/s or 60/m')
  return { max: Number(match[1]), windowMs: durationMs(`1${match[2]}`) }
}

function amount(value: string): string {
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(value)) throw new Error('must be an amount such as 50000')
  return value
}

function currency(value: string): string {
  if (!/^[A-Z]{3}$/.test(value) || !Intl.supportedValuesOf('currency').includes(value))
    throw new Error('must be an ISO 4217 currency such as INR')
  return value
}

function locale(value: string): string {
  try {
    return Intl.getCanonicalLocales(value)[0] as string
  } catch {
    throw new Error('must be a locale such as en-IN')
  }
}

function timeZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
  } catch {
    throw new Error('must be a time zone such as Asia/Kolkata')
  }
  return value
}

function onOff(value: string): boolean {
  if (value !== 'on' && value !== 'off') throw new Error('must be on or off')
  return value === 'on'
}

function oneOf<const T extends readonly string[]>(...values: T): (value: string) => T[number] {
  return (value) => {
    if (!values.includes(value)) throw new Error(`must be one of ${values.join(', ')}`)
    return value
  }
}

function url(...protocols: string[]): (value: string) => string {
  return (value) => {
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      throw new Error(
        `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      )
    }
    return value.replace(/\/$/, '')
  }
}

function setting<T, const F extends string | undefined>(
  parse: (value: string) => T,
  fallback: F,
  meaning: string,
): Setting<T, F> {
  return { parse, fallback, meaning }
}

const httpUrl = url('http:', 'https:')

export const settingsSchema = {
  FINTWIN_PORT: setting(port, '3000', 'Port of the quickstart’s gateway and web app.'),
  FINTWIN_SERVICE_PORT_BASE: setting(
    port,
    '8001',
    'The services listen on base … base + 5, in the order account, transaction, twin, risk, portfolio, notification.',
  ),
  FINTWIN_DATA_DIR: setting(
    text,
    '.fintwin',
    'Folder of the embedded database, keys, generated secrets and logs.',
  ),
  FINTWIN_SECRETS_ROOT: setting(
    text,
    undefined,
    'Folder in which secrets are made, one subfolder a service; by default `secrets` in the data folder.',
  ),
  FINTWIN_SECRETS_DIR: setting(
    text,
    undefined,
    'Folder of one service’s own secrets; by default its subfolder of the secrets root.',
  ),
  FINTWIN_DEMO: setting(
    onOff,
    'on',
    'The quickstart opens a demo person with two years of history at its first start; `off` for none. Production has none, ever.',
  ),
  FINTWIN_REFERENCE_DIR: setting(
    text,
    '../shared/data',
    'Where reference suites and benches look for data when no option names it.',
  ),
  DATABASE_URL: setting(
    url('postgres:', 'postgresql:'),
    undefined,
    'A PostgreSQL 18 to use instead of the embedded one. Services take its host, port and database and connect under their own roles.',
  ),
  REDIS_URL: setting(
    url('redis:', 'rediss:'),
    undefined,
    'Redis for cache, rate limits and events; without it, in-process and PostgreSQL stand-ins. A URL with a user and no password takes it from the file `redis-password` of the service’s secrets.',
  ),
  HOST: setting(
    text,
    '127.0.0.1',
    'Address that services and the quickstart’s gateway listen on; 0.0.0.0 for every one.',
  ),
  PORT: setting(port, undefined, 'Port a service listens on; by default its place in the table of services.'),
  ACCOUNT_URL: setting(httpUrl, undefined, 'Where the account service answers.'),
  TRANSACTION_URL: setting(httpUrl, undefined, 'Where the transaction service answers.'),
  TWIN_URL: setting(httpUrl, undefined, 'Where the twin service answers.'),
  RISK_URL: setting(httpUrl, undefined, 'Where the risk service answers.'),
  PORTFOLIO_URL: setting(httpUrl, undefined, 'Where the portfolio service answers.'),
  NOTIFICATION_URL: setting(httpUrl, undefined, 'Where the notification service answers.'),
  ACCESS_TOKEN_TTL: setting(durationMs, '60m', 'Life of an access token; sessions can be revoked before.'),
  REFRESH_TOKEN_TTL: setting(durationMs, '30d', 'Absolute life of a session, however often it is refreshed.'),
  RATE_LIMIT_USER: setting(
    rate,
    '200/s',
    'Requests per signed-in person and service; short bursts of the same size pass.',
  ),
  RATE_LIMIT_AUTH: setting(
    rate,
    '60/m',
    'Register, login and refresh, per address; failed logins per e-mail are slowed further.',
  ),
  TRUSTED_PROXIES: setting(
    text,
    '127.0.0.1,::1',
    'Addresses or networks, separated by commas, whose X-Forwarded-For is believed.',
  ),
  COOKIE_SECURE: setting(onOff, 'off', 'Marks the session cookie Secure: switch on behind TLS.'),
  DEFAULT_CURRENCY: setting(currency, 'INR', 'Currency of a person’s first account and of totals.'),
  DEFAULT_LOCALE: setting(locale, 'en-IN', 'Locale of sentences that show money and dates.'),
  DEFAULT_TIME_ZONE: setting(
    timeZone,
    'Asia/Kolkata',
    'Time zone in which the days of a scheduled transaction begin, unless it has one of its own.',
  ),
  LOW_BALANCE_THRESHOLD: setting(
    amount,
    '50000',
    'Balance, in major units of an account’s currency, below which the risk rules speak.',
  ),
  SEAL_EVERY: setting(
    durationMs,
    '10s',
    'How often the transaction service seals what was posted since; `npm run audit` finds what is altered after that.',
  ),
  LOG_LEVEL: setting(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'Least severe level that is logged.',
  ),
} satisfies Record<string, Setting<unknown>>

type Schema = typeof settingsSchema
type Name = keyof Schema
type WithDefault = { [K in Name]: Schema[K]['fallback'] extends string ? K : never }[Name]

/** Settings with a default are always there; the others may be absent. */
export type Settings = { readonly [K in WithDefault]: ReturnType<Schema[K]['parse']> } & {
  readonly [K in Exclude<Name, WithDefault>]?: ReturnType<Schema[K]['parse']>
}

/**
 * Reads every setting from an environment.
 * @throws SettingsError with one sentence that names the setting and what it must be.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const values: Record<string, unknown> = {}
  for (const [name, { parse, fallback }] of Object.entries(settingsSchema) as [Name, Setting<unknown>][]) {
    const written = environment[name]?.trim() || fallback
    if (written === undefined) continue
    try {
      values[name] = parse(written)
    } catch (error) {
      throw new SettingsError(`${name} is "${written}" but ${(error as Error).message}.`)
    }
  }
  return values as unknown as Settings
}

export function secretsRoot(settings: Settings): string {
  return absolute(settings.FINTWIN_SECRETS_ROOT ?? join(settings.FINTWIN_DATA_DIR, 'secrets'))
}

/** Relative folders count from where npm was called, so that workspaces agree on them. */
export function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path)
}
