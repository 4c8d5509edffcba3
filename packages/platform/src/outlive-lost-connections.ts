// When PostgreSQL dies in the middle of a transaction, the driver (postgres 3.4) may write its rollback to a socket that is gone, outside any
// promise. The transaction has been rejected by then and the pool reconnects, so the process lives on; any other uncaught error ends it.
import type { FastifyBaseLogger } from 'fastify'
import { isDatabaseDown } from './database.ts'

/** Installs the guard; once a process. */
export function outliveLostConnections(logger: Pick<FastifyBaseLogger, 'warn' | 'fatal'>): void {
  const guard = (error: unknown): void => {
    if (isDatabaseDown(error) || isWriteToLostSocket(error)) {
      logger.warn({ err: error }, 'a database connection was lost')
      return
    }
    logger.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  }
  process.on('uncaughtException', guard)
  process.on('unhandledRejection', guard)
}

function isWriteToLostSocket(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    /postgres\/(?:src|cjs\/src)\/connection\.js/.test(error.stack?.split('\n')[1] ?? '')
  )
}
