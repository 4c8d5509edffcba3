// A service as a process of its own, to be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@fintwin/contracts'

export interface ServiceProcess {
  name: ServiceName
  url: string
  /** Starts it; it need not be ready when this returns. */
  start(): void
  /** Resolves when it answers that it is ready. @throws after a minute, with what it logged last. */
  ready(): Promise<void>
  /** Ends it as a crash would, and resolves when it is gone. */
  kill(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
  isRunning(): boolean
  /** Ends that nobody asked for, each in one sentence. */
  surprises: string[]
}

export interface ServiceProcessOptions {
  name: ServiceName
  port: number
  /** Settings beside those of the process that starts it. */
  environment: Record<string, string>
  logFile: string
  /** Options of Node. */
  nodeOptions?: string[]
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Starts a service's own `main.ts` with this process's Node. */
export function startServiceProcess(options: ServiceProcessOptions): ServiceProcess {
  const { name, port, logFile } = options
  const url = `http://127.0.0.1:${port}`
  const surprises: string[] = []
  let child = spawnService(options)
  let isWanted = true
  const watch = (): void => {
    const watched = child
    watched.once('exit', (code, signal) => {
      if (isWanted && watched === child)
        surprises.push(`The ${name} service ended by itself (${code ?? signal}).`)
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isWanted = false
    if (hasEnded(child)) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
  watch()
  return {
    name,
    url,
    surprises,
    isRunning: () => !hasEnded(child),
    start() {
      if (!hasEnded(child)) return
      child = spawnService(options)
      isWanted = true
      watch()
    },
    async ready() {
      for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
        if (await isReady(url)) return
        await sleep(100)
      }
      const log = await readFile(logFile, 'utf8').catch(() => '')
      throw new Error(`The ${name} service is not ready after a minute. It logged last: ${log.slice(-2000)}`)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

function spawnService({
  name,
  port,
  environment,
  logFile,
  nodeOptions = [],
}: ServiceProcessOptions): ChildProcess {
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [...nodeOptions, join(root, 'services', name, 'src/main.ts')], {
    env: { ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return child
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
