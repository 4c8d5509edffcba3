// A Redis of a test's own, wherever the server is installed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { findFreePort } from '@fintwin/embedded-postgres'

export interface TestRedis {
  url: string
  /** Ends the server as a crash would. */
  kill(): Promise<void>
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Undefined where there is no redis-server on this machine; with CI=true that is an error, so that no test is lost in silence. */
export async function startTestRedis(): Promise<TestRedis | undefined> {
  const port = await findFreePort()
  let server = await startServer(port)
  if (!server) {
    if (process.env.CI === 'true') throw new Error('redis-server is missing, and CI=true asks for it.')
    process.stdout.write('redis-server is not installed here: its tests do not run.\n')
    return undefined
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    restart: async () => {
      server = await startServer(port)
    },
    stop: () => end('SIGTERM'),
  }
}

async function startServer(port: number): Promise<ChildProcess | undefined> {
  const server = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ])
  return new Promise((resolve, reject) => {
    server.once('error', () => resolve(undefined))
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code} on port ${port}.`)))
    server.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve(server)
    })
  })
}
