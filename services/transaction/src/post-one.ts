// One transaction from its request to its rows: propose, lock, decide, post. Used by the single route and by the batch.
import type { NewTransaction } from '@fintwin/contracts'
import { decidePosting } from '@fintwin/ledger-rules'
import { isId, type Refusal, refuse, type Tx } from '@fintwin/platform'
import type Type from 'typebox'
import { type Proposal, proposeTransaction } from './rules/propose-transaction.ts'
import {
  type DecidedPosting,
  type LedgerAccountRow,
  listOwnAccounts,
  lockAccounts,
  post,
} from './store/ledger.ts'
import type { PostingRow } from './store/postings.ts'

export type TransactionBody = Type.Static<typeof NewTransaction>

export interface PostOne {
  callerId: string
  id: string
  locale: string
}

export async function postOne(
  tx: Tx,
  body: TransactionBody,
  { callerId, id, locale }: PostOne,
): Promise<PostingRow | Refusal> {
  const request = { ...body, to_account: body.to_account ?? null }
  const proposal = proposeTransaction(request, await listOwnAccounts(tx, callerId), locale)
  if ('refused' in proposal) return proposal
  if (proposal.sourceId === proposal.targetId)
    return refuse('same_account', 'A transfer needs two different accounts.')
  if (!isId(proposal.targetId)) return unknownRecipient

  const locked = await lockAccounts(tx, [proposal.sourceId, proposal.targetId])
  const source = locked.get(proposal.sourceId) as LedgerAccountRow
  const target = locked.get(proposal.targetId)
  if (!target || isForeignSystemAccount(target, body.type)) return unknownRecipient
  const refusal = decidePosting({ source, target, amountMinor: proposal.amountMinor }, locale)
  if (refusal) return refusal

  const posting = decided(proposal, body, callerId, id)
  const postedAt = await post(tx, [posting])
  return {
    ...posting,
    toAccount: posting.toAccountId,
    currency: source.currency,
    effectiveAt: postedAt,
    createdAt: postedAt,
  }
}

const unknownRecipient = refuse('unknown_recipient', 'There is no account with this number to transfer to.')

/** Nobody transfers to a system account by its id: deposits and withdrawals are the way. */
function isForeignSystemAccount(target: LedgerAccountRow, type: TransactionBody['type']): boolean {
  return type === 'transfer' && target.kind === 'system'
}

function decided(proposal: Proposal, body: TransactionBody, callerId: string, id: string): DecidedPosting {
  return {
    id,
    callerId,
    type: body.type,
    sourceId: proposal.sourceId,
    targetId: proposal.targetId,
    accountId: proposal.account.id,
    toAccountId: body.type === 'transfer' ? proposal.targetId : null,
    amountMinor: proposal.amountMinor,
    note: body.note ?? null,
    counterparty: body.counterparty ?? null,
    category: body.category ?? null,
    externalId: null,
    effectiveAt: null,
    isFact: false,
    isQuiet: false,
  }
}
