// Starts the system's nginx with the gateway's configuration, for `npm run topology` and for the tests.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServiceName } from '@fintwin/contracts'
import { renderGatewayConfig } from './render-config.ts'

export interface GatewayProcess {
  url: string
  /** Resolves when nginx has ended, for whatever reason. */
  ended: Promise<unknown>
  stop: () => Promise<void>
}

export interface GatewayPlan {
  port: number
  upstreams: Record<ServiceName, string>
  webRoot: string
  /** Folder for configuration, logs and temporary files; made when missing. */
  runFolder: string
  /** Settings of `start-gateway.sh`. */
  settings?: Record<string, string>
}

/** The path of nginx, or undefined where it is not installed (it hides in /usr/sbin on Debian). */
export function findNginx(): string | undefined {
  const found = spawnSync('sh', ['-c', 'command -v nginx'], { env: gatewayEnvironment(), encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}

/** Starts nginx and waits until it listens. */
export async function startGateway({
  port,
  upstreams,
  webRoot,
  runFolder,
  settings,
}: GatewayPlan): Promise<GatewayProcess> {
  await mkdir(runFolder, { recursive: true })
  const configPath = join(runFolder, 'nginx.conf')
  const logs = { accessLog: join(runFolder, 'access.log'), errorLog: join(runFolder, 'error.log') }
  const options = { listen: `127.0.0.1:${port}`, upstreams, webRoot, runFolder, ...logs }
  const user = process.getuid?.() === 0 ? { user: 'root' } : {}
  await writeFile(configPath, renderGatewayConfig({ ...options, ...user }))
  const child = spawn('sh', [join(import.meta.dirname, 'start-gateway.sh')], {
    env: { ...gatewayEnvironment(), ...settings, GATEWAY_CONFIG: configPath, GATEWAY_RUN_FOLDER: runFolder },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const ended = once(child, 'exit')
  await waitUntilListening(port, child)
  return { url: `http://localhost:${port}`, ended, stop: () => stopGateway(child, ended) }
}

async function waitUntilListening(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`nginx ended with code ${child.exitCode}: see its message above.`)
    if (await accepts(port)) return
    await sleep(50)
  }
  throw new Error(`nginx does not listen on port ${port} after 5 seconds.`)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

async function stopGateway(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await ended
}

function gatewayEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` }
}
