// Whether the ledger sets money aside for a payment to come, and whether what was set aside may be paid or let go. Pure, like the postings' rules.
import { formatMoney, MAX_AMOUNT_MINOR } from '@fintwin/money'
import { decidePosting, type LedgerRefusal, type Leg } from './decide-posting.ts'

/** A hold as it stands under the lock of its account. */
export interface HoldState {
  state: 'placed' | 'captured' | 'released' | 'expired'
  /** What it set aside, in the account's minor units. */
  amountMinor: bigint
  /** From then on it can no longer be captured; null where it lasts until somebody settles it. */
  expiresAt: Date | null
}

export interface ProposedCapture {
  hold: HoldState
  /** The legs of the payment: negative on the account whose money was set aside, which still counts the hold as held. */
  legs: readonly Leg[]
  now: Date
}

export interface HoldRefusal {
  refused: LedgerRefusal['refused'] | 'hold_not_open' | 'hold_exceeded'
  /** One sentence for the person. */
  detail: string
}

/** Undefined when the money is set aside. A hold is refused as the payment would be that it is for, in the same order. */
export function decideHold(legs: readonly Leg[], locale: string): LedgerRefusal | undefined {
  return decidePosting({ legs }, locale) ?? refuseByHeld(legs)
}

/**
 * Undefined when the hold is paid. The whole of it is let go first and the payment taken from that, so that what is not captured is available
 * again. Refusals come in this order: settled or expired, more than was held, and then those of any posting.
 */
export function decideCapture({ hold, legs, now }: ProposedCapture, locale: string): HoldRefusal | undefined {
  const settled = decideRelease(hold)
  if (settled) return settled
  if (hold.expiresAt !== null && hold.expiresAt <= now)
    return { refused: 'hold_not_open', detail: sentences.expired }
  const source = legs.find(({ amountMinor }) => amountMinor < 0n)
  if (source && -source.amountMinor > hold.amountMinor) {
    const held = formatMoney(hold.amountMinor, source.account.currency, locale)
    return {
      refused: 'hold_exceeded',
      detail: `This hold set ${held} aside: no more than that can be captured.`,
    }
  }
  return decidePosting({ legs: legs.map((leg) => letGo(leg, hold)) }, locale)
}

/** Undefined when the hold can be let go, which only one that was settled before cannot. */
export function decideRelease({ state }: HoldState): HoldRefusal | undefined {
  return state === 'placed' ? undefined : { refused: 'hold_not_open', detail: sentences[state] }
}

const sentences = {
  captured: 'This hold was captured already.',
  released: 'This hold was released already.',
  expired: 'This hold has expired.',
}

function letGo(leg: Leg, hold: HoldState): Leg {
  if (leg.amountMinor >= 0n) return leg
  return { ...leg, account: { ...leg.account, heldMinor: leg.account.heldMinor - hold.amountMinor } }
}

/** Where an account has no floor, nothing else ends what holds may add up to. */
function refuseByHeld(legs: readonly Leg[]): LedgerRefusal | undefined {
  const isBeyond = ({ account, amountMinor }: Leg): boolean =>
    amountMinor < 0n && account.heldMinor - amountMinor > MAX_AMOUNT_MINOR
  return legs.some(isBeyond)
    ? { refused: 'balance_out_of_range', detail: 'More would be held than FinTwin can hold.' }
    : undefined
}
