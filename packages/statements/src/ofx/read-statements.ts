// STMTRS, CCSTMTRS, LOANSTMTRS and INVSTMTRS: one statement of one account each.

import type { CurrencyCode } from '@fintwin/money'
import type { Balance, Statement } from '../statement.ts'
import { childOf, childrenOf, type Element } from './element.ts'
import type { OfxDate } from './parse-date.ts'
import { readHoldings, readInvestmentTransactions } from './read-investments.ts'
import type { Securities } from './read-securities.ts'
import { readTransactions } from './read-transactions.ts'
import {
  type Precision,
  type Reading,
  readDate,
  readMoney,
  report,
  requireCurrency,
  requireMoney,
  requireText,
  textOf,
} from './reading.ts'

export const STATEMENT_ELEMENTS: ReadonlySet<string> = new Set([
  'STMTRS',
  'CCSTMTRS',
  'LOANSTMTRS',
  'INVSTMTRS',
])

/** `servedAt` dates a balance for which the statement has no date. */
type Context = { reading: Reading; securities: Securities; servedAt: OfxDate | undefined }

export function readStatement(context: Context, element: Element): Statement | undefined {
  const currency = requireCurrency(context.reading, element)
  const account = readAccount(context.reading, element)
  if (currency === undefined || account === undefined) return undefined
  return element.name === 'INVSTMTRS'
    ? readInvestmentStatement(context, element, currency, account)
    : readCashStatement(context, element, currency, account)
}

type Account = Pick<Statement, 'kind' | 'bankId' | 'branchId' | 'accountNumber' | 'accountType'>

function readAccount(reading: Reading, statement: Element): Account | undefined {
  const element = ['BANKACCTFROM', 'CCACCTFROM', 'LOANACCTFROM', 'INVACCTFROM']
    .map((name) => childOf(statement, name))
    .find((found) => found !== undefined)
  if (!element) {
    report(
      reading,
      statement,
      'missing_element',
      'A statement does not say of which account it is.',
      'ACCTID',
    )
    return undefined
  }
  const accountNumber = requireText(
    reading,
    element,
    childOf(element, 'LOANACCTID') ? 'LOANACCTID' : 'ACCTID',
  )
  if (accountNumber === undefined) return undefined
  const bankId = textOf(element, 'BANKID') ?? textOf(element, 'BROKERID')
  return { ...kindOf(statement, element), bankId, branchId: textOf(element, 'BRANCHID'), accountNumber }
}

function kindOf(statement: Element, account: Element): Pick<Account, 'kind' | 'accountType'> {
  if (statement.name === 'INVSTMTRS') return { kind: 'investment', accountType: 'portfolio' }
  if (statement.name === 'LOANSTMTRS') return { kind: 'loan', accountType: 'loan' }
  if (statement.name === 'CCSTMTRS' || account.name === 'CCACCTFROM')
    return { kind: 'card', accountType: 'credit' }
  switch (textOf(account, 'ACCTTYPE')?.toUpperCase()) {
    case 'SAVINGS':
    case 'MONEYMRKT':
    case 'CD':
      return { kind: 'bank', accountType: 'savings' }
    case 'CREDITLINE':
    case 'CREDITCARD':
      return { kind: 'bank', accountType: 'credit' }
    case 'LOAN':
    case 'MORTGAGE':
      return { kind: 'loan', accountType: 'loan' }
    default:
      return { kind: 'bank', accountType: 'current' }
  }
}

function readCashStatement(
  context: Context,
  element: Element,
  currency: CurrencyCode,
  account: Account,
): Statement {
  const { reading, servedAt } = context
  const lists = [...childrenOf(element, 'BANKTRANLIST'), ...childrenOf(element, 'LOANTRANLIST')]
  const from = readDate(reading, lists[0], 'DTSTART')
  const to = readDate(reading, lists.at(-1), 'DTEND')
  const entries = [...lists, element].flatMap((parent) => [
    ...childrenOf(parent, 'STMTTRN'),
    ...childrenOf(parent, 'LOANSTMTTRN'),
  ])
  const transactions = readTransactions(reading, entries, currency)
  const latestEntryAt = transactions
    .map(({ postedAt }) => postedAt)
    .toSorted()
    .at(-1)
  const undatedAt = to?.at ?? servedAt?.at ?? latestEntryAt
  const balanceOf = (name: string) => readBalance(reading, childOf(element, name), currency, undatedAt)
  return {
    ...account,
    currency,
    from: from?.day,
    to: to?.day,
    ledgerBalance: balanceOf('LEDGERBAL') ?? owed(balanceOf('PRINBAL')),
    availableBalance: hasAmount(element, 'AVAILBAL') ? balanceOf('AVAILBAL') : undefined,
    creditLimitMinor: readCreditLimit(reading, element, currency),
    transactions,
    investmentTransactions: [],
    holdings: [],
  }
}

/** A ledger balance without an amount is refused. An available one is optional, and banks leave it blank. */
function hasAmount(statement: Element, name: string): boolean {
  return textOf(childOf(statement, name), 'BALAMT') !== undefined
}

function readBalance(
  reading: Reading,
  balance: Element | undefined,
  currency: CurrencyCode,
  undatedAt: string | undefined,
): Balance | undefined {
  if (!balance) return undefined
  const amount = requireMoney(reading, balance, 'BALAMT', currency)
  const asOf = readDate(reading, balance, 'DTASOF')?.at ?? undatedAt
  if (asOf === undefined) {
    report(reading, balance, 'missing_element', `<${balance.name}> has no date (DTASOF).`, 'DTASOF')
  }
  return amount && asOf !== undefined ? { amountMinor: amount.amountMinor, asOf } : undefined
}

/** A loan's principal balance is what is owed, and so negative for its holder. */
function owed(principal: Balance | undefined): Balance | undefined {
  if (!principal || principal.amountMinor <= 0n) return principal
  return { ...principal, amountMinor: -principal.amountMinor }
}

/** OFX has no element for it in a statement; banks that give it use CREDITLIMIT or a named balance. */
function readCreditLimit(reading: Reading, statement: Element, currency: CurrencyCode): bigint | undefined {
  const direct = readMoney(reading, statement, 'CREDITLIMIT', currency)
  if (direct) return direct.amountMinor
  const list = childOf(statement, 'BALLIST')
  const named =
    list && childrenOf(list, 'BAL').find((bal) => /^credit ?(limit|line)$/i.test(textOf(bal, 'NAME') ?? ''))
  return readMoney(reading, named, 'VALUE', currency)?.amountMinor
}

function readInvestmentStatement(
  context: Context,
  element: Element,
  currency: CurrencyCode,
  account: Account,
): Statement {
  const { reading, servedAt, securities } = context
  const list = childOf(element, 'INVTRANLIST')
  const asOf = readDate(reading, element, 'DTASOF') ?? servedAt
  const inner = { reading, currency, securities }
  return {
    ...account,
    currency,
    asOf: asOf?.at,
    from: readDate(reading, list, 'DTSTART')?.day,
    to: readDate(reading, list, 'DTEND')?.day,
    transactions: [],
    investmentTransactions: readInvestmentTransactions(inner, list),
    holdings: readHoldings(inner, childOf(element, 'INVPOSLIST'), asOf?.at),
    cash: balanceAt(reading, childOf(element, 'INVBAL'), 'AVAILCASH', currency, asOf),
    totalValue: balanceAt(reading, childOf(element, 'INV401KBAL'), 'TOTAL', currency, asOf),
  }
}

function balanceAt(
  reading: Reading,
  parent: Element | undefined,
  name: string,
  currency: CurrencyCode,
  asOf: OfxDate | undefined,
): Balance | undefined {
  const precision: Precision = 'rounded'
  const amount = readMoney(reading, parent, name, currency, { precision })
  if (!parent || !amount) return undefined
  if (asOf) return { amountMinor: amount.amountMinor, asOf: asOf.at }
  report(reading, parent, 'missing_element', `${name} has no date: the statement lacks DTASOF.`, 'DTASOF')
  return undefined
}
