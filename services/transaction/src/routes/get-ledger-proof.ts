// GET /ledger/proof: the position of the caller's accounts and a hash over their chains up to it, for the twin's proof that live did not move.
import { LedgerProof, LedgerProofQuery } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { proveEntries } from '../store/seals.ts'

export function getLedgerProof(app: App, deps: ServiceDeps): void {
  app.get(
    '/ledger/proof',
    { schema: { tags: ['internal'], querystring: LedgerProofQuery, response: { 200: LedgerProof } } },
    async (request) => {
      const { personId } = request.caller
      const at = request.query.at ? readPositions(request.query.at) : undefined
      const { position, sealed, entriesHash } = await asPerson(deps.database, personId, (tx) =>
        proveEntries(tx, personId, at),
      )
      return { position, sealed, entries_hash: entriesHash }
    },
  )
}

function readPositions(at: string): Record<string, number> {
  return Object.fromEntries(
    at
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf(':')), Number(pair.slice(pair.indexOf(':') + 1))]),
  )
}
