// The yardstick: pgbench calling a minimal plpgsql transfer, in a database of its own of the same cluster. The best of 8, 16 and 32 clients.
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Database } from '@fintwin/platform'
import { tellCpuTime } from './cpu-time.ts'
import type { Cluster } from './start-system.ts'

export type Pattern = 'single' | 'hot'

/** How fast transfers went, and what one cost in ms of processor time. */
export interface Speed {
  perSecond: number
  msEach: number
}

export interface Yardstick {
  /** The best of the numbers of clients; `told` says what each reached. Neither time counts signing in. */
  measure(pattern: Pattern, seconds: number): Promise<Speed & { told: string }>
  /** @throws when the yardstick's own books do not balance: then it did not do the work. */
  check(): Promise<void>
}

/** Of the database, of the role that owns it, and of its schema. */
const name = 'yardstick'
const clientCounts = [8, 16, 32]
/** Of fewer transfers, what starting and signing in costs is most of the processor time. */
const fewestToTell = 1_500

export async function openYardstick(cluster: Cluster): Promise<Yardstick> {
  const pgbench = findPgbench()
  const admin = cluster.connect('postgres')
  // Few iterations make signing in cheap, so that it takes nothing of a short run; a transfer costs the same.
  await admin.begin(async (tx) => {
    await tx`set local scram_iterations = 1`
    await tx.unsafe(`create role ${name} login password '${cluster.password}'`)
  })
  await admin.unsafe(`create database ${name} owner ${name}`)
  const own = cluster.connect(name, { role: name })
  await own.unsafe(`create schema ${name}`)
  await own.unsafe(readFileSync(join(import.meta.dirname, 'yardstick.sql'), 'utf8'))
  await own.unsafe('vacuum (analyze) accounts')
  const signInMs = new Map<number, number>()
  return {
    async measure(pattern, seconds) {
      const runs: Speed[] = []
      const told: string[] = []
      for (const clients of clientCounts) {
        const spent = (limit: Limit) =>
          tellCpuTime(
            () => runPgbench(pgbench, cluster, { pattern, clients, ...limit }),
            ({ transfers }) => transfers,
          )
        if (!signInMs.has(clients)) signInMs.set(clients, (await spent({ transactions: 1 })).msEach * clients)
        const { result, msEach, told: shares } = await spent({ seconds })
        const { transfers, perSecond } = result
        const ownMs =
          transfers < fewestToTell
            ? Number.NaN
            : (msEach * transfers - (signInMs.get(clients) ?? 0)) / (transfers - clients)
        runs.push({ perSecond, msEach: ownMs })
        told.push(`${clients} clients ${perSecond.toFixed(0)}/s, ${ownMs.toFixed(3)} ms each (${shares})`)
      }
      const best = runs.reduce((a, b) => (b.perSecond > a.perSecond ? b : a))
      return { ...best, told: told.join('\n        ') }
    },
    check: () => checkBooks(own),
  }
}

type Limit = { seconds: number } | { transactions: number }
type Run = Limit & { pattern: Pattern; clients: number }

/** Over the Unix socket, which costs the yardstick less than TCP. */
async function runPgbench(
  pgbench: string,
  cluster: Cluster,
  { pattern, clients, ...limit }: Run,
): Promise<{ perSecond: number; transfers: number }> {
  const { socketFolder, port, password } = cluster
  const options = {
    '--host': socketFolder,
    '--port': port,
    '--username': name,
    '--client': clients,
    '--jobs': 2,
    ...('seconds' in limit ? { '--time': limit.seconds } : { '--transactions': limit.transactions }),
    '--protocol': 'prepared',
    '--file': join(import.meta.dirname, `yardstick-${pattern}.pgbench`),
  }
  const { stdout, stderr } = await promisify(execFile)(
    pgbench,
    [...Object.entries(options).flatMap(([name, value]) => [name, String(value)]), '--no-vacuum', name],
    { env: { ...process.env, PGPASSWORD: password } },
  )
  const rate = /^tps = ([\d.]+) \(without/m.exec(stdout)?.[1]
  const transfers = Number(/actually processed: (\d+)/.exec(stdout)?.[1])
  // Signing in counts into pgbench's time; on a machine that others use, too, it may take all of it.
  if (transfers === 0 && 'seconds' in limit && limit.seconds < 30)
    return runPgbench(pgbench, cluster, { pattern, seconds: limit.seconds * 2, clients })
  if (!rate || !/failed transactions: 0 /.test(stdout))
    throw new Error(`pgbench did not end well: ${stdout}${stderr}`)
  return { perSecond: Number(rate), transfers }
}

/** On the PATH, or where Debian keeps it. */
function findPgbench(): string {
  const onPath = spawnSync('sh', ['-c', 'command -v pgbench'], { encoding: 'utf8' }).stdout.trim()
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim()
  const versions = ['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)
  const found = [onPath, config && join(config, 'pgbench'), ...versions].find(
    (path) => path && existsSync(path),
  )
  if (!found)
    throw new Error('pgbench is not installed: the yardstick needs it (Debian: postgresql-contrib).')
  return found
}

async function checkBooks(own: Database): Promise<void> {
  const [books] = await own<{ total: bigint; sum: bigint; transfers: bigint; entries: bigint }[]>`
    select (select sum(balance)::bigint from accounts) as total, (select coalesce(sum(amount), 0)::bigint from entries) as sum,
      (select count(*) from transfers) as transfers, (select count(*) from entries) as entries`
  if (books?.total !== 10_000_000_000n || books.sum !== 0n || books.entries !== books.transfers * 2n)
    throw new Error('The yardstick’s own books do not balance.')
}
