// STMTTRN and LOANSTMTTRN: the entries of a bank, card or loan statement.

import { type CurrencyCode, formatDecimal } from '@fintwin/money'
import type { LoanParts, StatementTransaction, TransactionKind } from '../statement.ts'
import { distinguishRepeats } from './distinguish-repeats.ts'
import { childOf, type Element } from './element.ts'
import { readForeign } from './read-foreign.ts'
import {
  type Precision,
  type Reading,
  readMoney,
  requireDate,
  requireMoney,
  requireText,
  textOf,
} from './reading.ts'

const KINDS: ReadonlyMap<string, TransactionKind> = new Map([
  ['CREDIT', 'credit'],
  ['DEBIT', 'debit'],
  ['INT', 'interest'],
  ['DIV', 'dividend'],
  ['FEE', 'fee'],
  ['SRVCHG', 'fee'],
  ['LATE', 'fee'],
  ['DEP', 'deposit'],
  ['ATM', 'atm'],
  ['POS', 'point_of_sale'],
  ['XFER', 'transfer'],
  ['CHECK', 'check'],
  ['PAYMENT', 'payment'],
  ['BALLOON', 'payment'],
  ['CASH', 'cash'],
  ['DIRECTDEP', 'direct_deposit'],
  ['DIRECTDEBIT', 'direct_debit'],
  ['REPEATPMT', 'standing_order'],
  ['HOLD', 'hold'],
])

export function readTransactions(
  reading: Reading,
  elements: readonly Element[],
  currency: CurrencyCode,
): StatementTransaction[] {
  const transactions = elements
    .map((element) => readTransaction(reading, element, currency, 'exact'))
    .filter((transaction) => transaction !== undefined)
  return distinguishRepeats(
    transactions,
    ({ postedOn, amountMinor }) => `${postedOn}~${formatDecimal(amountMinor, currency)}`,
  )
}

export function readTransaction(
  reading: Reading,
  element: Element,
  currency: CurrencyCode,
  precision: Precision,
): StatementTransaction | undefined {
  const foreign = readForeign(reading, element, currency)
  const externalId = requireText(reading, element, 'FITID')
  const posted = requireDate(reading, element, 'DTPOSTED')
  const amount = requireMoney(reading, element, 'TRNAMT', currency, { precision, rate: foreign.rate })
  if (externalId === undefined || posted === undefined || amount === undefined) return undefined

  const type = (textOf(element, 'TRNTYPE') ?? textOf(element, 'LOANTRNTYPE') ?? '').toUpperCase()
  return {
    externalId,
    postedAt: posted.at,
    postedOn: posted.day,
    amountMinor: amount.amountMinor,
    exactAmount: amount.exactAmount,
    kind: KINDS.get(type) ?? 'other',
    counterparty: readCounterparty(element),
    counterpartyAccount: textOf(childOf(element, 'BANKACCTTO') ?? childOf(element, 'CCACCTTO'), 'ACCTID'),
    note: textOf(element, 'MEMO'),
    checkNumber: numberOf(element, 'CHECKNUM'),
    refNumber: numberOf(element, 'REFNUM'),
    foreign: foreign.about && {
      ...foreign.about,
      amount: foreign.rate === undefined ? undefined : amount.stated,
    },
    corrects: readCorrection(element),
    loanParts: readLoanParts(reading, element, currency),
  }
}

/** NAME has 32 characters at most: where EXTDNAME goes on from it, that is the whole name. */
function readCounterparty(element: Element): string | undefined {
  const name = textOf(element, 'NAME') ?? textOf(childOf(element, 'PAYEE'), 'NAME')
  const extendedName = textOf(element, 'EXTDNAME')
  return name === undefined || extendedName?.startsWith(name) ? extendedName : name
}

/** A reference; banks write zeros for none. */
function numberOf(element: Element, name: string): string | undefined {
  const text = textOf(element, name)
  return text === undefined || /^0+$/.test(text) ? undefined : text
}

function readCorrection(element: Element): StatementTransaction['corrects'] {
  const externalId = textOf(element, 'CORRECTFITID')
  if (externalId === undefined) return undefined
  return {
    externalId,
    action: textOf(element, 'CORRECTACTION')?.toUpperCase() === 'DELETE' ? 'delete' : 'replace',
  }
}

function readLoanParts(reading: Reading, element: Element, currency: CurrencyCode): LoanParts | undefined {
  const parts = childOf(element, 'LOANTRNAMT')
  if (!parts) return undefined
  return {
    principalMinor: readMoney(reading, parts, 'PRINAMT', currency)?.amountMinor,
    interestMinor: readMoney(reading, parts, 'INTAMT', currency)?.amountMinor,
    insuranceMinor: readMoney(reading, parts, 'INSURANCE', currency)?.amountMinor,
  }
}
