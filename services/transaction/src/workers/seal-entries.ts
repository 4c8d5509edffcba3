// Seals what was posted, in the background: round after round, each a transaction of its own, so that a kill in between loses nothing. Any number
// of processes may run it; they take turns.
import { asNobody, type Database, type ServiceDeps } from '@fintwin/platform'
import { sealEntries } from '../store/seals.ts'

export interface SealerOptions {
  database: Database
  logger: Pick<ServiceDeps['logger'], 'warn' | 'error'>
  /** How long it waits between rounds. An account that moves often then has many entries in one seal. */
  everyMs: number
}

/** Entries of one round: enough to be done in one as a rule, few enough for it to take a second. Fewer after a round that failed. */
const entriesOfRound = { most: 50_000, least: 1_000 }

/** Where a round leaves entries behind, the next one comes sooner, but sealing is at work for a tenth of the time at most: posting comes first. */
const pausePerWork = 9

/** Starts sealing, the first round after a pause; the answer ends it, after the round in hand. */
export function startSealingEntries({ database, logger, everyMs }: SealerOptions): () => Promise<void> {
  let isStopped = false
  let wakeUp: () => void = () => {}
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      wakeUp = resolve
      setTimeout(resolve, ms).unref()
    })

  let mostEntries = entriesOfRound.most

  const sealRound = async (): Promise<number> => {
    const startedMs = performance.now()
    const round = await asNobody(database, (tx) => sealEntries(tx, mostEntries))
    mostEntries = Math.min(2 * mostEntries, entriesOfRound.most)
    if (!round) return everyMs
    if (round.broken > 0n) {
      logger.error(
        { accounts: Number(round.broken) },
        'entries are missing, and their accounts cannot be sealed: npm run audit names the first',
      )
    }
    const isBehind = round.sealed > 0n && round.waiting > 0n
    return isBehind ? Math.min(everyMs, pausePerWork * (performance.now() - startedMs)) : everyMs
  }

  const run = async (): Promise<void> => {
    let pauseMs = everyMs
    while (!isStopped) {
      await pause(pauseMs)
      if (isStopped) return
      pauseMs = await sealRound().catch((error: unknown) => {
        logger.warn({ err: error }, 'entries cannot be sealed right now')
        mostEntries = Math.max(Math.floor(mostEntries / 2), entriesOfRound.least)
        return everyMs
      })
    }
  }

  const running = run()
  return async () => {
    isStopped = true
    wakeUp()
    await running
  }
}
