// What a balance or a list is asked for as of: an instant of posting, or the number of an entry.
import type { Refusal } from '@fintwin/contracts'
import { isKeepableInstant } from './is-keepable-instant.ts'

/** The instant is included, and exact to the microsecond. */
export type AsOf = { position: number } | { instant: string }

/** `text` is an RFC 3339 date-time or digits. Refused is an instant that FinTwin does not know. */
export function readAsOf(text: string): AsOf | Refusal {
  if (/^\d+$/.test(text)) return { position: Math.min(Number(text), MAX_POSITION) }
  const [, seconds, fraction = '', offset] = /^(.+:\d\d)(?:\.(\d+))?(\D.*)$/.exec(text) ?? []
  if (seconds && offset && isKeepableInstant(text))
    return { instant: `${seconds}.${microseconds(fraction)}${offset}` }
  return {
    refused: 'malformed_request',
    detail: 'as_of must be an instant from 1900 on, such as 2026-01-31T18:30:00Z, or the number of an entry.',
  }
}

/**
 * Postings are a microsecond apart, and told of to the millisecond. What is asked for to the millisecond takes all of it in, so that a balance as of
 * the instant that a transaction was answered with has the transaction in it.
 */
function microseconds(fraction: string): string {
  return fraction.length <= 3 ? `${fraction.padEnd(3, '0')}999` : fraction.slice(0, 6).padEnd(6, '0')
}

/** Entries are numbered by a four-byte integer. */
const MAX_POSITION = 2_147_483_647
