// What a request for a transaction means in terms of the ledger: which account pays which, and how much.
import type { Refusal } from '@fintwin/contracts'
import { type CurrencyCode, readPayment } from '@fintwin/money'

export interface OwnAccount {
  id: string
  kind: 'person' | 'system'
  type: string
  currency: CurrencyCode
}

export interface TransactionRequest {
  account_id?: unknown
  type: 'deposit' | 'withdrawal' | 'transfer'
  amount: number | string
  to_account?: string | null
}

export interface Proposal {
  account: OwnAccount
  sourceId: string
  targetId: string
  amountMinor: bigint
}

/** An account that is not the caller's is ignored: the primary account, which comes first, is used instead. */
export function proposeTransaction(
  request: TransactionRequest,
  own: OwnAccount[],
  locale: string,
): Proposal | Refusal {
  const persons = own.filter(({ kind }) => kind === 'person')
  const wanted = typeof request.account_id === 'string' ? request.account_id.toLowerCase() : ''
  const account = persons.find(({ id }) => id === wanted) ?? persons[0]
  if (!account) throw new Error('The caller has no account in the ledger.')
  const amount = readPayment(request.amount, account.currency, locale)
  if (!amount.ok) return { refused: 'invalid_amount', detail: amount.detail }
  const { amountMinor } = amount
  const external = own.find(
    ({ kind, type, currency }) => kind === 'system' && type === 'external' && currency === account.currency,
  )
  if (!external) throw new Error(`The caller has no system account in ${account.currency}.`)
  if (request.type === 'deposit') return { account, sourceId: external.id, targetId: account.id, amountMinor }
  if (request.type === 'withdrawal')
    return { account, sourceId: account.id, targetId: external.id, amountMinor }
  if (!request.to_account)
    return { refused: 'missing_recipient', detail: 'A transfer needs the account it goes to (to_account).' }
  return { account, sourceId: account.id, targetId: request.to_account.toLowerCase(), amountMinor }
}
