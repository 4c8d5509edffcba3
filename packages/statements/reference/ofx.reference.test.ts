// The reference OFX files, read against what a person found in them by eye.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ParseFailure, parseStatementFile, type Statement } from '../src/index.ts'

const REPOSITORY_ROOT = resolve(import.meta.dirname, '../../..')
const FOLDER = resolve(
  REPOSITORY_ROOT,
  process.env.FINTWIN_REFERENCE_DIR ?? '../shared/data',
  'statements/ofx',
)

type Facts = {
  institution: string | undefined
  statements: Array<{
    kind: Statement['kind']
    bankId?: string
    accountNumber: string
    accountType: Statement['accountType']
    currency: string
    period?: [from: string, to: string]
    ledger?: bigint
    available?: bigint
    cash?: bigint
    /** Count, sum and bank ids (first and last) of the entries. */
    transactions?: [count: number, sumMinor: bigint, firstId: string, lastId: string]
    investmentTransactions?: [count: number, cashEffectMinor: bigint, firstId: string, lastId: string]
    /** Count, summed market value and tickers. */
    holdings?: [count: number, valueMinor: bigint, tickers: string[]]
  }>
}

const FILES: Record<string, Facts> = {
  'anzcc.ofx': {
    institution: undefined,
    statements: [
      {
        kind: 'card',
        accountNumber: '1234123412341234',
        accountType: 'credit',
        currency: 'AUD',
        period: ['2017-03-11', '2017-05-09'],
        ledger: -12345n,
        available: 12345n,
        transactions: [1, -550n, '201705080001', '201705080001'],
      },
    ],
  },
  'bank_medium.ofx': {
    institution: undefined,
    statements: [
      {
        kind: 'bank',
        bankId: '160000100',
        accountNumber: '12300 000012345678',
        accountType: 'current',
        currency: 'CAD',
        period: ['2009-04-01', '2009-05-23'],
        ledger: 38234n,
        available: 68234n,
        transactions: [3, -34527n, '0000123456782009040100001', '0000123456782009040300005'],
      },
    ],
  },
  'checking.ofx': {
    institution: 'FAKE',
    statements: [
      {
        kind: 'bank',
        bankId: '5472369148',
        accountNumber: '1452687~7',
        accountType: 'current',
        currency: 'USD',
        period: ['2000-01-01', '2013-05-25'],
        ledger: 10099n,
        available: 7599n,
        transactions: [3, -5950n, '0000486', '0000488'],
      },
    ],
  },
  'fidelity-savings.ofx': {
    institution: 'fidelity.com',
    statements: [
      {
        kind: 'investment',
        bankId: 'fidelity.com',
        accountNumber: 'X0000001',
        accountType: 'portfolio',
        currency: 'USD',
        period: ['2012-07-10', '2012-09-08'],
        // Four cash entries: −1500, +115.8331, −197.1063, −197.1220, each rounded to cents.
        investmentTransactions: [4, -177840n, 'X0000000000000000000001', 'X0000000000000000000004'],
      },
    ],
  },
  'fidelity.ofx': {
    institution: 'fidelity.com',
    statements: [
      {
        kind: 'investment',
        bankId: 'fidelity.com',
        accountNumber: '01234567890',
        accountType: 'portfolio',
        currency: 'USD',
        period: ['2012-07-10', '2012-09-08'],
        cash: 1807398n,
        // Bought for 11,686.10 in eight trades, dividends 65.90, sold for 1,094.10, cash entries −0.57.
        investmentTransactions: [17, -1052667n, '0123456789020201120120720', '0123456789024401420120831'],
        // 5,231.36 + 1,010.60 + 2,176.95 + 2,441.03 + 2,957.50 + 1,102.36: the file's “Cash Market value” is 14,919.8.
        holdings: [6, 1491980n, ['SDRL', 'CLCT', 'HI', 'INTC', 'RHT', 'XIN']],
      },
    ],
  },
  'multiple_accounts.ofx': {
    institution: 'blah',
    statements: [
      {
        kind: 'bank',
        bankId: '123',
        accountNumber: '9100',
        accountType: 'current',
        currency: 'USD',
        ledger: 11100n,
      },
      {
        kind: 'bank',
        bankId: '123',
        accountNumber: '9200',
        accountType: 'savings',
        currency: 'USD',
        ledger: 22200n,
      },
    ],
  },
  'suncorp.ofx': {
    institution: 'SUNCORP',
    statements: [
      {
        kind: 'bank',
        bankId: 'SUNCORP',
        accountNumber: '123456789',
        accountType: 'current',
        currency: 'AUD',
        period: ['2013-06-18', '2013-12-15'],
        ledger: 123412n,
        available: 123412n,
        transactions: [1, -1685n, '1', '1'],
      },
    ],
  },
  'vanguard.ofx': {
    institution: 'The Vanguard Group',
    statements: [
      {
        kind: 'investment',
        bankId: 'vanguard.com',
        accountNumber: '01234567890',
        accountType: 'portfolio',
        currency: 'USD',
        period: ['2011-06-25', '2011-07-27'],
        investmentTransactions: [1, 421230n, '01234567890.0123.07152011.0', '01234567890.0123.07152011.0'],
        holdings: [2, 2447972n, ['VFINX', 'VFIAX']],
      },
    ],
  },
}

describe('reads every fact of', () => {
  it.each(Object.entries(FILES))('%s', (file, facts) => {
    const parsed = parseStatementFile(readFileSync(resolve(FOLDER, file)))
    if (!parsed.ok) throw new Error(`${file}: ${parsed.reason}`)
    expect({ institution: parsed.institution, statements: parsed.statements.map(factsOf) }).toEqual(facts)
  })

  it('the names and notes', () => {
    const statementOf = (file: string) => {
      const parsed = parseStatementFile(readFileSync(resolve(FOLDER, file)))
      return parsed.ok ? parsed.statements[0] : undefined
    }
    expect(statementOf('bank_medium.ofx')?.transactions[0]).toMatchObject({
      counterparty: "MCDONALD'S #112",
      note: "POS MERCHANDISE;MCDONALD'S #112",
      kind: 'point_of_sale',
      postedAt: '2009-04-01T17:20:17.000Z',
    })
    expect(statementOf('checking.ofx')?.transactions[2]).toMatchObject({ kind: 'check', checkNumber: '319' })
    expect(statementOf('suncorp.ofx')?.transactions[0]).toMatchObject({
      counterparty: 'EFTPOS WDL HANDYWAY ALDI STORE',
      note: 'EFTPOS WDL HANDYWAY ALDI STORE   GEELONG WEST VICAU',
    })
    expect(statementOf('fidelity-savings.ofx')?.investmentTransactions[1]?.exactTotal).toBe('115.8331')
    expect(statementOf('fidelity.ofx')?.investmentTransactions[8]).toMatchObject({
      action: 'income',
      name: 'SPDR S&P 500 ETF TRUST UNIT SER 1 S&P',
    })
  })
})

describe('refuses, with place and reason', () => {
  it.each<[string, Partial<ParseFailure>, Array<[line: number, element: string]>]>([
    [
      'broken/date_missing.ofx',
      { code: 'missing_element', place: { line: 33, column: 5, element: 'DTPOSTED' } },
      [
        [42, 'DTPOSTED'],
        [50, 'DTPOSTED'],
      ],
    ],
    [
      'broken/decimal_error.ofx',
      { code: 'bad_date', place: { line: 36, column: 21, element: 'DTPOSTED' } },
      [[37, 'TRNAMT']],
    ],
    [
      'broken/empty_balance.ofx',
      { code: 'missing_element', place: { line: 38, column: 17, element: 'BALAMT' } },
      [],
    ],
  ])('%s', (file, failure, further) => {
    const parsed = parseStatementFile(readFileSync(resolve(FOLDER, file)))
    expect(parsed).toMatchObject({ ok: false, ...failure })
    if (!parsed.ok) {
      expect(parsed.further.map(({ place }) => [place.line, place.element])).toEqual(further)
    }
  })
})

function factsOf(statement: Statement): Facts['statements'][number] {
  const { transactions, investmentTransactions, holdings } = statement
  const sum = (amounts: Array<bigint | undefined>) =>
    amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n)
  const ends = (entries: Array<{ externalId: string }>): [string, string] => [
    entries[0]?.externalId ?? '',
    entries.at(-1)?.externalId ?? '',
  ]
  return {
    kind: statement.kind,
    ...(statement.bankId !== undefined && { bankId: statement.bankId }),
    accountNumber: statement.accountNumber,
    accountType: statement.accountType,
    currency: statement.currency,
    ...(statement.from !== undefined && { period: [statement.from, statement.to ?? ''] }),
    ...(statement.ledgerBalance && { ledger: statement.ledgerBalance.amountMinor }),
    ...(statement.availableBalance && { available: statement.availableBalance.amountMinor }),
    ...(statement.cash && { cash: statement.cash.amountMinor }),
    ...(transactions.length > 0 && {
      transactions: [transactions.length, sum(transactions.map((t) => t.amountMinor)), ...ends(transactions)],
    }),
    ...(investmentTransactions.length > 0 && {
      investmentTransactions: [
        investmentTransactions.length,
        sum(investmentTransactions.map((t) => t.cashEffectMinor)),
        ...ends(investmentTransactions),
      ],
    }),
    ...(holdings.length > 0 && {
      holdings: [
        holdings.length,
        sum(holdings.map((h) => h.marketValueMinor)),
        holdings.map((h) => h.ticker ?? ''),
      ],
    }),
  }
}
