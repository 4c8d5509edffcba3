// Which accounts somebody else holds locked at this moment.
import type { Tx } from '@fintwin/platform'

export async function findLockedAccounts(tx: Tx, ids: string[]): Promise<Set<string>> {
  const rows = await tx<{ id: string }[]>`select id from find_locked_accounts(${ids}::uuid[]) as found (id)`
  return new Set(rows.map(({ id }) => id))
}
