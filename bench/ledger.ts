// Suite `ledger`: posting and reading through nginx and HTTP beside pgbench on the same PostgreSQL, in one run. docs/performance.md explains the figures.
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { connectDatabase, type Database, readSecret } from '@fintwin/platform'
import { auditLedger } from '../apps/operator/src/audit-ledger.ts'
import { fullPace, type LedgerBench, quickPace } from './ledger/bench.ts'
import { loadGenerator } from './ledger/drive-load.ts'
import { measureReads } from './ledger/measure-reads.ts'
import { copyForScale, fillForScale, measureScale } from './ledger/measure-scale.ts'
import { measureHot, measurePace, measureTransfers } from './ledger/measure-transfers.ts'
import { fundPeople, openPeople, type Person, registerPeople } from './ledger/people.ts'
import { type Cluster, databaseUrl, type System, startCluster, startSystem } from './ledger/start-system.ts'
import { openYardstick } from './ledger/yardstick.ts'
import { raiseLimits } from './raised-limits.ts'
import type { SuiteOptions } from './run.ts'

type Ends = (() => Promise<unknown>)[]

export async function runLedgerSuite(options: SuiteOptions): Promise<void> {
  const ends: Ends = []
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      for (const end of ends.splice(0).toReversed()) await end()
    })()
    return stopping
  }
  const interrupt = (): void => void stop().then(() => process.exit(130))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    await measureLedger(options, ends)
  } finally {
    process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt)
    await stop()
  }
}

async function measureLedger(options: SuiteOptions, ends: Ends): Promise<void> {
  const { isQuick, report, cpuProfileFolder } = options
  const startedMs = performance.now()
  const note = (line: string): void =>
    options.note(`${((performance.now() - startedMs) / 1000).toFixed(0).padStart(4)} s  ${line}`)
  const wants = choose(options.only)
  const pace = isQuick ? quickPace : fullPace
  raiseLimits(note)
  const cluster = await startCluster(ends)
  const opened = await openLedger(cluster, note)
  const ledgers = wants(...scaleFigures) ? await copyForScale(cluster, pace.longEntries) : []
  // Nothing is measured while anything else is going on.
  const [{ system, people }] = await Promise.all([
    startWithPeople(cluster, opened, cpuProfileFolder, ends),
    fillForScale(ledgers, opened, note),
  ])
  const admin = cluster.connect()
  // What autovacuum would do within a minute.
  await admin.unsafe('vacuum (analyze)')
  note(`${people.length} people with ${people.length * 10} accounts, each funded.`)
  const yardstick = await openYardstick(cluster)
  const bench: LedgerBench = { pace, isQuick, cluster, admin, system, people, yardstick, report, note, wants }
  const broken = system.broken.then((sentence) => {
    throw new Error(sentence)
  })
  await Promise.race([measureSpeed(bench), broken])
  await system.stop()
  await yardstick.check()
  await requireCleanLedger(cluster, 'fintwin', note)
  if (ledgers.length > 0) await measureScale(bench, ledgers, ends)
  for (const { database } of ledgers) await requireCleanLedger(cluster, database, note)
  if (isQuick && ledgers.length > 0)
    note(
      `--quick: the long ledger has ${pace.longEntries} entries, not ${fullPace.longEntries}; one short round of everything.`,
    )
}

async function startWithPeople(
  cluster: Cluster,
  opened: Person[],
  cpuProfileFolder: string | undefined,
  ends: Ends,
): Promise<{ system: System; people: Person[] }> {
  const system = await startSystem(cluster, { database: 'fintwin', cpuProfileFolder })
  ends.push(system.stop)
  const people = await registerPeople(system.url, opened)
  await fundPeople(system.url, people)
  return { system, people }
}

const transferFigures = ['single', 'single_keyed', 'batch', 'batch_atomic', 'p99', 'bytes']
const scaleFigures = ['scale_post', 'scale_list', 'scale_as_of']

async function measureSpeed(bench: LedgerBench): Promise<void> {
  if (bench.wants(...transferFigures)) {
    const reached = await measureTransfers(bench)
    if (bench.wants('p99')) await measurePace(bench, reached)
  }
  if (bench.wants('hot')) await measureHot(bench)
  await measureReads(bench)
}

/** `--only single,scale`: a figure by its name, or by what it begins with. */
function choose(only: readonly string[]): LedgerBench['wants'] {
  return (...names) =>
    only.length === 0 ||
    names.some((name) => only.some((part) => name === part || name.startsWith(`${part}_`)))
}

async function openLedger(cluster: Cluster, note: (line: string) => void): Promise<Person[]> {
  const admin = cluster.connect()
  await tellMachine(admin, note)
  const opened = await openPeople(admin, cluster.secretsRoot)
  // A database is copied only while nobody is connected to it.
  await admin.end()
  return opened
}

/** What the figures depend on, as the server itself says it. */
async function tellMachine(admin: Database, note: (line: string) => void): Promise<void> {
  const names = [
    'server_version',
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'wal_sync_method',
    'shared_buffers',
    'max_wal_size',
  ]
  const rows = await admin<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from unnest(${names}::text[]) name`
  const settings = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  const overridden = await admin`
    select from pg_db_role_setting where array_to_string(setconfig, ',') ~ 'fsync|synchronous_commit'
    union all select from pg_proc where array_to_string(proconfig, ',') ~ 'fsync|synchronous_commit'`
  if (settings.fsync !== 'on' || settings.synchronous_commit !== 'on' || overridden.length > 0)
    throw new Error('The ledger is measured with fsync and synchronous_commit on, for everyone.')
  note(`PostgreSQL: ${rows.map(({ name, value }) => `${name} ${value}`).join(', ')}`)
  const [load] = loadavg()
  note(
    `Machine: ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), load average before ${load?.toFixed(2)}. Load generator on the same cores: ${loadGenerator}.`,
  )
  note(
    'Processes: nginx, the account and the transaction service. The consumers of events (risk, notification, …) are not part of this measure; their events are written.',
  )
}

/** @throws with the first row that does not agree. */
async function requireCleanLedger(
  cluster: Cluster,
  database: string,
  note: (line: string) => void,
): Promise<void> {
  const password = await readSecret(join(cluster.secretsRoot, 'operator'), 'audit-password')
  const url = databaseUrl(cluster, database)
  const auditor = connectDatabase({ url, role: 'fintwin_audit', password, max: 1 })
  try {
    const { findings, entries, accounts } = await auditLedger(auditor)
    const [first] = findings
    if (first) throw new Error(`The audit of ${database} is not clean: ${first.check}: ${inspect(first.row)}`)
    note(`Audit of ${database}: ${entries} entries of ${accounts} accounts, clean.`)
  } finally {
    await auditor.end()
  }
}
