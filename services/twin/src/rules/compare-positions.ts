// Whether a ledger stands where it stood.

/** Number of the newest entry by account id; an account that is missing has none. */
export type Positions = Readonly<Record<string, number>>

export function isSamePosition(before: Positions, after: Positions): boolean {
  return accountsOf(before, after).every((id) => (before[id] ?? 0) === (after[id] ?? 0))
}

export function countAdded(before: Positions, after: Positions): number {
  return accountsOf(before, after).reduce((sum, id) => sum + (after[id] ?? 0) - (before[id] ?? 0), 0)
}

const accountsOf = (before: Positions, after: Positions): string[] => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
]
