// The yardstick: pgbench calling a minimal plpgsql transfer, in a database of its own of the same cluster. The best of 8, 16 and 32 clients.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Database } from '@fintwin/platform'
import { compareSeconds, readSeconds, type Seconds } from './cpu-time.ts'
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
  return {
    async measure(pattern, seconds) {
      const runs: Speed[] = []
      const told: string[] = []
      for (const clients of clientCounts) {
        const { told: shares, ...speed } = await runPgbench(pgbench, cluster, { pattern, clients, seconds })
        runs.push(speed)
        told.push(`${clients} clients ${speed.perSecond.toFixed(0)}/s (${shares})`)
      }
      const best = runs.reduce((a, b) => (b.perSecond > a.perSecond ? b : a))
      return { ...best, told: told.join('\n        ') }
    },
    check: () => checkBooks(own),
  }
}

interface Run {
  pattern: Pattern
  clients: number
  seconds: number
}

/**
 * Over the Unix socket, which costs the yardstick less than TCP. Signing in and the first second, in which each connection's process fills its
 * caches, do not count.
 */
async function runPgbench(
  pgbench: string,
  cluster: Cluster,
  { pattern, clients, seconds }: Run,
): Promise<Speed & { told: string }> {
  const { socketFolder, port, password } = cluster
  const options = {
    '--host': socketFolder,
    '--port': port,
    '--username': name,
    '--client': clients,
    '--jobs': 2,
    '--time': warmUpS + seconds,
    '--progress': 1,
    '--protocol': 'prepared',
    '--file': join(import.meta.dirname, `yardstick-${pattern}.pgbench`),
  }
  const child = spawn(
    pgbench,
    [...Object.entries(options).flatMap(([name, value]) => [name, String(value)]), '--no-vacuum', name],
    { env: { ...process.env, PGPASSWORD: password }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(child, 'close')
  const [progress, output] = await Promise.all([readProgress(child.stderr), text(child.stdout)])
  const [code] = await ended
  if (code !== 0 || !/failed transactions: 0 /.test(output))
    throw new Error(`pgbench did not end well: ${output}${progress.other}`)
  const { seconds: measuredS, transfers, before, after } = progress
  // On a machine that others use, too, signing in may take all of the time.
  if (transfers === 0 && seconds < 30)
    return runPgbench(pgbench, cluster, { pattern, clients, seconds: seconds * 2 })
  return { perSecond: transfers / measuredS, ...compareSeconds(before, after, transfers) }
}

/** Seconds at the beginning of each run that do not count. */
const warmUpS = 1

interface Progress {
  /** Since the warm-up. */
  seconds: number
  transfers: number
  /** Processor time when the warm-up was over, and at the last line. */
  before: Seconds
  after: Seconds
  /** Lines that tell of no progress. */
  other: string
}

/** Reads lines like `progress: 2.0 s, 2120.0 tps, lat …`, each of the time since the one before. */
async function readProgress(lines: Readable): Promise<Progress> {
  const progress: Progress = { seconds: 0, transfers: 0, before: {}, after: {}, other: '' }
  let last: number | undefined
  for await (const line of createInterface({ input: lines })) {
    const [, at, perSecond] = /^progress: ([\d.]+) s, ([\d.]+) tps/.exec(line) ?? []
    if (at === undefined) progress.other += `${line}\n`
    else if (last !== undefined) {
      progress.transfers += Number(perSecond) * (Number(at) - last)
      progress.seconds += Number(at) - last
      progress.after = readSeconds()
      last = Number(at)
    } else if (Number(at) >= warmUpS) {
      progress.before = readSeconds()
      last = Number(at)
    }
  }
  return progress
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
