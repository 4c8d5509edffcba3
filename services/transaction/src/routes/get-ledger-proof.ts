// GET /ledger/proof: the position of the caller's accounts and a hash of every entry up to it, for the twin's proof that live did not move.
import { LedgerProof } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { proveEntries } from '../store/balances.ts'

export function getLedgerProof(app: App, deps: ServiceDeps): void {
  app.get(
    '/ledger/proof',
    { schema: { tags: ['internal'], response: { 200: LedgerProof } } },
    async (request) => {
      const { personId } = request.caller
      const { position, entriesHash } = await asPerson(deps.database, personId, (tx) =>
        proveEntries(tx, personId),
      )
      return { position, entries_hash: entriesHash }
    },
  )
}
