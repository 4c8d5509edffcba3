// When a hold ends by itself: it expires, or it is captured, as it was asked for in seconds or as an instant.
import type { NewHold, Refusal } from '@fintwin/contracts'

export interface HoldTimes {
  expiresAt: Date | null
  captureAt: Date | null
}

const dayMs = 86_400_000
const longest = { expires: 366, capture: 30 } as const

/** `now` is when the request is answered. */
export function readHoldTimes(body: NewHold, now: Date): HoldTimes | Refusal {
  const expiresAt = readTime(body, 'expires', now)
  if (isRefusal(expiresAt)) return expiresAt
  const captureAt = readTime(body, 'capture', now)
  if (isRefusal(captureAt)) return captureAt
  if (expiresAt && captureAt)
    return malformed('capture_at: a transfer that goes at its time does not expire; leave one of them out.')
  return { expiresAt, captureAt }
}

function readTime(body: NewHold, what: 'expires' | 'capture', now: Date): Date | null | Refusal {
  const afterS = body[`${what}_in_s`]
  const at = body[`${what}_at`]
  if (afterS === undefined && at === undefined) return null
  if (afterS !== undefined && at !== undefined)
    return malformed(`${what}_at: say either an instant or a number of seconds.`)
  const instant = at === undefined ? new Date(now.getTime() + (afterS as number) * 1000) : new Date(at)
  const days = longest[what]
  // A leap second, say, is well-formed and yet no instant that a clock here knows.
  if (instant.getTime() > now.getTime() && instant.getTime() <= now.getTime() + days * dayMs) return instant
  return malformed(`${what}_at: must be an instant from now on, at most ${days} days ahead.`)
}

const malformed = (detail: string): Refusal => ({ refused: 'malformed_request', detail })

const isRefusal = (value: object | null): value is Refusal => value !== null && 'refused' in value
