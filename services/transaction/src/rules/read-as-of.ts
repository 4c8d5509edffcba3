// What a balance or a list is asked for as of: an instant of posting, or the number of an entry.
import type { Refusal } from '@fintwin/contracts'
import { isKeepableInstant } from './is-keepable-instant.ts'

export type AsOf = { position: number } | { instant: string }

/** `text` is an RFC 3339 date-time or digits; refused is an instant that FinTwin does not know. A position beyond what the ledger can number is its last. */
export function readAsOf(text: string): AsOf | Refusal {
  if (/^\d+$/.test(text)) return { position: Math.min(Number(text), MAX_POSITION) }
  if (isKeepableInstant(text)) return { instant: text }
  return {
    refused: 'malformed_request',
    detail: 'as_of must be an instant from 1900 on, such as 2026-01-31T18:30:00Z, or the number of an entry.',
  }
}

/** Entries are numbered by a four-byte integer. */
const MAX_POSITION = 2_147_483_647
