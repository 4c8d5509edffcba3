// Requests that wait aside for accounts that somebody else is holding, in their order, while everybody else goes on.
import { Refused, refuse } from '@fintwin/platform'

export interface Claim {
  callerId: string
  /** Every account that the request touches. */
  accountIds: string[]
}

/**
 * Divides requests into those that can be written now and those that must wait: for a held account, or behind an earlier request of the same
 * caller that waits and shares an account with it. Both keep their order; `ahead` waits already.
 */
export function divideByHeld<R extends Claim>(
  requests: readonly R[],
  held: ReadonlySet<string>,
  ahead: Iterable<R> = [],
): { free: R[]; late: R[] } {
  const places = new Set<string>()
  const takePlace = ({ callerId, accountIds }: Claim): void => {
    for (const id of accountIds) places.add(`${callerId} ${id}`)
  }
  for (const request of ahead) takePlace(request)
  const free: R[] = []
  const late: R[] = []
  for (const request of requests) {
    const waits = request.accountIds.some((id) => held.has(id) || places.has(`${request.callerId} ${id}`))
    if (waits) takePlace(request)
    ;(waits ? late : free).push(request)
  }
  return { free, late }
}

export interface WaitingRoom<R extends Claim> {
  /** Keeps back those that would pass one who waits here, and gives the others. */
  keepBack(requests: readonly R[]): R[]
  /** Takes in those for whom an account is held. */
  add(requests: readonly R[], held: ReadonlySet<string>): void
  /** Resolves when nobody waits any more. */
  empty(): Promise<void>
}

export interface WaitingRoomOptions<R extends Claim> {
  findHeld(requests: readonly R[]): Promise<Set<string>>
  /** Writes and answers requests in their order; gives back those whose account was still held. Waits for a held account about a second. */
  write(requests: R[]): Promise<R[]>
  giveUp(request: R, error: unknown): void
  mostAtOnce: number
}

/** How long one waits here: shorter than a gateway waits for an answer. */
const patienceMs = 20_000

/** One after the other on one connection, so that those who wait take none from those who do not. */
export function createWaitingRoom<R extends Claim>(options: WaitingRoomOptions<R>): WaitingRoom<R> {
  const guests = new Map<R, { arrivedMs: number }>()
  let held: ReadonlySet<string> = new Set()
  let serving: Promise<void> | undefined

  const dismiss = (request: R, error: unknown): void => {
    guests.delete(request)
    options.giveUp(request, error)
  }
  const serveSome = async (): Promise<void> => {
    const waiting = [...guests.keys()]
    held = await options.findHeld(waiting)
    const { free } = divideByHeld(waiting, held)
    // Where nobody is free, the first one stands in line for its account.
    const next = free.length > 0 ? free.slice(0, options.mostAtOnce) : waiting.slice(0, 1)
    const late = new Set(await options.write(next))
    for (const request of next) if (!late.has(request)) guests.delete(request)
    for (const [request, { arrivedMs }] of guests)
      if (performance.now() - arrivedMs > patienceMs) dismiss(request, accountBusy())
  }
  const serve = async (): Promise<void> => {
    while (guests.size > 0) {
      const waiting = [...guests.keys()]
      await serveSome().catch((error: unknown) => {
        for (const request of waiting) dismiss(request, error)
      })
    }
    held = new Set()
    serving = undefined
  }
  const add = (requests: readonly R[]): void => {
    for (const request of requests) guests.set(request, { arrivedMs: performance.now() })
    if (guests.size > 0) serving ??= serve()
  }

  return {
    keepBack(requests) {
      if (guests.size === 0) return [...requests]
      const { free, late } = divideByHeld(requests, held, guests.keys())
      add(late)
      return free
    },
    add(requests, alsoHeld) {
      held = held.union(alsoHeld)
      add(requests)
    },
    empty: async () => serving,
  }
}

const accountBusy = (): Refused =>
  new Refused(
    refuse('dependency_down', 'The account is busy with something longer right now; try again in a moment.'),
    2,
  )
