// Transactions from their requests to their rows: propose, lock every account once, decide in order, post in one call. One request or many.
import type { NewTransaction as TransactionBody } from '@fintwin/contracts'
import { decidePosting, type Leg } from '@fintwin/ledger-rules'
import type { CurrencyCode } from '@fintwin/money'
import { isId, isRefusal, newId, type Refusal, refuse, type Tx } from '@fintwin/platform'
import { isKeepableInstant } from './rules/is-keepable-instant.ts'
import { type OwnAccount, type Proposal, proposeTransaction } from './rules/propose-transaction.ts'
import {
  type DecidedPosting,
  type LedgerAccountRow,
  type LockedAccounts,
  listOwnAccounts,
  lockAccounts,
  post,
} from './store/ledger.ts'
import type { PostingRow } from './store/postings.ts'

export type { TransactionBody }

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
  const accounts = await lockAccounts(tx, accountsOf(proposals))
  const decided: (DecidedPosting | Refusal)[] = []
  for (const [index, proposal] of proposals.entries()) {
    const outcome = isRefusal(proposal)
      ? proposal
      : decide(proposal, requests[index] as TransactionBody, accounts, posting)
    if (posting.isAtomic && isRefusal(outcome)) return { refusal: outcome, index }
    decided.push(outcome)
  }
  const taken = decided.filter((outcome): outcome is DecidedPosting => !isRefusal(outcome))
  if (taken.length > 0) await post(tx, taken, accounts.postedAfter)
  return decided.map((outcome) => (isRefusal(outcome) ? outcome : asRow(outcome, accounts)))
}

/** Every account that the proposals touch, once. */
export function accountsOf(proposals: (Proposal | Refusal)[]): string[] {
  const ids = proposals.flatMap((proposal) =>
    isRefusal(proposal) ? [] : proposal.legs.map(({ accountId }) => accountId),
  )
  return [...new Set(ids)]
}

/** What a request means, or why it can mean nothing: everything that can be said without a lock. */
export function propose(
  body: TransactionBody,
  own: OwnAccount[],
  { locale, now }: Pick<Posting, 'locale' | 'now'>,
): Proposal | Refusal {
  const proposal = proposeTransaction(body, own, locale)
  if (isRefusal(proposal)) return proposal
  if (!isKeepable([body.note, body.counterparty, body.category, ...Object.values(body.metadata ?? {})])) {
    return refuse('malformed_request', 'A text holds a character that cannot be kept, such as NUL.')
  }
  const { legs, accountId, toAccountId, type } = proposal
  if (accountId === toAccountId) return refuse('same_account', 'A transfer needs two different accounts.')
  if (!legs.every((side) => isId(side.accountId))) return unknownRecipient
  if (type === 'transfer' && own.some(({ id, kind }) => kind === 'system' && id === toAccountId))
    return unknownRecipient
  if (body.effective_at && !isPast(body.effective_at, now)) {
    return refuse('malformed_request', 'effective_at: must be an instant between the year 1900 and now.')
  }
  if (body.effective_at && !legs.every((side) => own.some(({ id }) => id === side.accountId))) {
    return refuse('malformed_request', 'effective_at: a transfer to somebody else happens when it is sent.')
  }
  return proposal
}

/** Whether PostgreSQL can keep these texts: one that it cannot would fail the call of everybody who is written with it. */
function isKeepable(values: unknown[]): boolean {
  return values.every(
    (value) => typeof value !== 'string' || (value.isWellFormed() && !value.includes('\u0000')),
  )
}

/** A leap second, say, is well-formed and yet no instant that a clock here knows. */
function isPast(instant: string, now: Date): boolean {
  return isKeepableInstant(instant) && Date.parse(instant) <= now.getTime()
}

/** What a request says of a transaction, and no decision depends on. */
export type PostedWords = Pick<
  TransactionBody,
  'note' | 'counterparty' | 'category' | 'metadata' | 'effective_at'
>

const unknownRecipient = refuse('unknown_recipient', 'There is no account with this number to transfer to.')

/** Takes or refuses one, and moves the balances that the next ones are decided on. */
export function decide(
  proposal: Proposal,
  body: PostedWords,
  accounts: LockedAccounts,
  { callerId, locale }: Pick<Posting, 'callerId' | 'locale'>,
): DecidedPosting | Refusal {
  const legs = resolveLegs(proposal, accounts, callerId)
  if (isRefusal(legs)) return legs
  const refusal = decidePosting({ legs }, locale)
  if (refusal) return refusal
  move(legs, accounts)
  return {
    id: newId(),
    callerId,
    type: proposal.type,
    accountId: proposal.accountId,
    toAccountId: proposal.toAccountId,
    isOut: proposal.isOut,
    amountMinor: proposal.amountMinor,
    legs: legs.map(({ account, amountMinor }) => ({
      accountNo: (account as LedgerAccountRow).no,
      amountMinor,
    })),
    exchange: proposal.exchange,
    note: body.note,
    counterparty: body.counterparty,
    category: body.category,
    metadata: body.metadata,
    effectiveAt: body.effective_at ? new Date(body.effective_at) : undefined,
  }
}

/** The legs on the accounts as they stand under their locks; refused where one of them does not exist for the caller. */
export function resolveLegs(proposal: Proposal, accounts: LockedAccounts, callerId: string): Leg[] | Refusal {
  const legs: Leg[] = []
  for (const { accountId, amountMinor } of proposal.legs) {
    const account = accounts.get(accountId)
    if (!account || (account.kind === 'system' && account.ownerId !== callerId)) return unknownRecipient
    legs.push({ account, amountMinor })
  }
  return legs
}

/** Balances as they stand once a posting is taken. */
function move(legs: Leg[], accounts: LockedAccounts): void {
  for (const { account, amountMinor } of legs) {
    const row = accounts.get(account.id) as LedgerAccountRow
    accounts.set(account.id, { ...row, balanceMinor: row.balanceMinor + amountMinor })
  }
}

/** A decided posting as the row that it becomes. */
export function asRow(posting: DecidedPosting, accounts: LockedAccounts): PostingRow {
  const currencyOf = (id: string | null): CurrencyCode | null =>
    (id === null ? undefined : accounts.get(id)?.currency) ?? null
  const { postedAfter } = accounts
  return {
    id: posting.id,
    type: posting.type,
    accountId: posting.accountId,
    toAccount: posting.toAccountId,
    direction: posting.isOut ? 'out' : 'in',
    amountMinor: posting.amountMinor,
    currency: currencyOf(posting.accountId) as CurrencyCode,
    toAmountMinor: posting.exchange?.toAmountMinor ?? null,
    toCurrency: posting.exchange ? currencyOf(posting.toAccountId) : null,
    rate: posting.exchange?.rate ?? null,
    reverses: posting.reverses ?? null,
    holdId: posting.holdId ?? null,
    externalId: posting.externalId ?? null,
    note: posting.note ?? null,
    counterparty: posting.counterparty ?? null,
    category: posting.category ?? null,
    metadata: posting.metadata ?? null,
    effectiveAt: posting.effectiveAt ?? postedAfter,
    createdAt: postedAfter,
  }
}
