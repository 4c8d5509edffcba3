// PUT /ledger/accounts/{id}/state: opens, freezes or closes an account, for the account service under the person's token. The ledger decides
// under the account's lock: nothing can be paid into an account between the look at its balance and its end.
import { IdParams, LedgerStatusChange, type Refusal } from '@fintwin/contracts'
import {
  type App,
  asPerson,
  isId,
  notYourAccount,
  Refused,
  refuse,
  type ServiceDeps,
} from '@fintwin/platform'
import Type from 'typebox'
import { type StatusOutcome, setStatus } from '../store/account-states.ts'

export function putLedgerAccountState(app: App, deps: ServiceDeps): void {
  app.put(
    '/ledger/accounts/:id/state',
    {
      config: { forwardedOnly: true },
      schema: {
        tags: ['internal'],
        params: IdParams,
        body: LedgerStatusChange,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notYourAccount)
      const { status } = request.body
      const outcome = await asPerson(deps.database, personId, (tx) => setStatus(tx, personId, id, status))
      if (outcome !== 'done') throw new Refused(refusals[outcome])
      return reply.code(204).send(null)
    },
  )
}

const refusals: Record<Exclude<StatusOutcome, 'done'>, Refusal> = {
  not_yours: notYourAccount,
  closed: refuse('account_closed', 'The account is closed, and that is final; open another one instead.'),
  primary: refuse(
    'primary_account',
    'Your first account stays open as long as you are here; it can be frozen.',
  ),
  not_empty: refuse(
    'account_not_empty',
    'An account can be closed once its balance is zero and nothing in it is on hold.',
  ),
}
