// Transactions from their requests to their rows: propose, lock every account once, decide in order, post in one call. One request or many.
import type { NewTransaction } from '@fintwin/contracts'
import { decidePosting } from '@fintwin/ledger-rules'
import { isId, isRefusal, newId, type Refusal, refuse, type Tx } from '@fintwin/platform'
import type Type from 'typebox'
import { isKeepableInstant } from './rules/is-keepable-instant.ts'
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

export interface Posting {
  callerId: string
  locale: string
  now: Date
  /** Atomic: the first refusal is the only answer, and nothing is posted. */
  isAtomic: boolean
}

/** One result a request, in their order; where it is atomic and one is refused, that refusal and its index. */
export async function postTransactions(
  tx: Tx,
  requests: (TransactionBody | Refusal)[],
  posting: Posting,
): Promise<(PostingRow | Refusal)[] | { refusal: Refusal; index: number }> {
  const own = await listOwnAccounts(tx, posting.callerId)
  const proposals = requests.map((body) => (isRefusal(body) ? body : propose(body, own, posting)))
  const ids = proposals.flatMap((proposal) =>
    isRefusal(proposal) ? [] : [proposal.sourceId, proposal.targetId],
  )
  const accounts = await lockAccounts(tx, [...new Set(ids)])
  const decided: (DecidedPosting | Refusal)[] = []
  for (const [index, proposal] of proposals.entries()) {
    const outcome = isRefusal(proposal)
      ? proposal
      : decide(proposal, requests[index] as TransactionBody, accounts, posting)
    if (posting.isAtomic && isRefusal(outcome)) return { refusal: outcome, index }
    decided.push(outcome)
  }
  const taken = decided.filter((outcome): outcome is DecidedPosting => !isRefusal(outcome))
  const postedAt = taken.length > 0 ? await post(tx, taken) : posting.now
  return decided.map((outcome) => (isRefusal(outcome) ? outcome : asRow(outcome, accounts, postedAt)))
}

function propose(
  body: TransactionBody,
  own: LedgerAccountRow[],
  { locale, now }: Posting,
): Proposal | Refusal {
  const proposal = proposeTransaction({ ...body, to_account: body.to_account ?? null }, own, locale)
  if (isRefusal(proposal)) return proposal
  if (proposal.sourceId === proposal.targetId)
    return refuse('same_account', 'A transfer needs two different accounts.')
  if (!isId(proposal.targetId)) return unknownRecipient
  if (body.effective_at && !isPast(body.effective_at, now)) {
    return refuse('malformed_request', 'effective_at: must be an instant between the year 1900 and now.')
  }
  if (body.effective_at && !own.some(({ id }) => id === proposal.targetId)) {
    return refuse('malformed_request', 'effective_at: a transfer to somebody else happens when it is sent.')
  }
  return proposal
}

/** A leap second, say, is well-formed and yet no instant that a clock here knows. */
function isPast(instant: string, now: Date): boolean {
  return isKeepableInstant(instant) && Date.parse(instant) <= now.getTime()
}

const unknownRecipient = refuse('unknown_recipient', 'There is no account with this number to transfer to.')

/** Takes or refuses one, and moves the balances that the next ones are decided on. */
function decide(
  proposal: Proposal,
  body: TransactionBody,
  accounts: Map<string, LedgerAccountRow>,
  { callerId, locale }: Posting,
): DecidedPosting | Refusal {
  const { sourceId, targetId, amountMinor } = proposal
  const source = accounts.get(sourceId)
  const target = accounts.get(targetId)
  const isHidden = body.type === 'transfer' && target?.kind === 'system'
  if (!source || !target || isHidden) return unknownRecipient
  const refusal = decidePosting({ source, target, amountMinor }, locale)
  if (refusal) return refusal
  accounts.set(sourceId, { ...source, balanceMinor: source.balanceMinor - amountMinor })
  accounts.set(targetId, { ...target, balanceMinor: target.balanceMinor + amountMinor })
  return {
    id: newId(),
    callerId,
    type: body.type,
    sourceId,
    targetId,
    accountId: proposal.account.id,
    toAccountId: body.type === 'transfer' ? targetId : null,
    amountMinor,
    note: body.note ?? null,
    counterparty: body.counterparty ?? null,
    category: body.category ?? null,
    externalId: null,
    effectiveAt: body.effective_at ? new Date(body.effective_at) : null,
    isFact: false,
    isQuiet: false,
  }
}

function asRow(posting: DecidedPosting, accounts: Map<string, LedgerAccountRow>, postedAt: Date): PostingRow {
  const { currency } = accounts.get(posting.sourceId) as LedgerAccountRow
  return {
    ...posting,
    toAccount: posting.toAccountId,
    direction: posting.sourceId === posting.accountId ? 'out' : 'in',
    currency,
    effectiveAt: posting.effectiveAt ?? postedAt,
    createdAt: postedAt,
  }
}
