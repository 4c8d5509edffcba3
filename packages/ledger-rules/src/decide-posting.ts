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

/** One side of a posting: negative where money leaves the account, in the account's minor units. */
export interface Leg {
  account: LedgerAccountState
  amountMinor: bigint
}

export interface ProposedPosting {
  legs: readonly Leg[]
  /** An imported fact has happened already: it is recorded whatever it does to the balance. */
  isFact?: boolean
}

export interface LedgerRefusal {
  refused:
    | 'same_account'
    | 'account_closed'
    | 'account_frozen'
    | 'currency_mismatch'
    | 'unbalanced_posting'
    | 'insufficient_funds'
    | 'balance_out_of_range'
  /** One sentence for the person. */
  detail: string
}

/** Undefined when the posting is taken. Refusals come in this order: same account, state, currency or balance of the legs, funds, range. */
export function decidePosting(posting: ProposedPosting, locale: string): LedgerRefusal | undefined {
  const { legs, isFact = false } = posting
  if (new Set(legs.map(({ account }) => account.id)).size < Math.max(legs.length, 2)) {
    const detail =
      legs.length > 2
        ? 'A journal names each account, and the outside, once.'
        : 'A transfer needs two different accounts.'
    return { refused: 'same_account', detail }
  }
  return (
    refuseByState(legs, isFact) ??
    refuseByBalance(legs) ??
    (isFact ? undefined : refuseByFunds(legs, locale)) ??
    refuseByRange(legs)
  )
}

/** What may still be paid out of an account, in minor units; null where there is no floor. */
export function computeAvailable({ balanceMinor, heldMinor, floorMinor }: LedgerAccountState): bigint | null {
  return floorMinor === null ? null : balanceMinor - heldMinor - floorMinor
}

function refuseByState(legs: readonly Leg[], isFact: boolean): LedgerRefusal | undefined {
  if (legs.some(({ account }) => account.status === 'closed'))
    return { refused: 'account_closed', detail: 'The account is closed and takes no more transactions.' }
  if (!isFact && legs.some(({ account, amountMinor }) => amountMinor < 0n && account.status === 'frozen'))
    return { refused: 'account_frozen', detail: 'The account is frozen: nothing can be paid out of it.' }
  return undefined
}

/** Double entry: the legs of a posting sum to zero in each currency. */
function refuseByBalance(legs: readonly Leg[]): LedgerRefusal | undefined {
  const sums = new Map<CurrencyCode, bigint>()
  for (const { account, amountMinor } of legs)
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + amountMinor)
  const [unbalanced] = [...sums].find(([, sumMinor]) => sumMinor !== 0n) ?? []
  if (unbalanced === undefined) return undefined
  const [first, second] = sums.keys()
  if (second !== undefined && legs.length === 2) {
    return {
      refused: 'currency_mismatch',
      detail: `This account is in ${first} and the other one in ${second}.`,
    }
  }
  return {
    refused: 'unbalanced_posting',
    detail: `What leaves and what arrives in ${unbalanced} must be equal.`,
  }
}

function refuseByFunds(legs: readonly Leg[], locale: string): LedgerRefusal | undefined {
  for (const { account, amountMinor } of legs) {
    const availableMinor = computeAvailable(account)
    if (availableMinor === null || amountMinor >= 0n || -amountMinor <= availableMinor) continue
    const available = formatMoney(availableMinor < 0n ? 0n : availableMinor, account.currency, locale)
    const needed = formatMoney(-amountMinor, account.currency, locale)
    return {
      refused: 'insufficient_funds',
      detail: `Insufficient funds: ${needed} is needed and ${available} is available.`,
    }
  }
  return undefined
}

function refuseByRange(legs: readonly Leg[]): LedgerRefusal | undefined {
  if (legs.every(({ account, amountMinor }) => isInRange(account.balanceMinor + amountMinor)))
    return undefined
  return {
    refused: 'balance_out_of_range',
    detail: 'The balance would become larger than FinTwin can hold.',
  }
}

const isInRange = (balanceMinor: bigint): boolean =>
  balanceMinor <= MAX_AMOUNT_MINOR && balanceMinor >= -MAX_AMOUNT_MINOR
