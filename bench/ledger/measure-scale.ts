// `scale_post`, `scale_list`, `scale_as_of`: whether the ledger stays as fast when it is a thousand times as long. A short and a long ledger stand side by
// side in one cluster, each with its own nginx and services, and are measured in turns.
import type { Database } from '@fintwin/platform'
import { callUrl } from '@fintwin/testing'
import { median } from '../measure.ts'
import { type LedgerBench, saveFor, transferRequests } from './bench.ts'
import { addressOf, generateLoad } from './drive-load.ts'
import { fillLedger } from './fill-ledger.ts'
import { type Person, pick } from './people.ts'
import { type RequestParts, readRequests } from './request-file.ts'
import { type Cluster, type System, startSystem } from './start-system.ts'
import { isLasting, readSizes } from './watch-growth.ts'

/** So many people's ten accounts have all the entries: enough of each person's for a second page of a list in the short ledger, too. */
const peopleWithHistory = 100
const shortEntries = 10_000

export interface ScaleLedger {
  database: 'short_ledger' | 'long_ledger'
  entries: number
  admin: Database
}

/** Copies of the prepared database, made while nobody is connected to it. */
export async function copyForScale(cluster: Cluster, longEntries: number): Promise<ScaleLedger[]> {
  const maintenance = cluster.connect('postgres')
  const lengths = { short_ledger: shortEntries, long_ledger: longEntries } as const
  const ledgers: ScaleLedger[] = []
  for (const [database, entries] of Object.entries(lengths) as [ScaleLedger['database'], number][]) {
    await maintenance.unsafe(`create database ${database} template fintwin`)
    ledgers.push({ database, entries, admin: cluster.connect(database) })
  }
  return ledgers
}

/** Gives the copies their history. */
export async function fillForScale(
  ledgers: ScaleLedger[],
  people: Person[],
  note: (line: string) => void,
): Promise<void> {
  const withHistory = people.slice(0, peopleWithHistory)
  for (const { database, entries, admin } of ledgers) {
    await fillLedger(admin, withHistory, entries)
    const sizes = await readSizes(admin)
    const bytes = Object.keys(sizes)
      .filter(isLasting)
      .reduce((sum, table) => sum + (sizes[table] ?? 0), 0)
    note(
      `${database}: ${entries} entries of ${withHistory.length * 10} accounts, ${((bytes / entries) * 2).toFixed(0)} bytes on disk a posting`,
    )
  }
}

interface Side {
  system: System
  entries: number
  requestFile: string
}

/** Reports the median latency of each kind of request on both sides. `ends` gets what is to be ended. */
export async function measureScale(
  bench: LedgerBench,
  ledgers: ScaleLedger[],
  ends: (() => Promise<unknown>)[],
): Promise<void> {
  const systems: { system: System; ledger: ScaleLedger }[] = []
  for (const ledger of ledgers) {
    const system = await startSystem(bench.cluster, { database: ledger.database })
    ends.push(system.stop)
    systems.push({ system, ledger })
  }
  for (const { name, status, requests } of kinds) {
    if (!bench.wants(name)) continue
    const sides: Side[] = []
    for (const { system, ledger } of systems) {
      const parts = await requests(system, bench.people.slice(0, peopleWithHistory), ledger)
      const requestFile = await saveFor(bench, `${name}-${ledger.database}`, parts)
      sides.push({ system, entries: ledger.entries, requestFile })
    }
    await measureKind(bench, name, status, sides)
  }
}

async function measureKind(bench: LedgerBench, name: string, status: number, sides: Side[]): Promise<void> {
  const { pace, isQuick, note, report } = bench
  const latencies = sides.map((): number[] => [])
  // The first round only fills caches; a quick run leaves it out.
  const first = isQuick ? 1 : 0
  for (let round = first; round <= pace.rounds; round += 1) {
    for (const [index, { system, requestFile }] of sides.entries()) {
      const plan = { ...addressOf(system.url), requestFile, connections: 4, seconds: pace.scaleS, status }
      const { p50 } = await generateLoad(plan)
      if (round > 0) latencies[index]?.push(p50)
    }
  }
  const [short = Number.NaN, long = Number.NaN] = latencies.map(median)
  note(
    `${name}: p50 ${sides.map(({ entries }, index) => `${latencies[index]?.map((ms) => ms.toFixed(2)).join(', ')} ms at ${entries} entries`).join('; ')}`,
  )
  report({ name, unit: 'ms', ours: long, yardstick: short, ratio: short / long })
}

interface Kind {
  name: string
  status: number
  requests: (system: System, people: Person[], ledger: ScaleLedger) => Promise<RequestParts>
}

const kinds: Kind[] = [
  { name: 'scale_post', status: 201, requests: async (_system, people) => transferRequests(people) },
  { name: 'scale_list', status: 200, requests: secondPages },
  { name: 'scale_as_of', status: 200, requests: balancesAsOf },
]

/** The second page of each person's list, by the cursor that the first one announced. */
async function secondPages({ url }: System, people: Person[]): Promise<RequestParts> {
  const senders = await Promise.all(
    people.map(async ({ token }) => {
      const { headers } = await callUrl(`${url}/api/transactions?limit=25`, 'GET', { token })
      const path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
      if (!path) throw new Error('A list announced no second page.')
      return { token, path }
    }),
  )
  return readRequests(senders)
}

/** Balances at random instants between an account's first and newest entry. */
async function balancesAsOf(
  { url }: System,
  people: Person[],
  { admin }: ScaleLedger,
): Promise<RequestParts> {
  const [span] = await admin<{ first: Date; last: Date }[]>`
    select min(posted_at) as first, max(posted_at) as last from transaction.postings`
  if (!span) throw new Error('The ledger is empty.')
  const senders = Array.from({ length: 2_000 }, () => {
    const { token, accountIds } = pick(people)
    const instant = new Date(
      span.first.getTime() + Math.random() * (span.last.getTime() - span.first.getTime()),
    )
    return {
      token,
      path: `/api/transactions/account/${pick(accountIds)}/balance?as_of=${instant.toISOString()}`,
    }
  })
  const { token, path } = senders[0] as { token: string; path: string }
  const answer = await callUrl(`${url}${path}`, 'GET', { token })
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`)
  return readRequests(senders)
}
