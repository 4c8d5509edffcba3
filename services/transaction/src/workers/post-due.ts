// The worker that posts what falls due. Each replica of the service runs one: they share the work by locking schedules, and whatever one of them
// leaves when it is killed, the next look of any of them finds.
import type { ServiceDeps } from '@fintwin/platform'
import { postNextDue } from '../post-occurrence.ts'
import { type DueSchedule, listDueSchedules } from '../store/schedules.ts'

export interface DueWorker {
  /** Looks at once: something may have fallen due just now. */
  wake(): void
  /** Ends after the occurrence in hand. */
  stop(): Promise<void>
}

type Deps = Pick<ServiceDeps, 'database' | 'events' | 'logger' | 'settings'>

interface DuePace {
  /** How often it looks when nobody wakes it. */
  pollMs: number
  /** How long a schedule whose posting failed is left alone. */
  retryMs: number
  /** Schedules a round, and occurrences of one schedule in it: after a long absence nobody waits for somebody else's backlog. */
  schedulesPerRound: number
  occurrencesPerSchedule: number
}

const defaultPace: DuePace = {
  pollMs: 2_000,
  retryMs: 30_000,
  schedulesPerRound: 100,
  occurrencesPerSchedule: 20,
}

export function startDueWorker(deps: Deps, change: Partial<DuePace> = {}): DueWorker {
  const pace = { ...defaultPace, ...change }
  const failures = new Map<string, number>()
  let stopped = false
  let wakeUp: () => void = () => {}
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve
      })
      const settled = await postDueRound(deps, pace, failures, () => stopped).catch((error: unknown) => {
        deps.logger.warn({ err: error }, 'what is due cannot be read')
        return 0
      })
      if (settled === 0 && !stopped) await Promise.race([woken, pause(pace.pollMs)])
    }
  }
  const running = loop()
  return {
    wake: () => wakeUp(),
    async stop() {
      stopped = true
      wakeUp()
      await running
    },
  }
}

/** How many occurrences it settled. */
async function postDueRound(
  deps: Deps,
  pace: DuePace,
  failures: Map<string, number>,
  isStopped: () => boolean,
): Promise<number> {
  for (const [id, until] of failures) if (until <= Date.now()) failures.delete(id)
  const due = await listDueSchedules(deps.database, pace.schedulesPerRound, [...failures.keys()])
  let settled = 0
  for (const schedule of due) {
    if (isStopped()) break
    try {
      settled += await postBacklog(deps, schedule, pace.occurrencesPerSchedule, isStopped)
    } catch (error) {
      deps.logger.error({ err: error, scheduleId: schedule.id }, 'not posted; it will be tried again')
      failures.set(schedule.id, Date.now() + pace.retryMs)
    }
  }
  if (settled > 0) deps.events.wake()
  return settled
}

async function postBacklog(
  { database, settings }: Deps,
  schedule: DueSchedule,
  maxCount: number,
  isStopped: () => boolean,
): Promise<number> {
  let settled = 0
  while (
    settled < maxCount &&
    !isStopped() &&
    (await postNextDue(database, schedule, settings.DEFAULT_LOCALE))
  )
    settled += 1
  return settled
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
