// What a request for a transaction means in terms of the ledger: which accounts, and how much each gives or gets.
import type { Refusal } from '@fintwin/contracts'
import { computeRate } from '@fintwin/ledger-rules'
import { type CurrencyCode, MAX_AMOUNT_MINOR, parseAmount, readPayment } from '@fintwin/money'

export interface OwnAccount {
  id: string
  kind: 'person' | 'system'
  type: string
  currency: CurrencyCode
}

export interface TransactionRequest {
  account_id?: unknown
  type: 'deposit' | 'withdrawal' | 'transfer' | 'journal'
  amount?: number | string | undefined
  to_account?: string | null | undefined
  to_amount?: number | string | undefined
  legs?: { account_id: string | null; amount: number | string }[] | undefined
}

export interface ProposedLeg {
  accountId: string
  /** Signed, in the account's minor units: negative where money leaves. */
  amountMinor: bigint
}

export interface Proposal {
  type: 'deposit' | 'withdrawal' | 'transfer' | 'exchange' | 'journal' | 'reversal'
  /** The account the transaction is shown under, and the other one of a transfer or an exchange. */
  accountId: string
  toAccountId: string | null
  /** Which way the money went, seen from `accountId`. */
  isOut: boolean
  /** Above zero, in the minor units of `accountId`. */
  amountMinor: bigint
  legs: ProposedLeg[]
  exchange?: { toAmountMinor: bigint; rate: string }
}

const malformed = (member: string, detail: string): Refusal => ({
  refused: 'malformed_request',
  detail: `${member}: ${detail}`,
  errors: [{ pointer: `/${member}`, detail }],
})

/** An account that is not the caller's is ignored: the primary account, which comes first, is used instead. */
export function proposeTransaction(
  request: TransactionRequest,
  own: OwnAccount[],
  locale: string,
): Proposal | Refusal {
  if (request.type === 'journal') return proposeJournal(request, own, locale)
  const persons = own.filter(({ kind }) => kind === 'person')
  const wanted = typeof request.account_id === 'string' ? request.account_id.toLowerCase() : ''
  const account = persons.find(({ id }) => id === wanted) ?? persons[0]
  if (!account) throw new Error('The caller has no account in the ledger.')
  if (request.amount === undefined) return malformed('amount', 'is required.')
  const amount = readPayment(request.amount, account.currency, locale)
  if (!amount.ok) return { refused: 'invalid_amount', detail: amount.detail }
  const { amountMinor } = amount
  const { type } = request
  if (type !== 'transfer') {
    const external = systemAccount(own, 'external', account.currency)
    const signedMinor = type === 'deposit' ? amountMinor : -amountMinor
    const legs = [leg(external, -signedMinor), leg(account.id, signedMinor)]
    return {
      type,
      accountId: account.id,
      toAccountId: null,
      isOut: type === 'withdrawal',
      amountMinor,
      legs: legs.toSorted((a, b) => Number(a.amountMinor - b.amountMinor)),
    }
  }
  if (!request.to_account)
    return { refused: 'missing_recipient', detail: 'A transfer needs the account it goes to (to_account).' }
  const toAccountId = request.to_account.toLowerCase()
  if (request.to_amount !== undefined)
    return proposeExchange(request.to_amount, { account, toAccountId, amountMinor, own, locale })
  const legs = [leg(account.id, -amountMinor), leg(toAccountId, amountMinor)]
  return { type, accountId: account.id, toAccountId, isOut: true, amountMinor, legs }
}

interface Exchange {
  account: OwnAccount
  toAccountId: string
  amountMinor: bigint
  own: OwnAccount[]
  locale: string
}

/**
 * Money changed into another currency, between own accounts: one posting of four legs. What leaves arrives in the exchange account of its
 * currency, and what arrives comes from the exchange account of the other, so that each currency sums to zero by itself and the two
 * exchange accounts show what was changed into what.
 */
function proposeExchange(
  input: number | string,
  { account, toAccountId, amountMinor, own, locale }: Exchange,
): Proposal | Refusal {
  const target = own.find(({ id, kind }) => id === toAccountId && kind === 'person')
  if (!target) {
    return {
      refused: 'currency_mismatch',
      detail: 'Money is exchanged between your own accounts only: leave to_amount out for a transfer.',
    }
  }
  if (target.currency === account.currency)
    return malformed('to_amount', `both accounts are in ${account.currency}; leave it out.`)
  const toAmount = readPayment(input, target.currency, locale)
  if (!toAmount.ok) return { refused: 'invalid_amount', detail: `to_amount: ${toAmount.detail}` }
  const toAmountMinor = toAmount.amountMinor
  const bought = { amountMinor: toAmountMinor, currency: target.currency }
  return {
    type: 'exchange',
    accountId: account.id,
    toAccountId,
    isOut: true,
    amountMinor,
    legs: [
      leg(account.id, -amountMinor),
      leg(systemAccount(own, 'exchange', account.currency), amountMinor),
      leg(systemAccount(own, 'exchange', target.currency), -toAmountMinor),
      leg(target.id, toAmountMinor),
    ],
    exchange: { toAmountMinor, rate: computeRate({ ...account, amountMinor }, bought) },
  }
}

/** Any number of own accounts, and the outside, in one posting. It is shown under the first account that gives. */
function proposeJournal(
  { legs: wanted }: TransactionRequest,
  own: OwnAccount[],
  locale: string,
): Proposal | Refusal {
  if (!wanted) return malformed('legs', 'is required for a journal.')
  const accounts = wanted.map(({ account_id: id }) =>
    id === null ? null : own.find(({ id: known, kind }) => kind === 'person' && known === id.toLowerCase()),
  )
  if (accounts.includes(undefined))
    return { refused: 'not_your_account', detail: 'This account is not yours.' }
  const first = accounts.find((account) => account !== null)
  if (!first) return malformed('legs', 'at least one must be on one of your accounts.')
  const legs: ProposedLeg[] = []
  for (const [index, { amount: input }] of wanted.entries()) {
    const account = accounts[index] ?? null
    const currency = account?.currency ?? first.currency
    const amount = parseAmount(input, currency)
    if (!amount.ok || amount.amountMinor === 0n) {
      const paid = readPayment(input, currency, locale)
      const detail = paid.ok ? 'The amount is not valid.' : paid.detail
      return { refused: 'invalid_amount', detail: `legs/${index}/amount: ${detail}` }
    }
    legs.push(leg(account?.id ?? systemAccount(own, 'external', currency), amount.amountMinor))
  }
  const isShown = ({ accountId }: ProposedLeg): boolean =>
    accounts.some((account) => account?.id === accountId)
  const main = legs.find((side) => isShown(side) && side.amountMinor < 0n) ?? legs.find(isShown)
  if (!main) return malformed('legs', 'at least one must be on one of your accounts.')
  const amountMinor = main.amountMinor < 0n ? -main.amountMinor : main.amountMinor
  if (amountMinor > MAX_AMOUNT_MINOR) return { refused: 'invalid_amount', detail: 'An amount is too large.' }
  return {
    type: 'journal',
    accountId: main.accountId,
    toAccountId: null,
    isOut: main.amountMinor < 0n,
    amountMinor,
    legs,
  }
}

const leg = (accountId: string, amountMinor: bigint): ProposedLeg => ({ accountId, amountMinor })

function systemAccount(own: OwnAccount[], type: string, currency: CurrencyCode): string {
  const account = own.find((row) => row.kind === 'system' && row.type === type && row.currency === currency)
  if (!account) throw new Error(`The caller has no system account ${type} in ${currency}.`)
  return account.id
}
