// How a hold ends: captured, which posts what was set aside; released; or settled by the clock. Its account is locked before its state is read,
// so that of all who try at once one wins, and the others are told what became of it.
import { decideCapture, decideRelease } from '@fintwin/ledger-rules'
import { type CurrencyCode, readPayment } from '@fintwin/money'
import { isId, newId, notFound, type Refusal, refuse, type Tx } from '@fintwin/platform'
import { findHold, type HoldRow, type Settlement, settleHold } from './store/holds.ts'
import { inNameOf } from './store/in-name-of.ts'
import {
  type DecidedPosting,
  type LedgerAccountRow,
  listOwnAccounts,
  lockAccounts,
  post,
} from './store/ledger.ts'

export interface Settling {
  holdId: string
  callerId: string
  locale: string
}

/** Posts the whole of a hold, or `amount` of it and lets the rest go. */
export function captureHold(
  tx: Tx,
  settling: Settling,
  amount: number | string | undefined,
): Promise<HoldRow | Refusal> {
  const { callerId, locale } = settling
  return settleAsParty(tx, settling, async (hold) => {
    const asked = amount === undefined ? undefined : readPayment(amount, hold.currency, locale)
    if (asked?.ok === false) return refuse('invalid_amount', asked.detail)
    const amountMinor = asked?.amountMinor ?? hold.amountMinor
    const refusal = await capture(tx, hold, { settlerId: callerId, amountMinor, locale })
    return refusal && callerId !== hold.ownerId ? withoutFigures(refusal) : refusal
  })
}

/** Lets a hold go: its owner's change of mind, or its recipient's refusal. */
export function releaseHold(tx: Tx, settling: Settling): Promise<HoldRow | Refusal> {
  const settlement: Settlement = { settlerId: settling.callerId, state: 'released' }
  return settleAsParty(tx, settling, (hold) => letGo(tx, hold, settlement))
}

/** What the clock does with a hold that is due: a delayed transfer goes, any other hold expires. Belongs to a transaction of its owner's. */
export async function settleDueHold(tx: Tx, holdId: string, locale: string): Promise<Refusal | undefined> {
  const hold = await findHold(tx, holdId)
  if (!hold) return notFound
  if (hold.captureAt) return capture(tx, hold, { settlerId: null, amountMinor: hold.amountMinor, locale })
  return letGo(tx, hold, { settlerId: null, state: 'expired' })
}

/** Lets a delayed transfer go that was refused at its time. Belongs to a transaction of its owner's. */
export async function giveUpHold(tx: Tx, holdId: string, reason: string): Promise<Refusal | undefined> {
  const hold = await findHold(tx, holdId)
  return hold ? letGo(tx, hold, { settlerId: null, state: 'released', reason }) : notFound
}

/**
 * Whoever may see a hold may settle it. The money is its owner's, and so is the transaction while it moves; what comes before and after, such
 * as the kept answer, is the caller's own.
 */
async function settleAsParty(
  tx: Tx,
  { holdId, callerId }: Settling,
  settle: (hold: HoldRow) => Promise<Refusal | undefined>,
): Promise<HoldRow | Refusal> {
  const hold = isId(holdId) ? await findHold(tx, holdId) : undefined
  if (!hold) return notFound
  // Settled is final: no lock is needed to see it.
  const refusal = decideRelease(hold) ?? (await inNameOf(tx, hold.ownerId, callerId, () => settle(hold)))
  return refusal ?? ((await findHold(tx, holdId)) as HoldRow)
}

async function letGo(
  tx: Tx,
  { id, accountId }: HoldRow,
  settlement: Settlement,
): Promise<Refusal | undefined> {
  await lockAccounts(tx, [accountId])
  const refusal = decideRelease((await findHold(tx, id)) as HoldRow)
  if (!refusal) await settleHold(tx, id, settlement)
  return refusal
}

interface Capture {
  settlerId: string | null
  amountMinor: bigint
  locale: string
}

async function capture(
  tx: Tx,
  { id, ownerId, accountId, toAccount, currency }: HoldRow,
  { settlerId, amountMinor, locale }: Capture,
): Promise<Refusal | undefined> {
  const targetId = toAccount ?? (await findExternal(tx, ownerId, currency))
  const accounts = await lockAccounts(tx, [accountId, targetId])
  const legs = [...accounts.values()].map((account) => ({
    account,
    amountMinor: account.id === accountId ? -amountMinor : amountMinor,
  }))
  const hold = (await findHold(tx, id)) as HoldRow
  const refusal = decideCapture({ hold, legs, now: accounts.postedAfter }, locale)
  if (refusal) return refusal
  const posting = paymentOf(hold, legs)
  await settleHold(tx, id, {
    settlerId,
    state: 'captured',
    capturedMinor: amountMinor,
    postingId: posting.id,
  })
  await post(tx, [posting], accounts.postedAfter)
  return undefined
}

/** The account by which money leaves FinTwin. */
async function findExternal(tx: Tx, ownerId: string, currency: CurrencyCode): Promise<string> {
  const own = await listOwnAccounts(tx, ownerId)
  const external = own.find((account) => account.type === 'external' && account.currency === currency)
  if (!external) throw new Error(`The owner has no system account external in ${currency}.`)
  return external.id
}

/** The posting of a capture, in the words of the hold. The leg that gives comes first. */
function paymentOf(
  hold: HoldRow,
  legs: { account: LedgerAccountRow; amountMinor: bigint }[],
): DecidedPosting {
  const ordered = legs.toSorted((a, b) => Number(a.amountMinor - b.amountMinor))
  return {
    id: newId(),
    callerId: hold.ownerId,
    type: hold.toAccount === null ? 'withdrawal' : 'transfer',
    accountId: hold.accountId,
    toAccountId: hold.toAccount,
    isOut: true,
    amountMinor: -(ordered[0] as { amountMinor: bigint }).amountMinor,
    legs: ordered.map(({ account, amountMinor }) => ({ accountNo: account.no, amountMinor })),
    holdId: hold.id,
    note: hold.note,
    counterparty: hold.counterparty ?? undefined,
    category: hold.category ?? undefined,
    metadata: hold.metadata ?? undefined,
  }
}

/** What is in somebody else's account is not told to the one it would have paid. */
function withoutFigures(refusal: Refusal): Refusal {
  return refusal.refused === 'insufficient_funds'
    ? refuse('insufficient_funds', 'The account that this was to be paid from cannot pay it right now.')
    : refusal
}
