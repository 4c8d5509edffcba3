// Whether a posting may be taken back, by whom, and what takes it back: its own legs, mirrored. What the mirrored legs then need, such as funds,
// is for `decidePosting` to say.
import type { CurrencyCode } from '@fintwin/money'
import { computeRate } from './compute-rate.ts'

/** A posting as it stands in the ledger. */
export interface StandingPosting {
  type: 'deposit' | 'withdrawal' | 'transfer' | 'exchange' | 'journal' | 'opening' | 'reversal'
  /** The account it is shown under, and the other one of a transfer or an exchange. */
  accountId: string
  toAccountId: string | null
  /** Which way the money went, seen from `accountId`. */
  isOut: boolean
  amountMinor: bigint
  currency: CurrencyCode
  /** Of an exchange: what arrived in `toAccountId`. */
  bought: { amountMinor: bigint; currency: CurrencyCode } | null
  /** It is an entry of a bank's statement. */
  isImported: boolean
}

/** `undo`: of what somebody did among their own accounts. `return`: of what somebody else sent them. */
export type ReversalKind = 'undo' | 'return'

/** The posting that takes another one back, without its legs: those are the legs of the other one with their signs turned. */
export interface Reversal {
  kind: ReversalKind
  accountId: string
  toAccountId: string | null
  isOut: boolean
  amountMinor: bigint
  exchange?: { toAmountMinor: bigint; rate: string }
}

export interface ReversalRefusal {
  refused: 'not_reversible' | 'already_reversed'
  /** One sentence for the person. */
  detail: string
}

/** A posting is taken back once. Who asks must look for an earlier reversal under the accounts' locks. */
export const alreadyReversed: ReversalRefusal = {
  refused: 'already_reversed',
  detail: 'This transaction has been taken back already.',
}

/** `ownAccountIds` are the person accounts of the one who asks, of which the posting touches at least one. */
export function decideReversal(
  posting: StandingPosting,
  ownAccountIds: ReadonlySet<string>,
): Reversal | ReversalRefusal {
  const { type, accountId, toAccountId, isImported } = posting
  if (type === 'reversal')
    return refuse('This transaction takes back another one, and cannot be taken back itself: post it again.')
  if (type === 'opening') return refuse('An opening balance is what the account began with: it stays.')
  if (isImported) return refuse('The bank’s statement says that this happened: it can only be undone there.')
  const isMine = ownAccountIds.has(accountId)
  if (isMine && (toAccountId === null || ownAccountIds.has(toAccountId))) return mirror(posting, 'undo')
  if (!isMine && type === 'transfer') return mirror(posting, 'return')
  return refuse('What was sent to somebody else is theirs: only they can return it.')
}

/** Where money went from one account to another, the reversal is shown as going from the other one to the first. */
function mirror(posting: StandingPosting, kind: ReversalKind): Reversal {
  const { accountId, toAccountId, isOut, amountMinor, currency, bought } = posting
  if (toAccountId === null) return { kind, accountId, toAccountId, isOut: !isOut, amountMinor }
  const turned = { kind, accountId: toAccountId, toAccountId: accountId, isOut }
  if (!bought) return { ...turned, amountMinor }
  const rate = computeRate(bought, { amountMinor, currency })
  return {
    ...turned,
    amountMinor: bought.amountMinor,
    exchange: { toAmountMinor: amountMinor, rate },
  }
}

const refuse = (detail: string): ReversalRefusal => ({ refused: 'not_reversible', detail })
