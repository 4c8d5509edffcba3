// One transaction with everything its reader may know of it: its legs, their own words beside it, and whether it can be taken back.
import {
  decideReversal,
  type Reversal,
  type ReversalRefusal,
  type StandingPosting,
} from '@fintwin/ledger-rules'
import { isId, notFound, Refused, type Tx } from '@fintwin/platform'
import { type AnnotationRow, findAnnotation } from './store/annotations.ts'
import { type LedgerAccountRow, listOwnAccounts } from './store/ledger.ts'
import { type LegRow, listLegs } from './store/legs.ts'
import { findPosting, type PostingRow } from './store/postings.ts'

export interface SeenPosting {
  row: PostingRow
  /** Of the reader's own accounts, system accounts among them. */
  legs: LegRow[]
  own: LedgerAccountRow[]
}

export interface ReadTransaction extends SeenPosting {
  annotation: AnnotationRow | undefined
}

/** @throws Refused `not_found`, the same for what does not exist and for what the person does not see. */
export async function readTransaction(tx: Tx, personId: string, id: string): Promise<ReadTransaction> {
  const seen = await seePosting(tx, personId, id)
  if (!seen) throw new Refused(notFound)
  return { ...seen, annotation: await findAnnotation(tx, personId, seen.row.id) }
}

/** Undefined for what the person does not see. */
export async function seePosting(tx: Tx, personId: string, id: string): Promise<SeenPosting | undefined> {
  if (!isId(id)) return undefined
  const own = await listOwnAccounts(tx, personId)
  const row = await findPosting(tx, own, id)
  if (!row) return undefined
  const legs = await listLegs(tx, own, [row.id])
  return { row, own, legs: legs.get(row.id) ?? [] }
}

/** What taking it back would be, whatever funds that needs. */
export function reversalOf({ row, own }: SeenPosting): Reversal | ReversalRefusal {
  const persons = own.filter(({ kind }) => kind === 'person').map(({ id }) => id)
  return decideReversal(asStanding(row), new Set(persons))
}

function asStanding(row: PostingRow): StandingPosting {
  const { toAmountMinor, toCurrency } = row
  const isExchange = toAmountMinor !== null && toCurrency !== null
  return {
    type: row.type,
    accountId: row.accountId,
    toAccountId: row.toAccount,
    isOut: row.direction === 'out',
    amountMinor: row.amountMinor,
    currency: row.currency,
    bought: isExchange ? { amountMinor: toAmountMinor, currency: toCurrency } : null,
    isImported: row.externalId !== null,
  }
}
