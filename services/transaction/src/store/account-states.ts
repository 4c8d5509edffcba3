// What the ledger holds an account to, changed through the ledger's functions under the account's lock.
import type { Tx } from '@fintwin/platform'

export type StatusOutcome = 'done' | 'not_yours' | 'closed' | 'primary' | 'not_empty'

/** Opens, freezes or closes the caller's own account; setting the state it has is done, too. */
export async function setStatus(
  tx: Tx,
  ownerId: string,
  accountId: string,
  status: 'open' | 'frozen' | 'closed',
): Promise<StatusOutcome> {
  const [row] = await tx<{ outcome: StatusOutcome }[]>`
    select set_status(${ownerId}, ${accountId}, ${status}) as outcome`
  return row?.outcome ?? 'not_yours'
}

/** Sets the lowest balance that a payment may leave; false when the account is not the caller's. */
export async function setFloor(
  tx: Tx,
  ownerId: string,
  accountId: string,
  floorMinor: bigint,
): Promise<boolean> {
  const [row] = await tx<{ isSet: boolean }[]>`
    select set_floor(${ownerId}, ${accountId}, ${floorMinor}) as "isSet"`
  return row?.isSet ?? false
}
