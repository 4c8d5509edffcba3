// What importing one statement would do: which entries are new, and what reconciles the account to the bank's own balance.
import type { Statement } from '@fintwin/statements'

/** What the ledger knows of the account, seen from this statement. */
export interface KnownState {
  /** Identities (`identityOf`) of the bank's entries that the account has already. */
  identities: Set<string>
  balanceMinor: bigint
  /** Sum of the entries effective up to the statement's balance date. */
  balanceAtMinor: bigint
  /** When the first reconciling posting after that date is effective: a later statement was imported before this one. */
  laterOpeningAt: Date | undefined
}

export const nothingKnown: KnownState = {
  identities: new Set(),
  balanceMinor: 0n,
  balanceAtMinor: 0n,
  laterOpeningAt: undefined,
}

export interface PlannedEntry {
  externalId: string
  effectiveAt: Date
  /** Signed: money in is positive. */
  amountMinor: bigint
  kind: string
  counterparty: string | undefined
  note: string | undefined
  state: 'posted' | 'skipped' | 'refused'
  reason?: string
}

/** A posting against the system account `opening`. */
export interface Reconciliation {
  amountMinor: bigint
  effectiveAt: Date
}

export interface ImportPlan {
  entries: PlannedEntry[]
  reconciliations: Reconciliation[]
  closingBalanceMinor: bigint
  /** Lowest balance a payment may leave: a card's limit, as the bank tells it or as the statement shows it. */
  floorMinor: bigint
}

/** Some banks begin their ids anew with each file, so an entry is the same only when its instant and amount are, too. */
export function identityOf({
  externalId,
  effectiveAt,
  amountMinor,
}: Pick<PlannedEntry, 'externalId' | 'effectiveAt' | 'amountMinor'>): string {
  return `${externalId} ${effectiveAt.toISOString()} ${amountMinor}`
}

/** The instant the statement's balance is true at: no earlier than its last entry, which it includes. */
export function balanceDate(statement: Statement): Date | undefined {
  const balance = statement.ledgerBalance ?? statement.cash
  if (!balance) return undefined
  return new Date(
    Math.max(
      Date.parse(balance.asOf),
      ...cashEntries(statement).map(({ effectiveAt }) => effectiveAt.getTime()),
    ),
  )
}

/** Every entry of the statement that moves the account's money, in order of time. */
export function cashEntries(statement: Statement): PlannedEntry[] {
  const entries = statement.kind === 'investment' ? investmentEntries(statement) : bankEntries(statement)
  return entries.toSorted((a, b) => a.effectiveAt.getTime() - b.effectiveAt.getTime())
}

/**
 * Two rules reconcile: just before the statement's first entry, what makes the balance at the statement's date the bank's; and where a later
 * statement was imported first, its opening gives back what this one adds, so that later balances stay the bank's too.
 */
export function planImport(statement: Statement, known: KnownState): ImportPlan {
  const seen = new Set(known.identities)
  const entries = cashEntries(statement).map((entry) => settle(entry, seen))
  const newMinor = sum(entries.filter(({ state }) => state === 'posted'))
  const bankMinor = (statement.ledgerBalance ?? statement.cash)?.amountMinor
  const reconciliations: Reconciliation[] = []
  const gapMinor = bankMinor === undefined ? 0n : bankMinor - known.balanceAtMinor - newMinor
  if (gapMinor !== 0n)
    reconciliations.push({ amountMinor: gapMinor, effectiveAt: openingInstant(statement, entries) })
  const addedMinor = newMinor + gapMinor
  if (known.laterOpeningAt && addedMinor !== 0n) {
    reconciliations.push({ amountMinor: -addedMinor, effectiveAt: known.laterOpeningAt })
  }
  const closingBalanceMinor = known.balanceMinor + addedMinor + (known.laterOpeningAt ? -addedMinor : 0n)
  return {
    entries,
    reconciliations,
    closingBalanceMinor,
    floorMinor: computeFloor(statement, closingBalanceMinor),
  }
}

function settle(entry: PlannedEntry, seen: Set<string>): PlannedEntry {
  if (entry.state !== 'posted') return entry
  const identity = identityOf(entry)
  if (seen.has(identity)) return { ...entry, state: 'skipped', reason: 'Already there.' }
  seen.add(identity)
  return entry
}

function bankEntries(statement: Statement): PlannedEntry[] {
  return statement.transactions.map((transaction) => ({
    externalId: transaction.externalId,
    effectiveAt: new Date(transaction.postedAt),
    amountMinor: transaction.amountMinor,
    kind: transaction.kind,
    counterparty: transaction.counterparty,
    note: transaction.note,
    ...judge(transaction.amountMinor, transaction.duplicateOf, transaction.corrects),
  }))
}

/** Trades move the account's cash only where the broker states that cash: without it their money comes from somewhere else. */
function investmentEntries(statement: Statement): PlannedEntry[] {
  return statement.investmentTransactions.flatMap((transaction) => {
    const {
      externalId,
      cashEffectMinor,
      settledAt,
      tradedAt,
      action,
      counterparty,
      name,
      units,
      note,
      duplicateOf,
    } = transaction
    if (cashEffectMinor === undefined || (!statement.cash && action !== 'cash')) return []
    const what = [action.replaceAll('_', ' '), units, name].filter(Boolean).join(' ')
    return {
      externalId,
      effectiveAt: new Date(settledAt ?? tradedAt),
      amountMinor: cashEffectMinor,
      kind: action,
      counterparty: counterparty ?? name,
      note: note ?? what,
      ...judge(cashEffectMinor, duplicateOf, undefined),
    }
  })
}

function judge(
  amountMinor: bigint,
  duplicateOf: string | undefined,
  corrects: unknown,
): Pick<PlannedEntry, 'state' | 'reason'> {
  if (duplicateOf !== undefined) return { state: 'skipped', reason: 'The file has this entry twice.' }
  if (corrects)
    return { state: 'refused', reason: 'The bank corrects an earlier entry with this one; check it by hand.' }
  if (amountMinor === 0n) return { state: 'skipped', reason: 'It moves no money.' }
  return { state: 'posted' }
}

function openingInstant(statement: Statement, entries: PlannedEntry[]): Date {
  const starts = entries.map(({ effectiveAt }) => effectiveAt.getTime() - 1_000)
  if (statement.from) starts.push(Date.parse(`${statement.from}T00:00:00Z`))
  const date = balanceDate(statement)
  if (starts.length === 0) return date as Date
  return new Date(Math.min(...starts))
}

function computeFloor(statement: Statement, closingBalanceMinor: bigint): bigint {
  const mayOwe = statement.accountType === 'credit' || statement.accountType === 'loan'
  if (!mayOwe) return 0n
  const stated = statement.creditLimitMinor
  const { ledgerBalance, availableBalance } = statement
  const shown =
    ledgerBalance && availableBalance ? availableBalance.amountMinor - ledgerBalance.amountMinor : undefined
  const owedMinor = closingBalanceMinor < 0n ? -closingBalanceMinor : 0n
  const limitMinor = [stated, shown, owedMinor].find((limit) => limit !== undefined && limit > 0n) ?? 0n
  return -limitMinor
}

const sum = (entries: PlannedEntry[]): bigint =>
  entries.reduce((total, { amountMinor }) => total + amountMinor, 0n)
