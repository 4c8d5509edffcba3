// Who owns which accounts, remembered: an account's owner, currency and type never change, so only one that is not known yet is looked up.
import { asPerson, createMemory, type Database } from '@fintwin/platform'
import type { OwnAccount } from './rules/propose-transaction.ts'
import { listOwnAccounts } from './store/ledger.ts'

export interface OwnAccounts {
  /** The person's accounts, the primary one first; all of them when `wanted` is not among those remembered. */
  read(personId: string, wanted: readonly unknown[]): Promise<OwnAccount[]>
}

export function createOwnAccounts(database: Database): OwnAccounts {
  const remembered = createMemory<OwnAccount[]>(20_000)
  return {
    async read(personId, wanted) {
      const known = remembered.get(personId)
      if (known && wanted.every((id) => known.some((account) => account.id === id))) return known
      const rows = await asPerson(database, personId, (tx) => listOwnAccounts(tx, personId))
      const own = rows.map(({ id, kind, type, currency }) => ({ id, kind, type, currency }))
      if (own.length > 0) remembered.set(personId, own)
      return own
    },
  }
}
