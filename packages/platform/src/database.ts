// PostgreSQL: connections under a service's own role, and transactions in which row security sees one person only.
import type postgres from 'postgres'
import { openPool } from './postgres-driver.ts'

/** A pool under one role. */
export type Database = postgres.Sql<{ bigint: bigint }>
/** An open transaction: the first argument of every store function. */
export type Tx = postgres.TransactionSql<{ bigint: bigint }>

interface DatabaseLogin {
  /** Host, port and database are taken from it; user and password are not. */
  url: string
  role: string
  password: string
  /** Largest number of connections. */
  max?: number
  /** How long a statement waits for a row that somebody else holds; without it, as long as the statement may take. */
  lockTimeoutMs?: number
  /** How long a transaction may take before the server ends it; without it, as long as it likes. */
  transactionTimeoutMs?: number
  /** Sees every statement with its parameters, for tests. */
  onQuery?: ((statement: string, parameters: unknown[]) => void) | undefined
}

/** Opens a pool as one role. Connections are made on first use; `int8` comes as bigint. */
export function connectDatabase({
  url,
  role,
  password,
  max = 10,
  lockTimeoutMs = 0,
  transactionTimeoutMs = 0,
  onQuery,
}: DatabaseLogin): Database {
  return openPool(url, {
    username: role,
    password,
    max,
    idle_timeout: 60,
    connect_timeout: 5,
    // Seconds to the next try: a database that comes back is found within one.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    max_lifetime: 1800,
    onnotice: () => {},
    ...(onQuery
      ? {
          debug: (_connection: number, statement: string, parameters: unknown[]) =>
            onQuery(statement, parameters),
        }
      : {}),
    connection: {
      application_name: role,
      // A service's role works in the schema of the service's name.
      search_path: role.replace(/^fintwin_/, ''),
      transaction_timeout: transactionTimeoutMs,
      lock_timeout: lockTimeoutMs,
      idle_in_transaction_session_timeout: 30_000,
    },
    types: { bigint: openPool.BigInt },
  }) as Database
}

/** Runs a story in one transaction in which the policies see the rows of this person and nobody else's. */
export async function asPerson<T>(
  database: Database,
  personId: string,
  story: (tx: Tx) => Promise<T>,
): Promise<T> {
  return (await database.begin(async (tx) => {
    const identified = tx`select set_config('fintwin.person_id', ${personId}, true)`.execute()
    const [, result] = await Promise.all([identified, story(tx)])
    return result
  })) as T
}

/** Runs a story in one transaction that belongs to nobody: tenant tables show nothing in it. */
export async function asNobody<T>(database: Database, story: (tx: Tx) => Promise<T>): Promise<T> {
  return (await database.begin(story)) as T
}

/** Whether an error says that the database cannot be reached or is going down, so that trying again later may help. */
export function isDatabaseDown(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (/^(?:08|57P0|53)/.test(code) || connectionErrors.has(code))
}

const connectionErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
])
