// CAMT.053.001.08, ISO 20022's bank-to-customer statement, in the order and the lengths of its schema.

import { divideRound, formatDecimal } from '@fintwin/money'
import { type DocumentEntry, type EntryTotal, endOfDay, type StatementDocument } from '../document.ts'
import { escapeXml } from '../escape-xml.ts'
import { cutLine, plainLine } from '../plain-line.ts'
import type { StatementFormat } from '../render-statement.ts'
import { bankTransactionCode } from './bank-transaction-code.ts'

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'

/** A sum has 18 digits at most, and may be left out. */
const SUM_LIMIT_MINOR = 10n ** 18n

/** ISO's external codes of account types. */
const ACCOUNT_TYPES = {
  savings: 'SVGS',
  current: 'CACC',
  cash: 'CASH',
  credit: 'CARD',
  loan: 'LOAN',
  portfolio: 'TRAS',
} as const

export const camt053: StatementFormat = {
  contentType: 'application/xml; charset=utf-8',
  extension: 'xml',
  begin: (document) => {
    const { createdAt, from, to, openingMinor, closingMinor, closingAt, availableMinor } = document
    return (
      `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${NAMESPACE}"><BkToCstmrStmt>\n` +
      `<GrpHdr>${leaf('MsgId', bareId(document.id))}${leaf('CreDtTm', createdAt)}</GrpHdr>\n` +
      `<Stmt>${leaf('Id', statementId(document))}${leaf('CreDtTm', createdAt)}` +
      `<FrToDt>${leaf('FrDtTm', `${from}T00:00:00.000Z`)}${leaf('ToDtTm', endOfDay(to))}</FrToDt>\n` +
      `${account(document)}\n` +
      `${balance(document, 'OPBD', openingMinor, from)}\n${balance(document, 'CLBD', closingMinor, closingAt.slice(0, 10))}\n` +
      (availableMinor === undefined
        ? ''
        : `${balance(document, 'CLAV', availableMinor, closingAt.slice(0, 10))}\n`) +
      `${summary(document)}\n`
    )
  },
  entry: (document, entry) =>
    `<Ntry>${leaf('NtryRef', entry.number.toString())}${money(document, entry.amountMinor)}` +
    `${entry.isReversal ? leaf('RvslInd', 'true') : ''}<Sts><Cd>BOOK</Cd></Sts>` +
    `<BookgDt>${leaf('DtTm', entry.effectiveAt)}</BookgDt><ValDt>${leaf('Dt', entry.effectiveAt.slice(0, 10))}</ValDt>` +
    `${leaf('AcctSvcrRef', bareId(entry.id))}${bankTransactionCode(entry)}${details(document, entry)}</Ntry>\n`,
  end: () => '</Stmt>\n</BkToCstmrStmt></Document>\n',
}

/** The same for the same account and days, so that a program knows a statement again. */
function statementId({ account, from, to }: StatementDocument): string {
  return [account.id.slice(-12), from.replaceAll('-', ''), to.replaceAll('-', '')].join('-')
}

function account({ account: { id, type, currency, ownerName } }: StatementDocument): string {
  const name = cutLine(plainLine(ownerName), 140)
  return (
    `<Acct>${accountId(id)}<Tp>${leaf('Cd', ACCOUNT_TYPES[type])}</Tp>${leaf('Ccy', currency)}` +
    `${name === '' ? '' : `<Ownr>${leaf('Nm', name)}</Ownr>`}<Svcr><FinInstnId><Nm>FinTwin</Nm></FinInstnId></Svcr></Acct>`
  )
}

const accountId = (id: string): string =>
  `<Id><Othr>${leaf('Id', bareId(id))}<SchmeNm><Prtry>UUID</Prtry></SchmeNm></Othr></Id>`

function balance(document: StatementDocument, code: string, amountMinor: bigint, day: string): string {
  return (
    `<Bal><Tp><CdOrPrtry>${leaf('Cd', code)}</CdOrPrtry></Tp>${money(document, amountMinor)}` +
    `<Dt>${leaf('Dt', day)}</Dt></Bal>`
  )
}

function summary(document: StatementDocument): string {
  const { credits, debits } = document
  const { currency } = document.account
  const counted = ({ count, sumMinor }: EntryTotal): string =>
    leaf('NbOfNtries', count.toString()) +
    (sumMinor < SUM_LIMIT_MINOR ? leaf('Sum', formatDecimal(sumMinor, currency)) : '')
  const all = { count: credits.count + debits.count, sumMinor: credits.sumMinor + debits.sumMinor }
  const netMinor = credits.sumMinor - debits.sumMinor
  const net = leaf('Amt', unsigned(document, netMinor)) + direction(netMinor)
  return (
    `<TxsSummry><TtlNtries>${counted(all)}<TtlNetNtry>${net}</TtlNetNtry></TtlNtries>` +
    `<TtlCdtNtries>${counted(credits)}</TtlCdtNtries><TtlDbtNtries>${counted(debits)}</TtlDbtNtries></TxsSummry>`
  )
}

/**
 * What BookgDt cannot say: the statement counts an entry on its effective date, as the bank that it was imported from did; when it was
 * posted here stands among the related dates.
 */
function details(document: StatementDocument, entry: DocumentEntry): string {
  const reference = plainLine(entry.externalId ?? '')
  const hasReference = reference !== '' && [...reference].length <= 35
  const note = chunksOf(plainLine(entry.note ?? ''), 140)
  const category = plainLine(entry.category ?? '')
  return (
    `<NtryDtls><TxDtls><Refs>${leaf('AcctSvcrRef', bareId(entry.id))}` +
    `${hasReference ? `<Prtry><Tp>BANK</Tp>${leaf('Ref', reference)}</Prtry>` : ''}</Refs>` +
    `${money(document, entry.amountMinor)}${exchanged(document, entry)}${parties(entry)}` +
    `${note.length === 0 ? '' : `<RmtInf>${note.map((part) => leaf('Ustrd', part)).join('')}</RmtInf>`}` +
    `<RltdDts><Prtry><Tp>POSTED</Tp><Dt>${leaf('DtTm', entry.postedAt)}</Dt></Prtry></RltdDts>` +
    `${category === '' ? '' : leaf('AddtlTxInf', cutLine(category, 500))}</TxDtls></NtryDtls>`
  )
}

/** What the other account gave or got. The rate is left out where it has more digits before the point than the schema allows. */
function exchanged({ account }: StatementDocument, { amountMinor, exchange }: DocumentEntry): string {
  if (!exchange) return ''
  const { otherMinor, otherCurrency, rate, unitCurrency } = exchange
  const [given, bought] =
    amountMinor < 0n ? [account.currency, otherCurrency] : [otherCurrency, account.currency]
  const fitting = fitRate(rate)
  const terms =
    fitting === undefined
      ? ''
      : `<CcyXchg>${leaf('SrcCcy', given)}${leaf('TrgtCcy', bought)}${leaf('UnitCcy', unitCurrency)}${leaf('XchgRate', fitting)}</CcyXchg>`
  const amount = `<Amt Ccy="${otherCurrency}">${formatDecimal(otherMinor, otherCurrency)}</Amt>`
  return `<AmtDtls><CntrValAmt>${amount}${terms}</CntrValAmt></AmtDtls>`
}

/** A rate has eleven digits at most, ten of them behind the point: what is beyond that is rounded. */
function fitRate(rate: string): string | undefined {
  const [whole = '0', fraction = ''] = rate.split('.')
  const places = Math.min(10, 11 - whole.length)
  if (places < 0) return undefined
  const scaled = divideRound(BigInt(whole + fraction) * 10n ** BigInt(places), 10n ** BigInt(fraction.length))
  const digits = scaled.toString().padStart(places + 1, '0')
  if (places === 0) return digits
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Who paid what came in, or was paid what went out. */
function parties({ amountMinor, counterparty, otherAccountId }: DocumentEntry): string {
  const role = amountMinor < 0n ? 'Cdtr' : 'Dbtr'
  const name = cutLine(plainLine(counterparty ?? ''), 140)
  const parts =
    (name === '' ? '' : `<${role}><Pty>${leaf('Nm', name)}</Pty></${role}>`) +
    (otherAccountId === null ? '' : `<${role}Acct>${accountId(otherAccountId)}</${role}Acct>`)
  return parts === '' ? '' : `<RltdPties>${parts}</RltdPties>`
}

/** Pieces of at most so many characters that give the line again when joined; none begins or ends with a space, which readers may trim. */
function chunksOf(line: string, maxCharacters: number): string[] {
  const rest = [...line]
  const chunks: string[] = []
  while (rest.length > 0) {
    let end = Math.min(rest.length, maxCharacters)
    while (end < rest.length && end > 1 && (rest[end] === ' ' || rest[end - 1] === ' ')) end -= 1
    chunks.push(rest.splice(0, end).join(''))
  }
  return chunks
}

function money(document: StatementDocument, amountMinor: bigint): string {
  const { currency } = document.account
  return `<Amt Ccy="${currency}">${unsigned(document, amountMinor)}</Amt>${direction(amountMinor)}`
}

const unsigned = ({ account }: StatementDocument, amountMinor: bigint): string =>
  formatDecimal(amountMinor < 0n ? -amountMinor : amountMinor, account.currency)

const direction = (amountMinor: bigint): string => leaf('CdtDbtInd', amountMinor < 0n ? 'DBIT' : 'CRDT')

/** A UUID without its hyphens: ids of the schema have at most 35 characters, of accounts 34. */
const bareId = (uuid: string): string => uuid.replaceAll('-', '')

const leaf = (name: string, line: string): string => `<${name}>${escapeXml(line)}</${name}>`
