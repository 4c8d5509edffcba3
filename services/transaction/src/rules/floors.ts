// How far below zero a new account may go: money owed is what loans and cards are for, nothing else goes below zero unless told.

/** Floor in minor units of a new ledger account; null where there is none. */
export function floorOf(type: string): bigint | null {
  return type === 'loan' || type === 'credit' ? null : 0n
}
