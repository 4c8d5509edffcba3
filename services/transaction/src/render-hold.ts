// A hold as the wire shows it.
import type { Hold } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import { type Answer, isRefusal, type Refusal } from '@fintwin/platform'
import type { HoldRow } from './store/holds.ts'

export function answerWithHold(hold: HoldRow | Refusal, status: number): Answer | Refusal {
  return isRefusal(hold) ? hold : { status, body: renderHold(hold) }
}

export function renderHold(row: HoldRow): Hold {
  return {
    id: row.id,
    account_id: row.accountId,
    to_account: row.toAccount,
    amount: toWireAmount(row.amountMinor, row.currency),
    currency: row.currency,
    state: row.state,
    captured_amount: toWireAmount(row.capturedMinor, row.currency),
    transaction_id: row.postingId,
    note: row.note,
    counterparty: row.counterparty,
    category: row.category,
    ...(row.metadata ? { metadata: row.metadata } : {}),
    expires_at: instant(row.expiresAt),
    capture_at: instant(row.captureAt),
    created_at: row.createdAt.toISOString(),
    settled_at: instant(row.settledAt),
    settled_by: row.settledBy,
    reason: row.reason,
  }
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null
