// GET /ledger/accounts: balances and positions of the caller's accounts, for the other services. `If-None-Match` with the position that is
// known already gives 304 while nothing has moved.
import { createHash } from 'node:crypto'
import { type LedgerAccount, LedgerState } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { type LedgerAccountRow, listOwnAccounts } from '../store/ledger.ts'

export function getLedgerAccounts(app: App, deps: ServiceDeps): void {
  app.get(
    '/ledger/accounts',
    { schema: { tags: ['internal'], response: { 200: LedgerState } } },
    async (request, reply) => {
      const { personId } = request.caller
      const own = await asPerson(deps.database, personId, (tx) => listOwnAccounts(tx, personId))
      const accounts = own.filter(({ kind }) => kind === 'person')
      const position = digestOf(accounts)
      reply.header('etag', `"${position}"`)
      if (request.headers['if-none-match'] === `"${position}"`)
        return reply.code(304 as 200).send(undefined as never)
      return { position, accounts: accounts.map(renderLedgerAccount) }
    },
  )
}

/** Changes whenever an account is opened, gets an entry, or has its terms changed. */
function digestOf(accounts: LedgerAccountRow[]): string {
  const text = accounts
    .map(
      ({ id, position, status, floorMinor, heldMinor }) =>
        `${id} ${position} ${status} ${floorMinor} ${heldMinor}`,
    )
    .join('\n')
  return createHash('sha256').update(text).digest('base64url')
}

function renderLedgerAccount(row: LedgerAccountRow): LedgerAccount {
  return {
    id: row.id,
    type: row.type,
    currency: row.currency,
    status: row.status,
    balance_minor: row.balanceMinor.toString(),
    held_minor: row.heldMinor.toString(),
    floor_minor: row.floorMinor?.toString() ?? null,
    position: Number(row.position),
  }
}
