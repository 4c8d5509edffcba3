// The PostgreSQL driver, mended as it is loaded: version 3.4.9 loses its way when a connection dies in the middle of a transaction.
import { type LoadFnOutput, registerHooks } from 'node:module'
import type postgres from 'postgres'

interface Mend {
  file: string
  was: string
  is: string
}

/**
 * What a transaction does after its connection is gone, its rollback to begin with, the driver still writes: to no socket, which is an uncaught
 * error, or to the next connection, which may be somebody else's by then. And a connection that was left with something unsent cannot send its
 * own greeting until it has given up five times after 5 s each: for the ledger's one writer, 25 s without posting. Known as
 * https://github.com/porsager/postgres/issues/1208 and not released yet.
 */
const mends: Mend[] = [
  {
    // A transaction whose connection is gone is over: every further statement of it is refused.
    file: '/postgres/src/index.js',
    was: `new Promise((_, reject) => connection.onclose = reject)`,
    is: `new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })`,
  },
  {
    file: '/postgres/src/index.js',
    was: `let savepoints = 0
      , connection`,
    is: `let savepoints = 0
      , lost = null
      , connection`,
  },
  {
    file: '/postgres/src/index.js',
    was: `q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue`,
    is: `q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue`,
  },
  {
    // Nothing that was left unsent is sent later.
    file: '/postgres/src/connection.js',
    was: `clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
    is: `clearImmediate(nextWriteTimer)
    nextWriteTimer = chunk = null
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
  },
  {
    // What was asked between the error and the end of the socket is refused, too, and the server's last words are no answer to what is asked next.
    file: '/postgres/src/connection.js',
    was: `if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))`,
    is: `if (initial)
      return query = errorResponse = null, reconnect()

    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = errorResponse = null`,
  },
]

const hooks = registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const wanted = mends.filter(({ file }) => url.endsWith(file))
    return wanted.length > 0 ? mend(loaded, wanted) : loaded
  },
})
const driver = await import('postgres')
hooks.deregister()

export const openPool: typeof postgres = driver.default

/** @throws when the driver is another one than the mends are for: look whether it still needs them. */
function mend(loaded: LoadFnOutput, wanted: Mend[]): LoadFnOutput {
  let source = Buffer.from(loaded.source as Uint8Array).toString('utf8')
  for (const { file, was, is } of wanted) {
    if (source.split(was).length !== 2)
      throw new Error(`${file} has changed: see packages/platform/src/postgres-driver.ts.`)
    source = source.replace(was, () => is)
  }
  return { ...loaded, source }
}
