// A hold from its request to its row: what the payment would be that it is for, its accounts locked, decided, and the money set aside.
import type { NewHold } from '@fintwin/contracts'
import { decideHold } from '@fintwin/ledger-rules'
import { isRefusal, newId, type Refusal, type Tx } from '@fintwin/platform'
import { accountsOf, propose, resolveLegs } from './post-transactions.ts'
import { readHoldTimes } from './rules/read-hold-times.ts'
import { findHold, type HoldRow, placeHold } from './store/holds.ts'
import { listOwnAccounts, lockAccounts } from './store/ledger.ts'

export interface Placing {
  callerId: string
  locale: string
  now: Date
}

export async function placeRequestedHold(
  tx: Tx,
  body: NewHold,
  { callerId, locale, now }: Placing,
): Promise<HoldRow | Refusal> {
  const times = readHoldTimes(body, now)
  if (isRefusal(times)) return times
  const { account_id, amount, to_account } = body
  const payment =
    (to_account ?? null) === null
      ? { type: 'withdrawal' as const }
      : { type: 'transfer' as const, to_account: to_account as string }
  const own = await listOwnAccounts(tx, callerId)
  const proposal = propose({ ...payment, account_id, amount }, own, { locale, now })
  if (isRefusal(proposal)) return proposal
  const accounts = await lockAccounts(tx, accountsOf([proposal]))
  const legs = resolveLegs(proposal, accounts, callerId)
  if (isRefusal(legs)) return legs
  const refusal = decideHold(legs, locale)
  if (refusal) return refusal
  const id = newId()
  await placeHold(tx, {
    id,
    ownerId: callerId,
    accountId: proposal.accountId,
    toAccount: proposal.toAccountId,
    amountMinor: proposal.amountMinor,
    ...times,
    createdAt: accounts.postedAfter,
    note: body.note ?? null,
    counterparty: body.counterparty ?? null,
    category: body.category ?? null,
    metadata: body.metadata ?? null,
  })
  return (await findHold(tx, id)) as HoldRow
}
