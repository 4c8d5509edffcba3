// account.opened: from now on the account has a score.
import type { EventPayloads } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import type { Handlers, ServiceDeps } from '@fintwin/platform'
import { scoreFacts } from '../score-account.ts'
import { saveFacts } from '../store/facts.ts'

export function onAccountOpened(deps: ServiceDeps): NonNullable<Handlers['account.opened']> {
  return async (tx, { ownerId, payload }) => {
    await saveFacts(tx, ownerId, openingFacts(payload))
    await scoreFacts(deps, tx, ownerId, payload.account_id)
  }
}

/** It opens at zero; where the ledger is known to be further already, that stands. */
function openingFacts({ account_id, type, currency }: EventPayloads['account.opened']) {
  return {
    accountId: account_id,
    type,
    currency: currency as CurrencyCode,
    balanceMinor: 0n,
    position: 0n,
    completePosition: 0n,
  }
}
