// A posting as the wire shows it.
import type { Annotation, Transaction, TransactionDetail, TransactionLeg } from '@fintwin/contracts'
import { alreadyReversed } from '@fintwin/ledger-rules'
import { toWireAmount } from '@fintwin/money'
import { type ReadTransaction, reversalOf } from './read-transaction.ts'
import type { AnnotationRow } from './store/annotations.ts'
import type { LegRow } from './store/legs.ts'
import type { PostingRow } from './store/postings.ts'

/** With its legs in a list, where its amount alone does not tell what it did. */
export function renderTransaction(row: PostingRow, legs?: LegRow[]): Transaction {
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
    ...renderOriginal(row),
    external_id: row.externalId,
    ...renderExchange(row),
    ...(row.reverses ? { reverses: row.reverses } : {}),
    ...(row.reversedBy ? { reversed_by: row.reversedBy } : {}),
    ...(legs ? { legs: legs.map(renderLeg) } : {}),
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

/** What was posted, of the texts that the reader has put their own beside. */
function renderOriginal({ original = {} }: PostingRow): Partial<Transaction> {
  const { note, counterparty, category } = original
  return {
    ...(note === undefined ? {} : { original_note: note }),
    ...(counterparty === undefined ? {} : { original_counterparty: counterparty }),
    ...(category === undefined ? {} : { original_category: category }),
  }
}

export function renderDetail(transaction: ReadTransaction): TransactionDetail {
  const { row, legs, annotation } = transaction
  const reversal = reversalOf(transaction)
  const isRefused = 'refused' in reversal
  return {
    ...renderTransaction(row),
    legs: legs.map(renderLeg),
    reversible_as: isRefused || row.reversedBy ? null : reversal.kind,
    irreversible_because: isRefused ? reversal.detail : row.reversedBy ? alreadyReversed.detail : null,
    annotation: annotation ? renderAnnotation(annotation) : null,
  }
}

function renderLeg({ account, amountMinor, balanceMinor, number }: LegRow): TransactionLeg {
  const isOwn = account.kind === 'person'
  return {
    account_id: isOwn ? account.id : null,
    ...(isOwn ? {} : { system: account.type as 'external' | 'opening' | 'exchange' }),
    amount: toWireAmount(amountMinor, account.currency),
    currency: account.currency,
    balance: toWireAmount(balanceMinor, account.currency),
    number,
  }
}

function renderAnnotation({ note, counterparty, category, updatedAt }: AnnotationRow): Annotation {
  return {
    ...(note === null ? {} : { note: note || null }),
    ...(counterparty === null ? {} : { counterparty: counterparty || null }),
    ...(category === null ? {} : { category: category || null }),
    updated_at: updatedAt.toISOString(),
  }
}
