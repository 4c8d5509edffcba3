// When PostgreSQL dies in the middle of a transaction, its caller is told, and yet some promises of the driver's own (the transaction's rollback, a
// new connection's first look at the types) are rejected with nobody listening. The pool reconnects, so the process lives on; any other uncaught
// error ends it.
import type { FastifyBaseLogger } from 'fastify'
import { isDatabaseDown } from './database.ts'

/** Installs the guard; once a process. */
export function outliveLostConnections(logger: Pick<FastifyBaseLogger, 'warn' | 'fatal'>): void {
  const guard = (error: unknown): void => {
    if (isDatabaseDown(error)) {
      logger.warn({ err: error }, 'a database connection was lost')
      return
    }
    logger.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  }
  process.on('uncaughtException', guard)
  process.on('unhandledRejection', guard)
}
