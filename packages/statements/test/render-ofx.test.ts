// OFX as ofx-js reads it, as the specification has it, and as our own importer takes it back.

import { type CurrencyCode, formatDecimal } from '@fintwin/money'
import fc from 'fast-check'
import { parseSync } from 'ofx-js'
import { describe, expect, it } from 'vitest'
import { plainLine } from '../src/plain-line.ts'
import { anyWritten, entryOf, exchangeOf, fileOf, type Written, write } from './documents.ts'
import { accept } from './fixtures.ts'
import { ofxStructure } from './ofx-structure.ts'
import { findFaults } from './structure.ts'

interface Transaction {
  TRNTYPE: string
  DTPOSTED: string
  TRNAMT: string
  FITID: string
  NAME?: string
  EXTDNAME?: string
  MEMO?: string
}

interface Balance {
  BALAMT: string
  DTASOF: string
}

interface StatementResponse {
  CURDEF: string
  BANKACCTFROM?: { BANKID: string; ACCTID: string; ACCTTYPE: string }
  CCACCTFROM?: { ACCTID: string }
  BANKTRANLIST: { DTSTART: string; DTEND: string; STMTTRN?: Transaction | Transaction[] }
  LEDGERBAL: Balance
  AVAILBAL?: Balance
}

/** The statement in the words of the independent parser. */
function read(file: string): { statement: StatementResponse; transactions: Transaction[]; isCard: boolean } {
  // biome-ignore lint/suspicious/noExplicitAny: the parser's own types leave open which message set there is.
  const { OFX } = parseSync(file) as any
  const isCard = OFX.CREDITCARDMSGSRSV1 !== undefined
  const statement: StatementResponse = isCard
    ? OFX.CREDITCARDMSGSRSV1.CCSTMTTRNRS.CCSTMTRS
    : OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS
  const found = statement.BANKTRANLIST.STMTTRN ?? []
  return { statement, isCard, transactions: Array.isArray(found) ? found : [found] }
}

const instantOf = (ofx: string): string => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d\.\d{3})\[0:GMT\]$/.exec(ofx) ?? []
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}

const firstCharacters = (text: string | null, count: number): string | undefined =>
  [...plainLine(text ?? '')].slice(0, count).join('').trimEnd() || undefined

function expectSameFigures(file: string, { document, entries }: Written): void {
  const { statement, transactions, isCard } = read(file)
  const decimal = (amountMinor: bigint): string => formatDecimal(amountMinor, document.account.currency)
  expect(isCard).toBe(document.account.type === 'credit')
  expect(statement.CURDEF).toBe(document.account.currency)
  expect(statement.LEDGERBAL.BALAMT).toBe(decimal(document.closingMinor))
  expect(instantOf(statement.LEDGERBAL.DTASOF)).toBe(document.closingAt)
  expect(statement.AVAILBAL?.BALAMT).toBe(
    document.availableMinor === undefined ? undefined : decimal(document.availableMinor),
  )
  expect(transactions.map(({ FITID, TRNAMT, DTPOSTED }) => [FITID, TRNAMT, instantOf(DTPOSTED)])).toEqual(
    entries.map(({ id, amountMinor, effectiveAt }) => [id, decimal(amountMinor), effectiveAt]),
  )
  expect(new Set(transactions.map(({ FITID }) => FITID)).size).toBe(entries.length)
}

describe('a statement as OFX', () => {
  it('reads back to the same figures, by a parser that is not ours', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) =>
        expectSameFigures(await fileOf('ofx', written), written),
      ),
      { numRuns: 300 },
    )
  })

  it('is in the order and the lengths of the specification', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) => {
        expect(findFaults(await fileOf('ofx', written), 'OFX', ofxStructure)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('comes back through our own importer, texts and all, as far as OFX has room for them', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) => {
        const { document, entries } = written
        const parsed = accept(await fileOf('ofx', written))
        expect(parsed.institution).toBe('FinTwin')
        expect(parsed.statements).toHaveLength(1)
        const [statement] = parsed.statements
        expect(statement).toMatchObject({
          currency: document.account.currency,
          from: document.from,
          to: document.to,
          ledgerBalance: { amountMinor: document.closingMinor, asOf: document.closingAt },
        })
        expect(
          statement?.transactions.map((transaction) => ({
            id: transaction.externalId,
            amountMinor: transaction.amountMinor,
            effectiveAt: transaction.postedAt,
            counterparty: transaction.counterparty,
            note: transaction.note,
          })),
        ).toEqual(
          entries.map(({ id, amountMinor, effectiveAt, counterparty, note }) => ({
            id,
            amountMinor,
            effectiveAt,
            counterparty: firstCharacters(counterparty, 100),
            note: firstCharacters(note, 255),
          })),
        )
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['savings', 'savings'],
    ['current', 'current'],
    ['cash', 'current'],
    ['credit', 'credit'],
    ['loan', 'credit'],
    ['portfolio', 'current'],
  ] as const)('tells of a %s account as one that is read as %s', async (type, readAs) => {
    const [statement] = accept(await fileOf('ofx', write([entryOf(1)], { account: { type } }))).statements
    expect(statement?.accountType).toBe(readAs)
  })

  it('names each account by an id of its own, the same in each of its files', async () => {
    const numberOf = async (id: string): Promise<string | undefined> =>
      accept(await fileOf('ofx', write([], { account: { id } }))).statements[0]?.accountNumber
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.uuid(), async (one, other) => {
        fc.pre(one !== other)
        expect(await numberOf(one)).toBe(await numberOf(one))
        expect(await numberOf(one)).not.toBe(await numberOf(other))
        expect(await numberOf(one)).toMatch(/^[0-9A-Za-z]{22}$/)
      }),
    )
  })

  it('keeps a name of more than 32 characters in EXTDNAME', async () => {
    const counterparty = 'Thiruvananthapuram Municipal Water Authority'
    const file = await fileOf('ofx', write([entryOf(1, { counterparty })]))
    expect(read(file).transactions[0]).toMatchObject({
      NAME: 'Thiruvananthapuram Municipal Wat',
      EXTDNAME: counterparty,
    })
    expect(accept(file).statements[0]?.transactions[0]?.counterparty).toBe(counterparty)
  })

  it('tells the other currency of an exchange, and what one of it was worth', async () => {
    const file = await fileOf('ofx', write([exchangeOf(1)]))
    expect(read(file).transactions[0]).toMatchObject({
      TRNTYPE: 'XFER',
      TRNAMT: '-8350.00',
      ORIGCURRENCY: { CURRATE: '83.500000000000', CURSYM: 'USD' },
    })
    expect(accept(file).statements[0]?.transactions[0]).toMatchObject({
      amountMinor: -835_000n,
      foreign: { currency: 'USD', rate: '83.5' },
    })
  })

  it('looks like this', async () => {
    const entries = [
      entryOf(1, { amountMinor: -1500n, type: 'withdrawal', counterparty: 'Café <&> Söhne', note: 'x' }),
    ]
    const file = await fileOf('ofx', write(entries, { account: { currency: 'JPY' as CurrencyCode } }))
    expect(file).toBe(
      `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20260301093000.000[0:GMT]</DTSERVER><LANGUAGE>ENG</LANGUAGE><FI><ORG>FinTwin</ORG></FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>019a0000-0000-7000-8000-00000000000f</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS><CURDEF>JPY</CURDEF><BANKACCTFROM><BANKID>FINTWIN</BANKID><ACCTID>030kJNE43RomuHPFJo2J9n</ACCTID><ACCTTYPE>SAVINGS</ACCTTYPE></BANKACCTFROM>
<BANKTRANLIST><DTSTART>20250101000000.000[0:GMT]</DTSTART><DTEND>20251231235959.999[0:GMT]</DTEND>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20250615120000.000[0:GMT]</DTPOSTED><TRNAMT>-1500</TRNAMT><FITID>019a0000-0000-7000-8000-000000000001</FITID><NAME>Café &lt;&amp;&gt; Söhne</NAME><MEMO>x</MEMO></STMTTRN>
</BANKTRANLIST>
<LEDGERBAL><BALAMT>-1500</BALAMT><DTASOF>20251231235959.999[0:GMT]</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
`,
    )
  })
})
