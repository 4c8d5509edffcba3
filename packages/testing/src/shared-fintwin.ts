// One quickstart for all the end-to-end tests of a run: started as `npm start` starts it, when the first of them asks for it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePorts } from './free-ports.ts'

/** What a test worker is told of the quickstart that the run shares. */
export interface SharedFinTwin {
  url: string
  servicePortBase: number
  dataDir: string
}

interface Running {
  about: SharedFinTwin
  stop(): Promise<void>
}

/** Many people register from one address within seconds: the limits are tested on instances of their own. */
export const raisedLimits = { RATE_LIMIT_USER: '100000/s', RATE_LIMIT_AUTH: '100000/m' }

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Answers on `askUrl` where the quickstart is, and starts it at the first question. */
export async function offerFinTwin(): Promise<{ askUrl: string; stop(): Promise<void> }> {
  let running: Promise<Running> | undefined
  const server = createServer((_request, response) => {
    running ??= startQuickstart()
    running.then(
      ({ about }) => response.end(JSON.stringify(about)),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    askUrl: `http://127.0.0.1:${port}`,
    async stop() {
      server.close()
      const started = await running?.catch(() => undefined)
      await started?.stop()
    },
  }
}

/** Asks the run's setup for the quickstart. */
export async function askForFinTwin(askUrl: string): Promise<SharedFinTwin> {
  const response = await fetch(askUrl)
  if (!response.ok) throw new Error(`FinTwin did not start: ${await response.text()}`)
  return (await response.json()) as SharedFinTwin
}

async function startQuickstart(): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fintwin-e2e-'))
  const servicePortBase = await findFreePorts()
  const environment = { ...raisedLimits, FINTWIN_DEMO: 'off', LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, ['apps/quickstart/src/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      ...environment,
      FINTWIN_PORT: '0',
      FINTWIN_SERVICE_PORT_BASE: String(servicePortBase),
      FINTWIN_DATA_DIR: dataDir,
      DATABASE_URL: '',
      REDIS_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let isEnding = false
  let output = ''
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-10_000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  child.once('exit', (code, signal) => {
    if (!isEnding) process.stderr.write(`The tests' FinTwin ended by itself (${code ?? signal}): ${output}\n`)
  })
  const stop = async (): Promise<void> => {
    isEnding = true
    await end(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const url = await readReadyUrl(child)
    process.stdout.write(`End-to-end tests use FinTwin at ${url} with ${JSON.stringify(environment)}\n`)
    return { about: { url, servicePortBase, dataDir }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for the line that says where FinTwin is ready. */
function readReadyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const ready = /^FinTwin is ready at (http:\/\/localhost:\d+)$/m.exec(output)
      if (ready) resolve(ready[1] as string)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`it ended with code ${code}: ${output.slice(-2000)}`)))
    setTimeout(
      () => reject(new Error(`it was not ready within 60 s: ${output.slice(-2000)}`)),
      60_000,
    ).unref()
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
