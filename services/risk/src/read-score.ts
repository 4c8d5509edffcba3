// The score of one own account, for a request that reads.
import { asPerson, type ServiceDeps } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import { fetchOwnAccount } from './ledger.ts'
import { scoreLive } from './score-account.ts'
import type { ScoreRow } from './store/scores.ts'

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function readScore(
  deps: ServiceDeps,
  request: FastifyRequest,
  accountId: string,
): Promise<ScoreRow> {
  const account = await fetchOwnAccount(request, deps.urls.transaction, accountId)
  const row = await asPerson(deps.database, request.caller.personId, (tx) =>
    scoreLive(deps, request, tx, account),
  )
  deps.events.wake()
  return row
}
