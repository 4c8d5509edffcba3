// A statement of one of the caller's accounts: what it says as a whole, and its entries page by page. No transaction is held open while the
// file is on its way: entries never change, and those posted since are beyond the position it was begun at.
import {
  asPerson,
  type Caller,
  newId,
  pickOwnAccount,
  Refused,
  refuse,
  type ServiceDeps,
} from '@fintwin/platform'
import { closingInstant, type DocumentEntry, type StatementDocument } from '@fintwin/statements'
import { refuseOddDays } from './refuse-odd-days.ts'
import { decidePeriod, type Period } from './rules/decide-period.ts'
import {
  type ExportedEntry,
  type ExportScope,
  type ExportTotals,
  listExportedEntries,
  readExportTotals,
} from './store/exports.ts'
import { type LedgerAccountRow, listOwnAccounts } from './store/ledger.ts'

/** Entries in a page: enough that queries cost little, few enough that writing one keeps nobody waiting. */
const pageSize = 1_000

export interface ExportedStatement {
  document: StatementDocument
  pages: AsyncGenerator<DocumentEntry[]>
}

/** @throws Refused `not_your_account`, or `malformed_request` for days that no statement can be of. */
export async function exportStatement(
  deps: ServiceDeps,
  caller: Caller,
  accountId: string,
  days: Partial<Period>,
): Promise<ExportedStatement> {
  const { personId } = caller
  const now = new Date()
  const { own, account, period, totals } = await asPerson(deps.database, personId, async (tx) => {
    const own = (await listOwnAccounts(tx, personId)).filter(({ kind }) => kind === 'person')
    const account = pickOwnAccount(own, accountId)
    const period = requirePeriod(days, now)
    return { own, account, period, totals: await readExportTotals(tx, { accountNo: account.no, ...period }) }
  })
  const scope = { accountNo: account.no, position: totals.position, ...period }
  return {
    document: describe(account, period, totals, { ownerName: caller.name, now }),
    pages: readPages(deps, personId, scope, { account, own }),
  }
}

function requirePeriod(days: Partial<Period>, now: Date): Period {
  refuseOddDays(days.from, days.to)
  const period = decidePeriod(days, now.toISOString().slice(0, 10))
  if (period) return period
  throw new Refused(refuse('malformed_request', 'from must not be after to.'))
}

function describe(
  account: LedgerAccountRow,
  { from, to }: Period,
  { openingMinor, credits, debits, lastEntryAt, availableMinor }: ExportTotals,
  { ownerName, now }: { ownerName: string; now: Date },
): StatementDocument {
  const createdAt = now.toISOString()
  return {
    id: newId(),
    createdAt,
    account: {
      id: account.id,
      type: account.type as StatementDocument['account']['type'],
      currency: account.currency,
      ownerName,
    },
    from,
    to,
    openingMinor,
    closingMinor: openingMinor + credits.sumMinor - debits.sumMinor,
    closingAt: closingInstant({ from, to, createdAt }, lastEntryAt?.toISOString()),
    // What may be spent is known of now only.
    availableMinor: to >= createdAt.slice(0, 10) ? (availableMinor ?? undefined) : undefined,
    credits,
    debits,
  }
}

async function* readPages(
  deps: ServiceDeps,
  personId: string,
  scope: ExportScope,
  { account, own }: { account: LedgerAccountRow; own: LedgerAccountRow[] },
): AsyncGenerator<DocumentEntry[]> {
  let last: ExportedEntry | undefined
  while (true) {
    const rows = await asPerson(deps.database, personId, (tx) =>
      listExportedEntries(tx, scope, last, pageSize),
    )
    yield rows.map((row) => renderEntry(row, account.id, own))
    last = rows.at(-1)
    if (rows.length < pageSize) return
  }
}

function renderEntry(row: ExportedEntry, accountId: string, own: LedgerAccountRow[]): DocumentEntry {
  const isShownHere = row.accountId === accountId
  const otherAccountId = isShownHere ? row.toAccount : row.accountId
  const other = own.find(({ id }) => id === otherAccountId)
  const otherMinor = isShownHere ? row.toMinor : row.fromMinor
  const unitCurrency = own.find(({ id }) => id === row.accountId)?.currency
  return {
    number: BigInt(row.number),
    id: row.postingId,
    type: row.type,
    amountMinor: row.amountMinor,
    effectiveAt: row.effectiveAt.toISOString(),
    postedAt: row.postedAt.toISOString(),
    counterparty: row.counterparty,
    note: row.note,
    category: row.category,
    externalId: row.externalId,
    otherAccountId,
    exchange:
      row.rate !== null && other && unitCurrency && otherMinor !== null
        ? { otherMinor, otherCurrency: other.currency, rate: row.rate, unitCurrency }
        : null,
    isReversal: row.isReversal,
  }
}
