// One part of a transaction in the name of another person: a hold is paid in the name of whose money it is, whoever captures it.
import type { Tx } from '@fintwin/platform'

/** Runs the part in which the policies see the rows of `personId`, and gives the transaction back to `callerId`. */
export async function inNameOf<T>(
  tx: Tx,
  personId: string,
  callerId: string,
  part: () => Promise<T>,
): Promise<T> {
  const [, result] = await Promise.all([identify(tx, personId), part()])
  await identify(tx, callerId)
  return result
}

/** Sent at once, before whatever is sent next. */
const identify = (tx: Tx, personId: string) =>
  tx`select set_config('fintwin.person_id', ${personId}, true)`.execute()
