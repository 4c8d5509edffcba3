// Whether the ledger takes a posting: the one place where a withdrawal is refused. Pure, so that a twin decides with the same code.
import { type CurrencyCode, formatMoney, MAX_AMOUNT_MINOR } from '@fintwin/money'

/** An account as it stands under the lock, before the posting. */
export interface LedgerAccountState {
  id: string
  ownerId: string
  kind: 'person' | 'system'
  currency: CurrencyCode
  status: 'open' | 'frozen' | 'closed'
  /** Lowest balance a payment may leave, in minor units; null where there is none. */
  floorMinor: bigint | null
  balanceMinor: bigint
  /** Part of the balance that holds have set aside, in minor units. */
  heldMinor: bigint
}

export interface ProposedPosting {
  source: LedgerAccountState
  target: LedgerAccountState
  /** Above zero, in the source's minor units. */
  amountMinor: bigint
  /** An imported fact has happened already: it is recorded whatever it does to the balance. */
  isFact?: boolean
}

export interface LedgerRefusal {
  refused:
    | 'same_account'
    | 'account_closed'
    | 'account_frozen'
    | 'currency_mismatch'
    | 'insufficient_funds'
    | 'balance_out_of_range'
  /** One sentence for the person. */
  detail: string
}

/** Undefined when the posting is taken. Refusals come in this order: same account, state, currency, funds, range. */
export function decidePosting(posting: ProposedPosting, locale: string): LedgerRefusal | undefined {
  const { source, target, amountMinor, isFact = false } = posting
  if (source.id === target.id)
    return { refused: 'same_account', detail: 'A transfer needs two different accounts.' }
  const closed = refuseByState(source, target)
  if (closed) return closed
  if (source.currency !== target.currency) {
    return {
      refused: 'currency_mismatch',
      detail: `This account is in ${source.currency} and the other one in ${target.currency}.`,
    }
  }
  const availableMinor = computeAvailable(source)
  if (!isFact && availableMinor !== null && amountMinor > availableMinor) {
    const available = formatMoney(availableMinor < 0n ? 0n : availableMinor, source.currency, locale)
    const needed = formatMoney(amountMinor, source.currency, locale)
    return {
      refused: 'insufficient_funds',
      detail: `Insufficient funds: ${needed} is needed and ${available} is available.`,
    }
  }
  if (isOutOfRange(source.balanceMinor - amountMinor) || isOutOfRange(target.balanceMinor + amountMinor)) {
    return {
      refused: 'balance_out_of_range',
      detail: 'The balance would become larger than FinTwin can hold.',
    }
  }
  return undefined
}

/** What may still be paid out of an account, in minor units; null where there is no floor. */
export function computeAvailable({ balanceMinor, heldMinor, floorMinor }: LedgerAccountState): bigint | null {
  return floorMinor === null ? null : balanceMinor - heldMinor - floorMinor
}

function refuseByState(source: LedgerAccountState, target: LedgerAccountState): LedgerRefusal | undefined {
  if (source.status === 'closed' || target.status === 'closed') {
    return { refused: 'account_closed', detail: 'The account is closed and takes no more transactions.' }
  }
  if (source.status === 'frozen')
    return { refused: 'account_frozen', detail: 'The account is frozen: nothing can be paid out of it.' }
  return undefined
}

const isOutOfRange = (balanceMinor: bigint): boolean =>
  balanceMinor > MAX_AMOUNT_MINOR || balanceMinor < -MAX_AMOUNT_MINOR
