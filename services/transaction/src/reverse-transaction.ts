// Taking a transaction back: undoing what one did among one's own accounts, or returning what somebody else sent. It is a posting of its own,
// with the other one's legs turned round.
import { alreadyReversed } from '@fintwin/ledger-rules'
import { type Answer, isRefusal, notFound, type Refusal, type Tx } from '@fintwin/platform'
import { accountsOf, asRow, decide } from './post-transactions.ts'
import { reversalOf, type SeenPosting, seePosting } from './read-transaction.ts'
import { renderTransaction } from './render-transaction.ts'
import type { Proposal, ProposedLeg } from './rules/propose-transaction.ts'
import { lockAccounts, post } from './store/ledger.ts'
import { findReversal } from './store/postings.ts'

export interface ReversalRequest {
  callerId: string
  locale: string
  id: string
  note: string | null | undefined
}

export async function reverseTransaction(tx: Tx, request: ReversalRequest): Promise<Answer | Refusal> {
  const { callerId, locale, id, note } = request
  const seen = await seePosting(tx, callerId, id)
  if (!seen) return notFound
  const proposal = proposeReversal(seen)
  if (isRefusal(proposal)) return proposal
  const accounts = await lockAccounts(tx, accountsOf([proposal]))
  // Whoever else takes it back needs the same locks: what is not there now will not be.
  if (await findReversal(tx, seen.row.id)) return alreadyReversed
  const decision = decide(proposal, { note: note ?? null, ...wordsOf(seen) }, accounts, { callerId, locale })
  if (isRefusal(decision)) return decision
  const reversal = { ...decision, reverses: seen.row.id }
  await post(tx, [reversal], accounts.postedAfter)
  return { status: 201, body: renderTransaction(asRow(reversal, accounts)) }
}

function proposeReversal(seen: SeenPosting): Proposal | Refusal {
  const reversal = reversalOf(seen)
  if ('refused' in reversal) return reversal
  const { kind: _kind, ...shown } = reversal
  return { ...shown, type: 'reversal', legs: mirrorLegs(seen) }
}

/** Exactly the legs that were posted. Of a transfer from somebody else only one is seen; the other is its sender's. */
function mirrorLegs({ row, legs }: SeenPosting): ProposedLeg[] {
  const mirrored = legs.map(({ account, amountMinor }) => ({
    accountId: account.id,
    amountMinor: -amountMinor,
  }))
  const isAnyonesElse = !legs.some(({ account }) => account.id === row.accountId)
  return isAnyonesElse ? [...mirrored, { accountId: row.accountId, amountMinor: row.amountMinor }] : mirrored
}

/** Whom and what it was about, as it was posted, so that sums by category come out even. Words of somebody else stay theirs. */
function wordsOf({ row, own }: SeenPosting): { counterparty?: string; category?: string } {
  if (!own.some(({ id }) => id === row.accountId)) return {}
  const { counterparty, category } = { ...row, ...row.original }
  return { ...(counterparty ? { counterparty } : {}), ...(category ? { category } : {}) }
}
