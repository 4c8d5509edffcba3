// `single`, `batch`, `hot`, `p99` and `bytes`: transfers through HTTP beside pgbench's calls of one function each.
import { median } from '../measure.ts'
import { comparePostings, connections, type LedgerBench, saveFor, transferRequests } from './bench.ts'
import { type Measured, tellCpuTime } from './cpu-time.ts'
import { addressOf, driveClosed, generateLoad } from './drive-load.ts'
import type { LoadResult } from './generate-load.ts'
import { type Person, pick } from './people.ts'
import { writeRequests } from './request-file.ts'
import { type Growth, isLasting, watchGrowth } from './watch-growth.ts'
import type { Speed } from './yardstick.ts'

const perSecond = ({ answered, seconds }: LoadResult): number => answered / seconds

/** Transfers between any accounts, and batches of them. Gives the rate that single transfers reached. */
export async function measureTransfers(bench: LedgerBench): Promise<number> {
  const { pace, wants, yardstick, note } = bench
  const requestFile = await saveFor(bench, 'transfers', transferRequests(bench.people))
  await warmUp(bench, requestFile, pace.warmUpRequests)
  const batches = wants('batch', 'batch_atomic') ? await prepareBatches(bench) : undefined
  const growth = wants('bytes') ? watchGrowth(bench.admin) : undefined
  const speeds: Record<string, Speed[]> = {}
  const keep = (name: string, speed: Speed): void => {
    speeds[name] = [...(speeds[name] ?? []), speed]
  }
  const single = (round: number) => tellTransfers(bench, requestFile, `single, round ${round + 1}`)
  for (let round = 0; round < pace.rounds; round += 1) {
    if (wants('single', 'single_keyed', 'batch', 'batch_atomic')) {
      const speed = await afterCheckpoint(bench, () => yardstick.measure('single', pace.yardstickS))
      note(`yardstick, round ${round + 1}: ${speed.told}`)
      keep('yardstick', speed)
    }
    if (wants('single', 'p99', 'bytes'))
      keep('single', await (growth?.during(() => single(round)) ?? single(round)))
    if (wants('single_keyed') && !bench.isQuick)
      keep('single_keyed', await tellTransfers(bench, requestFile, 'single_keyed', `bench-${round}`))
    if (batches) for (const [name, speed] of Object.entries(await batches.measure())) keep(name, speed)
  }
  const { yardstick: reference = [], ...ours } = speeds
  for (const [name, values] of Object.entries(ours))
    if (wants(name)) reportSpeed(bench, name, values, reference)
  if (growth) reportBytes(bench, growth.read())
  return median((ours.single ?? []).map((speed) => speed.perSecond))
}

/** Every transfer goes to one account. */
export async function measureHot(bench: LedgerBench): Promise<void> {
  const { people, pace, yardstick, note } = bench
  const target = people[0]?.accountIds[0] as string
  const requestFile = await saveFor(bench, 'hot', transferRequests(people, [target]))
  await warmUp(bench, requestFile, pace.warmUpRequests / 3)
  const ours: Speed[] = []
  const reference: Speed[] = []
  for (let round = 0; round < pace.rounds; round += 1) {
    const speed = await afterCheckpoint(bench, () => yardstick.measure('hot', pace.yardstickS))
    note(`yardstick on one account, round ${round + 1}: ${speed.told}`)
    reference.push(speed)
    ours.push(await tellTransfers(bench, requestFile, `hot, round ${round + 1}`))
  }
  reportSpeed(bench, 'hot', ours, reference)
}

function reportSpeed({ note, report }: LedgerBench, name: string, ours: Speed[], reference: Speed[]): void {
  const middle = (speeds: Speed[], of: keyof Speed): number => median(speeds.map((speed) => speed[of]))
  const [cost, costOfYardstick] = [middle(ours, 'msEach'), middle(reference, 'msEach')]
  if (Number.isFinite(costOfYardstick / cost))
    note(
      `${name} by processor time, which tells more where others use the machine, too: ours ${cost.toFixed(3)} ms each, yardstick ${costOfYardstick.toFixed(3)}, ratio ${(costOfYardstick / cost).toFixed(2)}`,
    )
  const [speed, yardstick] = [middle(ours, 'perSecond'), middle(reference, 'perSecond')]
  report({ name, unit: 'transfers/s', ours: speed, yardstick, ratio: speed / yardstick })
}

/** Latency at half of the rate that was reached, counted from the moment each request was meant to be sent. */
export async function measurePace(bench: LedgerBench, reachedPerSecond: number): Promise<void> {
  const { pace, note, report, system, admin } = bench
  const requestFile = await saveFor(bench, 'paced', transferRequests(bench.people))
  const plan = {
    ...addressOf(system.url),
    requestFile,
    connections,
    status: 201,
    perSecond: reachedPerSecond / 2,
  }
  const values: number[] = []
  for (let round = 0; round < pace.rounds; round += 1) {
    const result = await comparePostings(
      admin,
      () => generateLoad({ ...plan, seconds: pace.openS }),
      ({ answered }) => answered,
      0,
    )
    note(`p99, round ${round + 1}: at ${perSecond(result).toFixed(0)}/s ${tellLatency(result)}`)
    values.push(result.p99)
  }
  const ours = median(values)
  report({ name: 'p99', unit: 'ms', ours, yardstick: 25, ratio: 25 / ours })
}

const tellLatency = ({ p50, p90, p99, max }: LoadResult): string =>
  `p50 ${p50.toFixed(1)}, p90 ${p90.toFixed(1)}, p99 ${p99.toFixed(1)}, at most ${max.toFixed(1)} ms`

/** Each answer is a posting, and each posting was answered: here nothing is under way at the end. */
async function warmUp({ admin, system }: LedgerBench, requestFile: string, count: number): Promise<void> {
  const plan = { ...addressOf(system.url), requestFile, connections, count, status: 201 }
  await comparePostings(
    admin,
    () => generateLoad(plan),
    ({ answered }) => answered,
    0,
  )
}

async function driveTransfers(
  { admin, system }: LedgerBench,
  requestFile: string,
  seconds: number,
  keyPrefix?: string,
): Promise<Measured<LoadResult>> {
  const load = {
    url: system.url,
    requestFile,
    connections,
    seconds: Math.ceil(seconds),
    status: 201,
    keyPrefix,
  }
  return comparePostings(
    admin,
    () =>
      tellCpuTime(
        () => driveClosed(load),
        ({ answered }) => answered,
      ),
    ({ result }) => result.answered,
    connections,
  )
}

async function tellTransfers(
  bench: LedgerBench,
  requestFile: string,
  name: string,
  keyPrefix?: string,
): Promise<Speed> {
  const { result, told, msEach } = await afterCheckpoint(bench, () =>
    driveTransfers(bench, requestFile, bench.pace.loadS, keyPrefix),
  )
  bench.note(
    `${name}: ${perSecond(result).toFixed(0)}/s, ${tellLatency(result)}\n        processor time: ${told}`,
  )
  return { perSecond: perSecond(result), msEach }
}

/** Ours and the yardstick begin alike: nothing of what the other wrote is still to be written back. */
async function afterCheckpoint<T>({ admin }: LedgerBench, run: () => Promise<T>): Promise<T> {
  await admin.unsafe('checkpoint')
  return run()
}

const batchSize = 5_000

/** Batches of several users at once; how many at once is tried first. */
async function prepareBatches(bench: LedgerBench) {
  const { pace, people, isQuick, wants } = bench
  const files: Record<string, string> = {}
  if (wants('batch')) files.batch = await saveFor(bench, 'batch', batchRequests(people, 'independent'))
  if (wants('batch_atomic') && !isQuick)
    files.batch_atomic = await saveFor(bench, 'batch_atomic', batchRequests(people, 'atomic'))
  const [trialFile = ''] = Object.values(files)
  const atOnce = isQuick ? 4 : await tryBatches(bench, trialFile)
  return {
    measure: async (): Promise<Record<string, Speed>> => {
      const speeds: Record<string, Speed> = {}
      for (const [name, file] of Object.entries(files)) {
        const drive = () => driveBatches(bench, file, atOnce, pace.batches)
        const { told, ...speed } = await afterCheckpoint(bench, drive)
        speeds[name] = speed
        bench.note(
          `${name}: ${speed.perSecond.toFixed(0)} transfers/s, ${batchSize} a request, ${atOnce} requests at once\n        processor time: ${told}`,
        )
      }
      return speeds
    },
  }
}

/** How many batches at once are the fastest. */
async function tryBatches(bench: LedgerBench, requestFile: string): Promise<number> {
  let best = { atOnce: 0, perSecond: 0 }
  const told: string[] = []
  await driveBatches(bench, requestFile, 2, 2)
  for (const atOnce of [2, 4, 8]) {
    const { perSecond } = await driveBatches(bench, requestFile, atOnce, 16)
    told.push(`${atOnce}: ${perSecond.toFixed(0)}/s`)
    if (perSecond > best.perSecond) best = { atOnce, perSecond }
  }
  bench.note(`batches at once, tried: ${told.join(', ')}`)
  return best.atOnce
}

/** Each of a batch's results is looked at: an `independent` batch is answered with 201 whatever became of its parts. */
async function driveBatches(
  { admin, system }: LedgerBench,
  requestFile: string,
  atOnce: number,
  count: number,
): Promise<Speed & { told: string }> {
  const plan = { ...addressOf(system.url), requestFile, connections: atOnce, count, status: 201 }
  const transfers = count * batchSize
  const { result, told, msEach } = await comparePostings(
    admin,
    () =>
      tellCpuTime(
        () => generateLoad({ ...plan, countedText: '"status":201' }),
        () => transfers,
      ),
    ({ result: { counted = 0 } }) => counted,
    0,
  )
  if (result.counted !== transfers)
    throw new Error(`Of ${transfers} transfers in batches ${result.counted} were posted.`)
  return { perSecond: transfers / result.seconds, msEach, told }
}

function batchRequests(people: Person[], mode: string) {
  const accountIds = people.flatMap((person) => person.accountIds)
  const senders = people.slice(0, 16).map(({ token, accountIds: own }) => {
    const transfers = Array.from({ length: batchSize }, () => {
      const source = pick(own)
      let target = pick(accountIds)
      while (target === source) target = pick(accountIds)
      return { type: 'transfer', account_id: source, amount: 1, to_account: target }
    })
    return { token, path: '/api/transactions/batch', body: JSON.stringify({ mode, transactions: transfers }) }
  })
  return writeRequests(senders, [''])
}

function reportBytes({ note, report }: LedgerBench, { transfers, bytesByTable }: Growth): void {
  const lasting = Object.entries(bytesByTable).filter(([table]) => isLasting(table))
  const ours = lasting.reduce((sum, [, bytes]) => sum + bytes, 0) / transfers
  const told = Object.entries(bytesByTable)
    .filter(([, bytes]) => bytes > 0)
    .map(
      ([table, bytes]) =>
        `${table} ${(bytes / transfers).toFixed(0)}${isLasting(table) ? '' : ' (not counted)'}`,
    )
  note(
    `bytes: over ${transfers} transfers, indexes included: ${told.join(', ')}. Accounts, idempotency keys and the events' outbox do not stay or do not grow with transfers.`,
  )
  report({ name: 'bytes', unit: 'bytes/transfer', ours, yardstick: 400, ratio: 400 / ours })
}
