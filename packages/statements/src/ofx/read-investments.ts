// INVTRANLIST and INVPOSLIST: what happened in an investment account, and what is held in it.

import { type CurrencyCode, formatDecimal } from '@fintwin/money'
import type { AssetClass, InvestmentAction, InvestmentTransaction, StatementHolding } from '../statement.ts'
import { distinguishRepeats, freeId } from './distinguish-repeats.ts'
import { childOf, type Element } from './element.ts'
import { readForeign } from './read-foreign.ts'
import { readSecurityId, type Securities, type SecurityId, securitiesOf } from './read-securities.ts'
import { readTransaction } from './read-transactions.ts'
import {
  type Reading,
  readDate,
  readDecimal,
  readMoney,
  report,
  requireDate,
  requireText,
  textOf,
} from './reading.ts'

const ACTIONS: ReadonlyMap<string, InvestmentAction> = new Map([
  ...'BUYDEBT BUYMF BUYOPT BUYOTHER BUYSTOCK'.split(' ').map((name) => [name, 'buy'] as const),
  ...'SELLDEBT SELLMF SELLOPT SELLOTHER SELLSTOCK'.split(' ').map((name) => [name, 'sell'] as const),
  ['REINVEST', 'reinvest'],
  ['INCOME', 'income'],
  ['INVEXPENSE', 'expense'],
  ['MARGININTEREST', 'margin_interest'],
  ['RETOFCAP', 'return_of_capital'],
  ['TRANSFER', 'transfer'],
  ['JRNLFUND', 'journal'],
  ['JRNLSEC', 'journal'],
  ['SPLIT', 'split'],
  ['CLOSUREOPT', 'option_closure'],
])

const CLASS_BY_POSITION: ReadonlyMap<string, AssetClass> = new Map([
  ['POSSTOCK', 'stock'],
  ['POSMF', 'fund'],
  ['POSDEBT', 'bond'],
  ['POSOPT', 'option'],
  ['POSOTHER', 'other'],
])

type Context = { reading: Reading; currency: CurrencyCode; securities: Securities }

export function readInvestmentTransactions(
  context: Context,
  list: Element | undefined,
): InvestmentTransaction[] {
  const transactions = (list?.children ?? []).flatMap((element) => {
    if (element.name === 'INVBANKTRAN' || element.name === 'STMTTRN') return readCashEntry(context, element)
    return element.children.length > 0 ? readTrade(context, element) : []
  })
  return distinguishRepeats(transactions, ({ tradedOn, totalMinor }) =>
    totalMinor === undefined ? tradedOn : `${tradedOn}~${formatDecimal(totalMinor, context.currency)}`,
  )
}

function readCashEntry({ reading, currency }: Context, element: Element): InvestmentTransaction[] {
  const inner = element.name === 'STMTTRN' ? element : childOf(element, 'STMTTRN')
  if (!inner) {
    report(reading, element, 'missing_element', '<INVBANKTRAN> has no STMTTRN.', 'STMTTRN')
    return []
  }
  const entry = readTransaction(reading, inner, currency, 'rounded')
  if (!entry) return []
  return [
    {
      externalId: entry.externalId,
      action: 'cash',
      sourceType: element.name,
      tradedAt: entry.postedAt,
      tradedOn: entry.postedOn,
      totalMinor: entry.amountMinor,
      exactTotal: entry.exactAmount,
      cashEffectMinor: entry.amountMinor,
      kind: entry.kind,
      counterparty: entry.counterparty,
      note: entry.note,
      checkNumber: entry.checkNumber,
      foreign: entry.foreign,
    },
  ]
}

function readTrade(context: Context, element: Element): InvestmentTransaction[] {
  const { reading, currency, securities } = context
  // What a purchase or a sale has in common stands one level down, in INVBUY or INVSELL.
  const trade = childOf(element, 'INVBUY') ?? childOf(element, 'INVSELL') ?? element
  const general = childOf(trade, 'INVTRAN')
  if (!general) {
    report(reading, trade, 'missing_element', `<${trade.name}> has no INVTRAN.`, 'INVTRAN')
    return []
  }
  const externalId = requireText(reading, general, 'FITID')
  const traded = requireDate(reading, general, 'DTTRADE')
  const foreign = readForeign(reading, trade, currency)
  const money = (name: string) =>
    readMoney(reading, trade, name, currency, { precision: 'rounded', rate: foreign.rate })
  const total = money('TOTAL')
  const units = readDecimal(reading, trade, 'UNITS')
  const action = ACTIONS.get(element.name) ?? 'other'
  const security = readSecurityId(trade)
  if (externalId === undefined || traded === undefined) return []
  return [
    {
      externalId,
      action,
      sourceType: element.name,
      incomeType: textOf(trade, 'INCOMETYPE')?.toUpperCase(),
      tradedAt: traded.at,
      tradedOn: traded.day,
      settledAt: readDate(reading, general, 'DTSETTLE')?.at,
      ...(security && describe(securities, security)),
      units,
      unitPrice: readDecimal(reading, trade, 'UNITPRICE'),
      totalMinor: total?.amountMinor,
      exactTotal: total?.exactAmount,
      commissionMinor: money('COMMISSION')?.amountMinor,
      feesMinor: money('FEES')?.amountMinor,
      cashEffectMinor: cashEffectOf(action, total?.amountMinor, units, money('FRACCASH')?.amountMinor),
      note: textOf(general, 'MEMO'),
      direction: directionOf(trade),
      splitRatio: splitRatioOf(reading, trade),
      reverses: textOf(general, 'REVERSALFITID'),
      foreign: foreign.about && {
        ...foreign.about,
        amount: foreign.rate === undefined ? undefined : total?.stated,
      },
    },
  ]
}

/** Some brokers sign the total of a purchase, some do not; a purchase of negative units is one taken back. */
function cashEffectOf(
  action: InvestmentAction,
  totalMinor: bigint | undefined,
  units: string | undefined,
  fractionCashMinor: bigint | undefined,
): bigint | undefined {
  const size = totalMinor !== undefined && totalMinor < 0n ? -totalMinor : totalMinor
  switch (action) {
    case 'buy':
      return size === undefined || units?.startsWith('-') ? size : -size
    case 'sell':
      return size
    case 'reinvest':
    case 'transfer':
    case 'journal':
    case 'option_closure':
      return 0n
    case 'split':
      return fractionCashMinor ?? 0n
    default:
      return totalMinor
  }
}

function directionOf(trade: Element): 'in' | 'out' | undefined {
  const action = textOf(trade, 'TFERACTION')?.toUpperCase()
  return action === 'IN' ? 'in' : action === 'OUT' ? 'out' : undefined
}

function splitRatioOf(reading: Reading, trade: Element): InvestmentTransaction['splitRatio'] {
  const numerator = readDecimal(reading, trade, 'NUMERATOR')
  const denominator = readDecimal(reading, trade, 'DENOMINATOR')
  return numerator === undefined || denominator === undefined ? undefined : { numerator, denominator }
}

/** Where one id stands for several securities in the file, a trade cannot tell which; it gets the first's name. */
function describe(securities: Securities, id: SecurityId) {
  const security = securitiesOf(securities, id)[0]
  return { ...id, ticker: security?.ticker, name: security?.name }
}

export function readHoldings(
  context: Context,
  list: Element | undefined,
  asOf: string | undefined,
): StatementHolding[] {
  const positions = (list?.children ?? []).flatMap((element) => {
    const position = childOf(element, 'INVPOS')
    const holding = position && readHolding(context, element.name, position, asOf)
    return holding ? [holding] : []
  })
  return nameRepeatedHoldings(context.securities, positions)
}

function readHolding(
  { reading, currency }: Context,
  listing: string,
  position: Element,
  asOf: string | undefined,
): StatementHolding | undefined {
  const id = readSecurityId(position)
  if (!id) {
    report(
      reading,
      position,
      'missing_element',
      'A position does not say of which security (SECID).',
      'SECID',
    )
    return undefined
  }
  const foreign = readForeign(reading, position, currency)
  const quantity = requireDecimal(reading, position, 'UNITS')
  const unitPrice = requireDecimal(reading, position, 'UNITPRICE')
  const options = { precision: 'rounded', rate: foreign.rate } as const
  const marketValue = readMoney(reading, position, 'MKTVAL', currency, options)
  if (quantity === undefined || unitPrice === undefined) return undefined
  const isShort = textOf(position, 'POSTYPE')?.toUpperCase() === 'SHORT' && listing !== 'POSOPT'
  return {
    externalId: id.securityId,
    ...id,
    quantity: isShort && !quantity.startsWith('-') && quantity !== '0' ? `-${quantity}` : quantity,
    unitPrice,
    marketValueMinor: marketValue?.amountMinor,
    priceAsOf: readDate(reading, position, 'DTPRICEASOF')?.at ?? asOf,
    assetClass: CLASS_BY_POSITION.get(listing) ?? 'other',
    foreign: foreign.about && {
      ...foreign.about,
      amount: foreign.rate === undefined ? undefined : marketValue?.stated,
    },
  }
}

function requireDecimal(reading: Reading, parent: Element, name: string): string | undefined {
  requireText(reading, parent, name)
  return readDecimal(reading, parent, name)
}

/**
 * Joins holdings with the security list. Several positions of one id get ids of their own; if the list has as many
 * securities under that id, they are taken in the order of the file.
 */
function nameRepeatedHoldings(
  securities: Securities,
  holdings: readonly StatementHolding[],
): StatementHolding[] {
  const seen = new Map<string, number>()
  const taken = new Set(holdings.map(({ externalId }) => externalId))
  const nextNumbers = new Map<string, number>()
  return holdings.map((holding) => {
    const key = `${holding.idType} ${holding.securityId}`
    const place = seen.get(key) ?? 0
    seen.set(key, place + 1)
    const described = securitiesOf(securities, holding)
    const security = described[place] ?? described[0]
    return {
      ...holding,
      externalId: place === 0 ? holding.externalId : freeId(holding.externalId, taken, nextNumbers),
      ticker: security?.ticker,
      name: security?.name,
      assetClass: security?.assetClass ?? holding.assetClass,
    }
  })
}
