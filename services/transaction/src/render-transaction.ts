// A posting as the wire shows it.
import type { Transaction } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import type { PostingRow } from './store/postings.ts'

export function renderTransaction(row: PostingRow): Transaction {
  return {
    id: row.id,
    account_id: row.accountId,
    type: row.type,
    amount: toWireAmount(row.amountMinor, row.currency),
    currency: row.currency,
    to_account: row.toAccount,
    direction: row.direction,
    note: row.note,
    counterparty: row.counterparty,
    category: row.category,
    external_id: row.externalId,
    ...renderExchange(row),
    ...(row.reverses ? { reverses: row.reverses } : {}),
    ...(row.holdId ? { hold_id: row.holdId } : {}),
    ...(row.metadata ? { metadata: row.metadata } : {}),
    effective_at: row.effectiveAt.toISOString(),
    created_at: row.createdAt.toISOString(),
  }
}

function renderExchange({ toAmountMinor, toCurrency, rate }: PostingRow): Partial<Transaction> {
  if (toAmountMinor === null || toCurrency === null) return {}
  return {
    to_amount: toWireAmount(toAmountMinor, toCurrency),
    to_currency: toCurrency,
    ...(rate === null ? {} : { rate: Number(rate) }),
  }
}
