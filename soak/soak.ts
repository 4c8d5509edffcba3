// One run: everything is started, worked on and killed again and again, and what must be true is looked at meanwhile and at the end.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type ProcessSystem, startProcessSystem } from '@fintwin/testing'
import { type Book, createBook, percentile, Violation } from './book.ts'
import { type Chaos, startChaos } from './chaos.ts'
import { runClient } from './client.ts'
import { openPeople, type Person } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { checkAtTheEnd, checkMeanwhile } from './verify.ts'

export interface SoakOptions {
  seconds: number
  kills: number
  seed: number
  say: (line: string) => void
}

const peopleCount = 12
/** Requests that one person has under way at the same time. */
const clientsEach = 2

/** @throws Violation, the first one that is seen */
export async function runSoak(options: SoakOptions): Promise<void> {
  const { seconds, kills, seed, say } = options
  say(
    `Seed ${seed}: ${seconds} s, ${kills} kills, ${peopleCount * clientsEach} clients of ${peopleCount} people.`,
  )
  const system = await startProcessSystem({
    services: ['account', 'transaction', 'risk', 'notification'],
    withRedis: true,
    // Sealing is at work all the time, so that kills meet it.
    environment: { ACCESS_TOKEN_TTL: '24h', SEAL_EVERY: '1s' },
  })
  let left: string[] = []
  try {
    await work(system, options)
  } finally {
    left = await system.stop()
  }
  if (left.length > 0) throw new Violation(`Processes outlived the run: ${left.join('; ')}`)
}

async function work(system: ProcessSystem, { seconds, kills, seed, say }: SoakOptions): Promise<void> {
  const random = createRandom(seed)
  const book = createBook(`soak-${seed}`)
  const people = await openPeople(system, book, peopleCount)
  say(`PostgreSQL, ${system.redis ? 'Redis' : 'no Redis'} and four services are up.`)
  const startedMs = performance.now()
  let isOver = false
  const chaos = startChaos(system, random.fork('chaos'), { kills, seconds })
  const clients = startClients(system, random, book, people, () => isOver)
  const watch = watchOver(system, book, () => isOver)
  const told = tellProgress({ book, chaos, watch, startedMs, say })
  try {
    await Promise.race([Promise.all([chaos.done, sleep(seconds * 1000)]), clients, watch.failed])
    isOver = true
    await bringBack(system)
    await Promise.race([clients, watch.failed])
  } finally {
    isOver = true
    clearInterval(told)
    await watch.done
  }
  await checkAtTheEnd(system, book, people)
  await requireAuditCommand(system)
  requireNoSurprise(system)
  summarize({ book, chaos, watch, startedMs, say })
}

function startClients(
  system: ProcessSystem,
  random: Random,
  book: Book,
  people: readonly Person[],
  isOver: () => boolean,
): Promise<unknown> {
  const load = {
    transactionUrl: system.service('transaction').url,
    runName: book.name,
    isOver,
  }
  return Promise.all(
    people.flatMap((person, index) =>
      Array.from({ length: clientsEach }, (_, client) =>
        runClient({ random: random.fork(`client ${index} ${client}`), person, people, book }, load),
      ),
    ),
  )
}

interface Watch {
  audits: number
  /** Rejects with the first violation. */
  failed: Promise<never>
  done: Promise<void>
}

/** Looks every few seconds, kills or not. */
function watchOver(system: ProcessSystem, book: Book, isOver: () => boolean): Watch {
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const watch: Watch = { audits: 0, failed, done: Promise.resolve() }
  watch.done = (async () => {
    while (!isOver()) {
      await sleep(4_000)
      if (await checkMeanwhile(system, book)) watch.audits += 1
      requireNoSurprise(system)
    }
  })().catch(fail)
  return watch
}

/** A service may die of a kill and of nothing else. */
function requireNoSurprise(system: ProcessSystem): void {
  const [surprise] = system.services.flatMap(({ surprises }) => surprises)
  if (surprise) throw new Violation(surprise)
}

async function bringBack(system: ProcessSystem): Promise<void> {
  await system.database.ready()
  for (const service of system.services) service.start()
  await Promise.all(system.services.map((service) => service.ready()))
}

/** The operator's own command says the same. */
async function requireAuditCommand({ database }: ProcessSystem): Promise<void> {
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    FINTWIN_SECRETS_DIR: join(database.secretsRoot, 'operator'),
  }
  const audit = join(import.meta.dirname, '../apps/operator/src/audit.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [audit], { env }).catch((error) => {
    throw new Violation(`npm run audit ended with ${error.code}: ${error.stdout}${error.stderr}`)
  })
  if (!stdout.trim().endsWith('clean.')) throw new Violation(`npm run audit said: ${stdout}`)
}

interface Telling {
  book: Book
  chaos: Chaos
  watch: Watch
  startedMs: number
  say: (line: string) => void
}

const tellProgress = (telling: Telling): NodeJS.Timeout =>
  setInterval(() => telling.say(describe(telling)), 10_000)

function describe({ book, chaos, watch, startedMs }: Telling): string {
  const { acknowledged, refused, cutOff, repeated } = book.counts
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0)
  return `${seconds.padStart(5)} s  ${acknowledged} acknowledged, ${refused} refused, ${cutOff} cut off, ${repeated} repeated; ${chaos.kills.length} kills; ${watch.audits} audits`
}

function summarize(telling: Telling): void {
  const { book, say } = telling
  const { retried, lost } = book.counts
  const ms = (share: number): string => `${percentile(book.latenciesMs, share).toFixed(0)} ms`
  say(describe(telling))
  say(`Kills, and the median time until something was acknowledged again: ${tellKills(telling)}.`)
  say(
    `Sent again after a cut-off: ${retried}, all answered. Cut off without a key: ${lost}, each posted once or not at all.`,
  )
  say(`Acknowledged at the first try: p50 ${ms(0.5)}, p99 ${ms(0.99)}, kills included.`)
  say(
    'Everything acknowledged is there once, balances are the sum of it, every event had its effect once, npm run audit is clean.',
  )
}

/** Each kind, how often, and how long it took until something was acknowledged again. */
function tellKills({ book, chaos }: Telling): string {
  const backAfterMs = (atMs: number): number =>
    (book.acknowledgedAtMs.find((ms) => ms > atMs + answeredAlreadyMs) ?? Number.NaN) - atMs
  return [...Map.groupBy(chaos.kills, ({ kill }) => kill)]
    .map(([kill, { length }], index, all) => {
      const times = (all[index]?.[1] ?? []).map(({ atMs }) => backAfterMs(atMs))
      return `${length} × ${kill} (${(percentile(times, 0.5) / 1000).toFixed(1)} s)`
    })
    .join(', ')
}

/** What is acknowledged so soon after a kill had been done before. */
const answeredAlreadyMs = 100
