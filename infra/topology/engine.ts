// The container engine: the one that runs, or one of our own with its own data folder, ended when we are done.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Engine {
  /** Environment in which `docker` and `docker-compose` reach the engine. */
  environment: NodeJS.ProcessEnv
  /** Ends the engine if it is ours. */
  stop: () => Promise<void>
}

export interface Output {
  status: number
  stdout: string
  stderr: string
}

/** The running engine, or one that is started here; undefined, with the reason printed, where there can be none. */
export async function openEngine(): Promise<Engine | undefined> {
  if (answers(process.env)) return { environment: process.env, stop: async () => {} }
  const missing = ['docker', 'dockerd', 'containerd', 'runc', 'iptables'].filter((name) => !isInstalled(name))
  if (missing.length > 0) {
    console.log(`No container engine runs, and none can be started: ${missing.join(', ')} not installed.`)
    return undefined
  }
  if (process.getuid?.() !== 0) {
    console.log('No container engine runs, and only root can start one.')
    return undefined
  }
  return startEngine(join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fintwin-topology'))
}

/** Runs `docker` and waits; the output is captured unless `show` is set. */
export function docker(engine: Engine, args: readonly string[], { show = false, input = '' } = {}): Output {
  return run('docker', args, engine.environment, { show, input })
}

/** The same without blocking, for what may run beside something else. */
export async function dockerLater(engine: Engine, args: readonly string[]): Promise<Output> {
  const child = spawn('docker', args, { env: engine.environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk
  })
  const [status] = (await once(child, 'close')) as [number | null]
  return { status: status ?? 1, ...output }
}

/** Runs compose, whichever of its two generations is installed. */
export function compose(
  engine: Engine,
  args: readonly string[],
  { show = false, environment = {} } = {},
): Output {
  const [command, ...first] = composeCommand(engine)
  return run(command, [...first, ...args], { ...engine.environment, ...environment }, { show, input: '' })
}

export function composeCommand(engine: Engine): [string, ...string[]] {
  return docker(engine, ['compose', 'version']).status === 0 ? ['docker', 'compose'] : ['docker-compose']
}

export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`], { env: systemEnvironment() }).status === 0
}

function run(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { show, input }: { show: boolean; input: string },
): Output {
  const output = show ? 'inherit' : 'pipe'
  const done = spawnSync(command, args, {
    env: environment,
    encoding: 'utf8',
    input,
    stdio: ['pipe', output, output],
    maxBuffer: 256 * 1024 * 1024,
  })
  if (done.error) throw done.error
  return { status: done.status ?? 1, stdout: done.stdout ?? '', stderr: done.stderr ?? '' }
}

function answers(environment: NodeJS.ProcessEnv): boolean {
  return spawnSync('docker', ['version'], { env: environment }).status === 0
}

async function startEngine(folder: string): Promise<Engine> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const socket = `unix://${join(folder, 'docker.sock')}`
  const environment = { ...systemEnvironment(), DOCKER_HOST: socket }
  if (answers(environment)) return { environment, stop: async () => {} }
  console.log(`Starting a container engine of our own in ${folder}.`)
  const log = openSync(join(folder, 'dockerd.log'), 'w')
  const places = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')]
  const args = [...places, '--pidfile', join(folder, 'docker.pid'), '--host', socket, '--mtu', smallestMtu()]
  const daemon = spawn('dockerd', args, { env: environment, stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  await waitUntilReady(daemon, environment, join(folder, 'dockerd.log'))
  return { environment, stop: () => stopEngine(daemon) }
}

async function waitUntilReady(
  daemon: ChildProcess,
  environment: NodeJS.ProcessEnv,
  log: string,
): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    if (daemon.exitCode !== null) break
    if (answers(environment)) return
    await sleep(500)
  }
  const lastLines = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')
  throw new Error(`The container engine does not start:\n${lastLines}`)
}

async function stopEngine(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const ended = once(daemon, 'exit')
  daemon.kill('SIGTERM')
  await ended
}

/** A packet that fits the engine's bridge must fit the machine's own network too. */
function smallestMtu(): string {
  const route = spawnSync('ip', ['-o', 'route', 'show', 'default'], {
    env: systemEnvironment(),
    encoding: 'utf8',
  })
  const device = /dev (\S+)/.exec(route.stdout ?? '')?.[1]
  const path = `/sys/class/net/${device}/mtu`
  return device && existsSync(path) ? readFileSync(path, 'utf8').trim() : '1500'
}

function systemEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
}
