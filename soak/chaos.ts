// What is killed, and when: planned from the seed, so that each kind has its turn.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServiceName } from '@fintwin/contracts'
import type { ProcessSystem } from '@fintwin/testing'
import type { Random } from './random.ts'

/** `database`: the server with all its processes. `backend`: one of them, upon which the server ends the others. `both`: server and service. */
export type Kill = ServiceName | 'database' | 'backend' | 'both' | 'redis'

export interface Chaos {
  /** What was killed so far, and when, by `performance.now()`. */
  kills: { kill: Kill; atMs: number }[]
  /** Resolves when all that was planned is done. */
  done: Promise<void>
}

/** Of twenty kills, so many of each kind. */
const mixture: Kill[] = [
  ...Array<Kill>(5).fill('transaction'),
  ...Array<Kill>(4).fill('database'),
  ...Array<Kill>(3).fill('backend'),
  ...Array<Kill>(2).fill('redis'),
  ...Array<Kill>(2).fill('notification'),
  ...Array<Kill>(2).fill('both'),
  'risk',
  'account',
]

export function startChaos(
  system: ProcessSystem,
  random: Random,
  { kills: count, seconds }: { kills: number; seconds: number },
): Chaos {
  const kills: Chaos['kills'] = []
  const plan = planKills(random, count, system.redis !== undefined)
  const run = async (): Promise<void> => {
    const startedMs = performance.now()
    for (const [index, kill] of plan.entries()) {
      const atMs = ((index + random.below(1000) / 1000) / count) * seconds * 1000
      await sleep(Math.max(0, startedMs + atMs - performance.now()))
      if (random.chance(0.75)) await letWork(system, random)
      await carryOut(system, random, kill, () => kills.push({ kill, atMs: performance.now() }))
    }
  }
  return { kills, done: run() }
}

/** Most kills meet a system that is at work again; the others, one that is still coming back. */
async function letWork(system: ProcessSystem, random: Random): Promise<void> {
  const isReady = (): Promise<boolean> =>
    fetch(`${system.service('transaction').url}/ready`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
  for (let attempt = 0; attempt < 300 && !(await isReady()); attempt += 1) await sleep(100)
  await sleep(random.between(500, 2_000))
}

function planKills(random: Random, count: number, hasRedis: boolean): Kill[] {
  const mixed: Kill[] = []
  while (mixed.length < count) mixed.push(...random.shuffle(mixture))
  return mixed.slice(0, count).map((kill) => (kill === 'redis' && !hasRedis ? 'transaction' : kill))
}

/** Kills, says so, and sees to it that what was killed comes back. */
async function carryOut(
  system: ProcessSystem,
  random: Random,
  kill: Kill,
  killed: () => void,
): Promise<void> {
  const pauseMs = random.between(0, 1200)
  const { database, redis } = system
  if (kill === 'backend') await killSomeBackend(system)
  else if (kill === 'database') await database.crash()
  else if (kill === 'redis') await redis?.kill()
  else if (kill === 'both') await Promise.all([database.crash(), system.service('transaction').kill()])
  else await system.service(kill).kill()
  killed()
  if (kill === 'backend' || kill === 'database') return
  await sleep(pauseMs)
  if (kill === 'redis') await redis?.restart()
  else system.service(kill === 'both' ? 'transaction' : kill).start()
}

/** While the server recovers from the kill before, there is none yet. */
async function killSomeBackend({ database }: ProcessSystem): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await database.killBackend().catch(() => false)) return
    await sleep(100)
  }
  throw new Error('For half a minute there was no process of the database server to kill.')
}
