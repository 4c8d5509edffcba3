// OFX 2.2: STMTRS, or CCSTMTRS for a card, in the order and the lengths of the specification.

import { divideRound, formatDecimal, minorDigits } from '@fintwin/money'
import { type DocumentEntry, endOfDay, type StatementDocument } from '../document.ts'
import { escapeXml } from '../escape-xml.ts'
import { cutLine, plainLine } from '../plain-line.ts'
import type { StatementFormat } from '../render-statement.ts'

/** Nine characters are what a bank's id may have; ours is the same for every account. */
const BANK_ID = 'FINTWIN'

const MAX_NAME = 32
const MAX_EXTENDED_NAME = 100
const MAX_MEMO = 255

const RATE_PLACES = 12n

const ACCOUNT_TYPES = {
  savings: 'SAVINGS',
  current: 'CHECKING',
  cash: 'CHECKING',
  // The cash beside the holdings.
  portfolio: 'CHECKING',
  // OFX has no loan among its bank accounts, and few programs read its loan statements.
  loan: 'CREDITLINE',
} as const

const TRANSACTION_TYPES: ReadonlyMap<string, string> = new Map([
  ['transfer', 'XFER'],
  ['exchange', 'XFER'],
  ['interest', 'INT'],
  ['fee', 'FEE'],
  ['opening', 'OTHER'],
])

export const ofx: StatementFormat = {
  contentType: 'application/x-ofx; charset=utf-8',
  extension: 'ofx',
  begin: (document) =>
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n' +
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n' +
    `<OFX>\n<SIGNONMSGSRSV1><SONRS>${STATUS}<DTSERVER>${instant(document.createdAt)}</DTSERVER><LANGUAGE>ENG</LANGUAGE>` +
    '<FI><ORG>FinTwin</ORG></FI></SONRS></SIGNONMSGSRSV1>\n' +
    `${beginResponse(document)}<CURDEF>${document.account.currency}</CURDEF>${accountFrom(document)}\n` +
    `<BANKTRANLIST><DTSTART>${instant(`${document.from}T00:00:00.000Z`)}</DTSTART><DTEND>${instant(endOfDay(document.to))}</DTEND>\n`,
  entry: (document, entry) => {
    const { name, extendedName } = namesOf(entry)
    return (
      `<STMTTRN><TRNTYPE>${TRANSACTION_TYPES.get(entry.type) ?? (entry.amountMinor < 0n ? 'DEBIT' : 'CREDIT')}</TRNTYPE>` +
      `<DTPOSTED>${instant(entry.effectiveAt)}</DTPOSTED>` +
      `<TRNAMT>${formatDecimal(entry.amountMinor, document.account.currency)}</TRNAMT><FITID>${entry.id}</FITID>` +
      `${leaf('NAME', name)}${leaf('EXTDNAME', extendedName)}${leaf('MEMO', cutLine(plainLine(entry.note ?? ''), MAX_MEMO))}` +
      `${originalCurrency(document, entry)}</STMTTRN>\n`
    )
  },
  end: (document) =>
    `</BANKTRANLIST>\n${balance('LEDGERBAL', document, document.closingMinor)}` +
    `${document.availableMinor === undefined ? '' : balance('AVAILBAL', document, document.availableMinor)}` +
    `${endResponse(document)}\n</OFX>\n`,
}

const STATUS = '<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>'

const isCard = ({ account }: StatementDocument): boolean => account.type === 'credit'

function beginResponse(document: StatementDocument): string {
  const transaction = `<TRNUID>${document.id}</TRNUID>${STATUS}`
  return isCard(document)
    ? `<CREDITCARDMSGSRSV1><CCSTMTTRNRS>${transaction}<CCSTMTRS>`
    : `<BANKMSGSRSV1><STMTTRNRS>${transaction}<STMTRS>`
}

function endResponse(document: StatementDocument): string {
  return isCard(document)
    ? '</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>'
    : '</STMTRS></STMTTRNRS></BANKMSGSRSV1>'
}

function accountFrom({ account }: StatementDocument): string {
  const number = `<ACCTID>${shortId(account.id)}</ACCTID>`
  if (account.type === 'credit') return `<CCACCTFROM>${number}</CCACCTFROM>`
  return `<BANKACCTFROM><BANKID>${BANK_ID}</BANKID>${number}<ACCTTYPE>${ACCOUNT_TYPES[account.type]}</ACCTTYPE></BANKACCTFROM>`
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A UUID as the 22 digits of base 62 that it has: OFX allows an account's id no more characters. */
function shortId(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let digits = ''
  while (digits.length < 22) {
    digits = DIGITS.charAt(Number(rest % 62n)) + digits
    rest /= 62n
  }
  return digits
}

/** A name too long for NAME stands there in part, and in EXTDNAME as far as that goes. */
function namesOf({ counterparty }: DocumentEntry): { name: string; extendedName: string } {
  const line = plainLine(counterparty ?? '')
  const name = cutLine(line, MAX_NAME)
  return { name, extendedName: name === line ? '' : cutLine(line, MAX_EXTENDED_NAME) }
}

/** The amount is converted already; CURRATE is what one of the other currency was worth in this one. */
function originalCurrency({ account }: StatementDocument, { amountMinor, exchange }: DocumentEntry): string {
  if (!exchange) return ''
  const ours =
    (amountMinor < 0n ? -amountMinor : amountMinor) * 10n ** BigInt(minorDigits(exchange.otherCurrency))
  const theirs = exchange.otherMinor * 10n ** BigInt(minorDigits(account.currency))
  const digits = divideRound(ours * 10n ** RATE_PLACES, theirs)
    .toString()
    .padStart(Number(RATE_PLACES) + 1, '0')
  const rate = `${digits.slice(0, -Number(RATE_PLACES))}.${digits.slice(-Number(RATE_PLACES))}`
  return `<ORIGCURRENCY><CURRATE>${rate}</CURRATE><CURSYM>${exchange.otherCurrency}</CURSYM></ORIGCURRENCY>`
}

function balance(name: string, { account, closingAt }: StatementDocument, amountMinor: bigint): string {
  return `<${name}><BALAMT>${formatDecimal(amountMinor, account.currency)}</BALAMT><DTASOF>${instant(closingAt)}</DTASOF></${name}>`
}

const leaf = (name: string, line: string): string =>
  line === '' ? '' : `<${name}>${escapeXml(line)}</${name}>`

/** `20251124153000.123[0:GMT]` */
const instant = (rfc3339: string): string => `${rfc3339.replace(/[-:TZ]/g, '')}[0:GMT]`
