// What the ledger suite's measures share: the running system, its people, how long to measure, and where figures go.
import type { Database } from '@fintwin/platform'
import type { Report } from '../run.ts'
import { requestFileIn } from './drive-load.ts'
import type { Person } from './people.ts'
import { type RequestParts, writeRequests } from './request-file.ts'
import type { Cluster, System } from './start-system.ts'
import type { Yardstick } from './yardstick.ts'

/** How long each part runs (`…S` in seconds), and how often ours and the yardstick take turns. */
export interface Pace {
  rounds: number
  warmUpRequests: number
  loadS: number
  yardstickS: number
  readS: number
  openS: number
  batches: number
  scaleS: number
  /** Entries of the long ledger of `scale_…`. */
  longEntries: number
}

export const fullPace: Pace = {
  rounds: 3,
  warmUpRequests: 15_000,
  loadS: 8,
  yardstickS: 3,
  readS: 3,
  openS: 8,
  batches: 16,
  scaleS: 3,
  longEntries: 10_000_000,
}

export const quickPace: Pace = {
  rounds: 1,
  warmUpRequests: 3_000,
  loadS: 2,
  yardstickS: 1,
  readS: 1,
  openS: 2,
  batches: 4,
  scaleS: 0.7,
  longEntries: 200_000,
}

export interface LedgerBench {
  pace: Pace
  isQuick: boolean
  cluster: Cluster
  /** As the superuser. */
  admin: Database
  system: System
  people: Person[]
  yardstick: Yardstick
  report: Report
  note: (line: string) => void
  wants: (...names: string[]) => boolean
}

export const connections = 128

export const saveFor = ({ cluster }: LedgerBench, name: string, parts: RequestParts): Promise<string> =>
  requestFileIn(cluster.folder, name, parts)

/** Transfers of one rupee from any account of any user to one of these, or to any other account. */
export function transferRequests(
  people: Person[],
  targets?: string[],
  path = '/api/transactions',
): RequestParts {
  const senders = people.flatMap(({ token, accountIds }) => accountIds.map((id) => ({ token, id })))
  const bodies = senders
    .filter(({ id }) => !targets?.includes(id))
    .map(({ token, id }) => ({
      token,
      path,
      body: `{"type":"transfer","account_id":"${id}","amount":1,"to_account":"`,
    }))
  return writeRequests(
    bodies,
    (targets ?? senders.map(({ id }) => id)).map((id) => `${id}"}`),
  )
}

export async function countPostings(admin: Database): Promise<number> {
  const [row] = await admin<{ postings: bigint }[]>`select count(*) as postings from transaction.postings`
  return Number(row?.postings)
}

/**
 * Runs a load and compares: each posting was answered and each answer is of a posting, but for the requests that were under way when the time
 * was over, at most `underWay`.
 * @throws when they differ.
 */
export async function comparePostings<T>(
  admin: Database,
  run: () => Promise<T>,
  transfersOf: (result: T) => number,
  underWay: number,
): Promise<T> {
  const before = await countPostings(admin)
  const result = await run()
  const postings = (await settle(() => countPostings(admin))) - before
  const answered = transfersOf(result)
  if (postings < answered || postings > answered + underWay)
    throw new Error(`${answered} transfers were answered with 201, but ${postings} are in the ledger.`)
  return result
}

/** The value once it has stopped moving, at the latest after 20 s. */
export async function settle(read: () => Promise<number>, everyMs = 300): Promise<number> {
  let last = await read()
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += everyMs) {
    await new Promise((resolve) => setTimeout(resolve, everyMs))
    const now = await read()
    if (now === last) return now
    last = now
  }
  return last
}
