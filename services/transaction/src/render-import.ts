// An import, planned or done, as the wire shows it.
import type { ImportedStatement, ImportReport } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import type { Statement } from '@fintwin/statements'
import type { ImportAccount } from './import-statements.ts'
import type { ImportPlan } from './rules/plan-import.ts'
import { computeValueMinor, pricePerUnit } from './rules/price-per-unit.ts'

export function renderPlan(
  statement: Statement,
  plan: ImportPlan,
  account: ImportAccount,
): ImportedStatement {
  const wire = (amountMinor: bigint): number => toWireAmount(amountMinor, statement.currency)
  const balance = statement.ledgerBalance ?? statement.cash
  const opening = plan.reconciliations[0]
  const count = (state: string): number => plan.entries.filter((entry) => entry.state === state).length
  return {
    account: {
      id: account.id,
      name: account.name,
      type: account.type,
      currency: statement.currency,
      number_masked: `••${statement.accountNumber.slice(-4)}`,
      is_new: account.isNew,
    },
    period:
      statement.from && statement.to
        ? { from: `${statement.from}T00:00:00Z`, to: `${statement.to}T00:00:00Z` }
        : null,
    opening: opening
      ? { amount: wire(opening.amountMinor), effective_at: opening.effectiveAt.toISOString() }
      : null,
    ledger_balance: balance ? { amount: wire(balance.amountMinor), as_of: balance.asOf } : null,
    closing_balance: wire(plan.closingBalanceMinor),
    posted: count('posted'),
    skipped: count('skipped'),
    refused: count('refused'),
    transactions: plan.entries.map((entry) => ({
      external_id: entry.externalId,
      effective_at: entry.effectiveAt.toISOString(),
      amount: wire(entry.amountMinor),
      kind: entry.kind,
      counterparty: entry.counterparty ?? null,
      note: entry.note ?? null,
      state: entry.state,
      ...(entry.reason ? { reason: entry.reason } : {}),
    })),
    holdings_applied: account.isApplied,
    holdings: statement.holdings.map((holding) => ({
      ticker: holding.ticker ?? holding.securityId,
      company_name: holding.name ?? holding.ticker ?? holding.securityId,
      quantity: Number(holding.quantity),
      price: Number(pricePerUnit(holding, statement.currency)),
      value: wire(
        holding.marketValueMinor ??
          computeValueMinor(holding.quantity, holding.unitPrice, statement.currency),
      ),
      asset_class: holding.assetClass,
    })),
  }
}

export function renderReport(
  preview: boolean,
  file: { name: string; format: string },
  statements: ImportedStatement[],
): ImportReport {
  const total = (pick: (statement: ImportedStatement) => number): number =>
    statements.reduce((sum, statement) => sum + pick(statement), 0)
  return {
    preview,
    file,
    statements,
    totals: {
      posted: total(({ posted }) => posted),
      skipped: total(({ skipped }) => skipped),
      refused: total(({ refused }) => refused),
      accounts_created: total(({ account }) => (account.is_new ? 1 : 0)),
      holdings: total(({ holdings }) => holdings.length),
    },
  }
}
