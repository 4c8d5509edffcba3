// CAMT.053 as fast-xml-parser reads it, and as ISO 20022's schema has it.

import { type CurrencyCode, formatDecimal, MAX_AMOUNT_MINOR } from '@fintwin/money'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { plainLine } from '../src/plain-line.ts'
import { camt053Structure } from './camt053-structure.ts'
import { anyWritten, entryOf, exchangeOf, fileOf, minorOf, type Written, write } from './documents.ts'
import { findFaults } from './structure.ts'

const lists = new Set(['Bal', 'Ntry', 'Ustrd'])
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  isArray: (name) => lists.has(name),
})

interface Money {
  Amt: { '#text': string; Ccy: string }
  CdtDbtInd: 'CRDT' | 'DBIT'
}

interface Party {
  Pty: { Nm: string }
}

interface Entry extends Money {
  NtryRef: string
  RvslInd?: string
  BookgDt: { DtTm: string }
  AcctSvcrRef: string
  NtryDtls: {
    TxDtls: Money & {
      RltdPties?: { Dbtr?: Party; Cdtr?: Party }
      RmtInf?: { Ustrd: string[] }
      RltdDts: { Prtry: { Dt: { DtTm: string } } }
      AmtDtls?: unknown
      AddtlTxInf?: string
    }
  }
}

interface Statement {
  Acct: { Id: { Othr: { Id: string } }; Ccy: string }
  Bal: (Money & { Tp: { CdOrPrtry: { Cd: string } }; Dt: { Dt: string } })[]
  TxsSummry: Record<'TtlNtries' | 'TtlCdtNtries' | 'TtlDbtNtries', { NbOfNtries: string; Sum: string }>
  Ntry?: Entry[]
}

const read = (file: string): Statement => parser.parse(file).Document.BkToCstmrStmt.Stmt

function minor({ Amt, CdtDbtInd }: Money, currency: CurrencyCode): bigint {
  expect(Amt.Ccy).toBe(currency)
  const amountMinor = minorOf(Amt['#text'], currency)
  return CdtDbtInd === 'DBIT' ? -amountMinor : amountMinor
}

function expectSameFigures(file: string, { document, entries }: Written): void {
  const { currency } = document.account
  const statement = read(file)
  const balances = new Map(
    statement.Bal.map((balance) => [balance.Tp.CdOrPrtry.Cd, minor(balance, currency)]),
  )
  expect(Object.fromEntries(balances)).toEqual({
    OPBD: document.openingMinor,
    CLBD: document.closingMinor,
    ...(document.availableMinor === undefined ? {} : { CLAV: document.availableMinor }),
  })
  const entriesRead = statement.Ntry ?? []
  expect(
    entriesRead.map((entry) => [
      entry.NtryRef,
      minor(entry, currency),
      minor(entry.NtryDtls.TxDtls, currency),
      entry.BookgDt.DtTm,
      entry.NtryDtls.TxDtls.RltdDts.Prtry.Dt.DtTm,
      entry.AcctSvcrRef,
      entry.RvslInd ?? 'false',
    ]),
  ).toEqual(
    entries.map(({ number, amountMinor, effectiveAt, postedAt, id, isReversal }) => [
      String(number),
      amountMinor,
      amountMinor,
      effectiveAt,
      postedAt,
      id.replaceAll('-', ''),
      String(isReversal),
    ]),
  )
  const sumMinor = entriesRead.reduce((sum, entry) => sum + minor(entry, currency), document.openingMinor)
  expect(sumMinor).toBe(document.closingMinor)
  const { TtlNtries, TtlCdtNtries, TtlDbtNtries } = statement.TxsSummry
  expect(TtlNtries.NbOfNtries).toBe(String(entries.length))
  expect(TtlCdtNtries).toEqual({
    NbOfNtries: String(document.credits.count),
    Sum: formatDecimal(document.credits.sumMinor, currency),
  })
  expect(TtlDbtNtries).toEqual({
    NbOfNtries: String(document.debits.count),
    Sum: formatDecimal(document.debits.sumMinor, currency),
  })
}

describe('a statement as CAMT.053', () => {
  it('reads back to the same figures, by a parser that is not ours', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) =>
        expectSameFigures(await fileOf('camt053', written), written),
      ),
      { numRuns: 300 },
    )
  })

  it('is as the schema of camt.053.001.08 has it', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) => {
        expect(findFaults(await fileOf('camt053', written), 'Document', camt053Structure)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('leaves out a sum with more digits than the schema allows', async () => {
    const entries = Array.from({ length: 2_002 }, (_, index) =>
      entryOf(index + 1, { amountMinor: index % 2 === 0 ? MAX_AMOUNT_MINOR : -MAX_AMOUNT_MINOR }),
    )
    const written = write(entries)
    const file = await fileOf('camt053', written, 1_000)
    expect(findFaults(file, 'Document', camt053Structure)).toEqual([])
    expect(read(file).TxsSummry.TtlNtries).toMatchObject({ NbOfNtries: '2002', TtlNetNtry: { Amt: '0.00' } })
    expect(read(file).TxsSummry.TtlNtries.Sum).toBeUndefined()
    expect(read(file).TxsSummry.TtlCdtNtries.Sum).toBeUndefined()
  })

  it('keeps a note of any length whole, in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.lorem({ maxCount: 160 }), async (note) => {
        const [entry] = read(await fileOf('camt053', write([entryOf(1, { note })]))).Ntry ?? []
        const pieces = entry?.NtryDtls.TxDtls.RmtInf?.Ustrd ?? []
        expect(pieces.join('')).toBe(plainLine(note))
      }),
    )
  })

  it('says who paid what came in, and who was paid what went out', async () => {
    const entries = [
      entryOf(1, { amountMinor: 5n, counterparty: 'Payer' }),
      entryOf(2, { amountMinor: -5n, counterparty: 'Payee', category: 'Food' }),
    ]
    const [paid, spent] = read(await fileOf('camt053', write(entries))).Ntry ?? []
    expect(paid?.NtryDtls.TxDtls.RltdPties).toEqual({ Dbtr: { Pty: { Nm: 'Payer' } } })
    expect(spent?.NtryDtls.TxDtls.RltdPties).toEqual({ Cdtr: { Pty: { Nm: 'Payee' } } })
    expect(spent?.NtryDtls.TxDtls.AddtlTxInf).toBe('Food')
  })

  it('tells both sides and the rate of an exchange', async () => {
    const [entry] = read(await fileOf('camt053', write([exchangeOf(1)]))).Ntry ?? []
    expect(entry?.NtryDtls.TxDtls.AmtDtls).toEqual({
      CntrValAmt: {
        Amt: { '#text': '100.00', Ccy: 'USD' },
        CcyXchg: { SrcCcy: 'INR', TrgtCcy: 'USD', UnitCcy: 'INR', XchgRate: '0.0119760479' },
      },
    })
  })

  it('finds what is out of order, too long or missing when it is there', async () => {
    const file = await fileOf('camt053', write([entryOf(1, { note: 'Rent' })]))
    const faults = (change: (xml: string) => string): number =>
      findFaults(change(file), 'Document', camt053Structure).length
    expect(faults((xml) => xml)).toBe(0)
    expect(
      faults((xml) => xml.replace(/(<BookgDt>.*?<\/BookgDt>)(<ValDt>.*?<\/ValDt>)/, '$2$1')),
    ).toBeGreaterThan(0)
    expect(faults((xml) => xml.replace('<Ustrd>Rent', `<Ustrd>${'x'.repeat(141)}`))).toBeGreaterThan(0)
    expect(faults((xml) => xml.replace(/<BkTxCd>.*?<\/BkTxCd>/, ''))).toBeGreaterThan(0)
    expect(faults((xml) => xml.replace('</Stmt>', ''))).toBeGreaterThan(0)
    expect(faults((xml) => xml.replace('<Sts>', '<Nonsense>1</Nonsense><Sts>'))).toBeGreaterThan(0)
  })
})
