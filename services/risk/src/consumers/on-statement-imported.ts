// statement.imported: the balance that a statement brought to an account, which no transaction.posted tells of, and the score it gives.
import type { EventPayloads } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import type { Handlers, ServiceDeps } from '@fintwin/platform'
import { scoreFacts } from '../score-account.ts'
import { type AccountFacts, saveFacts } from '../store/facts.ts'

export function onStatementImported(deps: ServiceDeps): NonNullable<Handlers['statement.imported']> {
  return async (tx, { ownerId, payload }) => {
    await saveFacts(tx, ownerId, importedFacts(payload))
    await scoreFacts(deps, tx, ownerId, payload.account_id)
  }
}

/**
 * The event has no single entries. Most of a statement is older than what counts as recent; for the entries of the last day the account
 * stays incomplete, so that the next read fetches them.
 */
function importedFacts(payload: EventPayloads['statement.imported']): AccountFacts {
  return {
    accountId: payload.account_id,
    type: payload.account_type,
    currency: payload.currency as CurrencyCode,
    balanceMinor: BigInt(payload.balance_minor),
    position: BigInt(payload.position),
    completePosition: 0n,
  }
}
