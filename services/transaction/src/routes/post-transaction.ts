// POST /transactions: a deposit, withdrawal, transfer, exchange or journal. It is refused in `decidePosting` of the ledger's rules, under the
// accounts' locks, and posted together with what arrived in the same moment.
import { NewTransaction, Transaction } from '@fintwin/contracts'
import { type App, readIdempotencyKey, type ServiceDeps, sendAnswer } from '@fintwin/platform'
import type { Gatherer } from '../gather-transactions.ts'
import type { OwnAccounts } from '../own-accounts.ts'
import { propose } from '../post-transactions.ts'

export interface PostingDeps extends ServiceDeps {
  gatherer: Gatherer
  ownAccounts: OwnAccounts
}

export function postTransaction(app: App, deps: PostingDeps): void {
  app.post(
    '/transactions',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Post a deposit, a withdrawal, a transfer, an exchange or a journal',
        body: NewTransaction,
        response: { 201: Transaction },
      },
    },
    async (request, reply) => {
      const { body, caller } = request
      const keyed = readIdempotencyKey(request)
      const own = await deps.ownAccounts.read(caller.personId, accountsNamed(body))
      const proposal = propose(body, own, { locale: deps.settings.DEFAULT_LOCALE, now: new Date() })
      sendAnswer(reply, await deps.gatherer.submit({ callerId: caller.personId, body, proposal, keyed }))
      return reply
    },
  )
}

/** Accounts of the caller's own that a request names, or seems to. */
function accountsNamed({ account_id, legs, to_account, to_amount }: NewTransaction): unknown[] {
  const named = [
    account_id,
    ...(legs ?? []).map((side) => side.account_id),
    to_amount === undefined ? null : to_account,
  ]
  return named.filter((id) => typeof id === 'string').map((id) => id.toLowerCase())
}
