// CSV as RFC 4180 has it, in UTF-8: a header, the balance brought forward, an entry a record, the balance carried forward.

import { formatDecimal } from '@fintwin/money'
import type { Exchange, StatementDocument } from '../document.ts'
import { plainLine } from '../plain-line.ts'
import type { StatementFormat } from '../render-statement.ts'
import { guardFormula } from './guard-formula.ts'

const COLUMNS = [
  'number',
  'date',
  'effective_at',
  'posted_at',
  'type',
  'amount',
  'balance',
  'currency',
  'counterparty',
  'note',
  'category',
  'id',
  'other_account',
  'other_amount',
  'other_currency',
  'exchange_rate',
  'rate_currency',
  'external_id',
] as const

type Record = Partial<{ [column in (typeof COLUMNS)[number]]: string }>

export const csv: StatementFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  begin: (document) =>
    line(Object.fromEntries(COLUMNS.map((column) => [column, column]))) +
    balanceLine(document, 'balance_brought_forward', `${document.from}T00:00:00.000Z`, document.openingMinor),
  entry: (document, entry, balanceMinor) =>
    line({
      number: entry.number.toString(),
      date: entry.effectiveAt.slice(0, 10),
      effective_at: entry.effectiveAt,
      posted_at: entry.postedAt,
      type: entry.type,
      amount: formatDecimal(entry.amountMinor, document.account.currency),
      balance: formatDecimal(balanceMinor, document.account.currency),
      currency: document.account.currency,
      counterparty: text(entry.counterparty),
      note: text(entry.note),
      category: text(entry.category),
      id: entry.id,
      other_account: entry.otherAccountId ?? '',
      ...(entry.exchange ? exchangeCells(entry.exchange) : {}),
      external_id: text(entry.externalId),
    }),
  end: (document) =>
    balanceLine(document, 'balance_carried_forward', document.closingAt, document.closingMinor),
}

/** A record of the account's balance alone: it has no amount, so that the amounts still sum to what happened. */
function balanceLine(document: StatementDocument, type: string, at: string, balanceMinor: bigint): string {
  return line({
    date: at.slice(0, 10),
    effective_at: at,
    type,
    balance: formatDecimal(balanceMinor, document.account.currency),
    currency: document.account.currency,
  })
}

function exchangeCells({ otherMinor, otherCurrency, rate, unitCurrency }: Exchange): Record {
  return {
    other_amount: formatDecimal(otherMinor, otherCurrency),
    other_currency: otherCurrency,
    exchange_rate: rate,
    rate_currency: unitCurrency,
  }
}

const text = (value: string | null): string => (value === null ? '' : guardFormula(plainLine(value)))

function line(record: Record): string {
  return `${COLUMNS.map((column) => quote(record[column] ?? '')).join(',')}\r\n`
}

function quote(field: string): string {
  return /[",;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
