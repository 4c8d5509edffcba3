// Which instants and days the ledger can keep and be asked for: real ones, from 1900 on.

const earliestMs = Date.UTC(1900, 0, 1)

/** `text` is an RFC 3339 date or date-time; a leap second or a year before 1900 is none that FinTwin knows. */
export function isKeepableInstant(text: string): boolean {
  return Date.parse(text) >= earliestMs
}
