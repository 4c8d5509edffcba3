// Settles holds at their time: a delayed transfer goes, any other hold expires. Any number of processes may run it: each hold is settled in a
// transaction of its own, in its owner's name, and only while it is open, so that a kill in between leaves it to the next look.
import {
  asNobody,
  asPerson,
  type Database,
  isDatabaseDown,
  type Refusal,
  Refused,
  type ServiceDeps,
} from '@fintwin/platform'
import { giveUpHold, settleDueHold } from '../settle-hold.ts'
import { listDueHolds } from '../store/holds.ts'

export interface HoldSettlerOptions {
  database: Database
  logger: Pick<ServiceDeps['logger'], 'error' | 'warn'>
  locale: string
  afterCommit: () => void
  /** How often it looks for holds that are due. */
  pollMs?: number
}

/** Holds of one look. */
const mostAtOnce = 100

/** A hold that could not be settled is left alone for so long. */
const retryMs = 30_000

interface DueHold {
  id: string
  ownerId: string
}

/** Starts looking; the answer ends it, after the hold in hand. */
export function startSettlingHolds(options: HoldSettlerOptions): () => Promise<void> {
  let isStopped = false
  let wakeUp: () => void = () => {}
  const failures = new Map<string, number>()

  const look = async (): Promise<number> => {
    for (const [id, until] of failures) if (until <= Date.now()) failures.delete(id)
    const due = await asNobody(options.database, (tx) => listDueHolds(tx, [...failures.keys()], mostAtOnce))
    for (const hold of due) {
      if (isStopped) break
      await settleOne(options, hold).catch((error: unknown) => {
        if (isDatabaseDown(error)) throw error
        options.logger.error({ err: error, holdId: hold.id }, 'hold not settled; it will be tried again')
        failures.set(hold.id, Date.now() + retryMs)
      })
    }
    if (due.length > 0) options.afterCommit()
    return due.length
  }

  const run = async (): Promise<void> => {
    while (!isStopped) {
      const found = await look().catch((error: unknown) => {
        options.logger.warn({ err: error }, 'due holds cannot be settled right now')
        return 0
      })
      if (found === mostAtOnce) continue
      await new Promise<void>((resolve) => {
        wakeUp = resolve
        setTimeout(resolve, options.pollMs ?? 1_000).unref()
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

/** A transfer that is refused at its time is let go, and its sender is told why. One that somebody else settled meanwhile is done. */
async function settleOne({ database, locale }: HoldSettlerOptions, { id, ownerId }: DueHold): Promise<void> {
  const refusal = await asPerson(database, ownerId, (tx) => settleDueHold(tx, id, locale)).catch(asRefusal)
  if (!refusal || refusal.refused === 'hold_not_open') return
  await asPerson(database, ownerId, (tx) => giveUpHold(tx, id, refusal.refused))
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal
  throw error
}
