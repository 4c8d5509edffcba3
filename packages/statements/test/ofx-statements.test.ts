// Whole OFX files, as banks, card issuers, lenders and brokers write them, read to the last fact.

import { describe, expect, it } from 'vitest'
import type { Statement } from '../src/index.ts'
import { accept, type Fixture, fixtureBytes, fixtureText } from './fixtures.ts'

function statementsOf(name: Fixture): Statement[] {
  return accept(fixtureBytes(name)).statements
}

function onlyStatementOf(name: Fixture): Statement {
  const statements = statementsOf(name)
  expect(statements).toHaveLength(1)
  return statements[0] as Statement
}

describe('a current account in SGML, Windows-1252, with CR LF', () => {
  const statement = onlyStatementOf('current-account.ofx')

  it('reads the account, its period and its balance', () => {
    expect(accept(fixtureBytes('current-account.ofx'))).toMatchObject({
      format: 'ofx',
      institution: 'Sahyadri Bank',
      otherContent: [],
    })
    expect(statement).toMatchObject({
      kind: 'bank',
      bankId: 'SAHY0000017',
      accountNumber: '00170100004242',
      accountType: 'current',
      currency: 'INR',
      from: '2024-03-01',
      to: '2024-03-31',
      ledgerBalance: { amountMinor: 6120475n, asOf: '2024-03-31T18:29:59.000Z' },
      holdings: [],
      investmentTransactions: [],
    })
    expect(statement.branchId).toBeUndefined()
    expect(statement.availableBalance).toBeUndefined()
  })

  it('reads every entry, with an unescaped &, a < in a memo, a decimal comma, an Indian zone and blank leaves', () => {
    expect(statement.transactions.slice(0, 3)).toEqual([
      {
        externalId: 'S2024030100017',
        postedAt: '2024-03-01T05:00:00.000Z',
        postedOn: '2024-03-01',
        amountMinor: 8500000n,
        kind: 'direct_deposit',
        counterparty: 'MERIDIAN TEXTILES & SONS',
        note: 'SALARY MAR 24 < GROSS',
      },
      {
        externalId: 'S2024030300002',
        postedAt: '2024-03-03T12:00:00.000Z',
        postedOn: '2024-03-03',
        amountMinor: -124950n,
        kind: 'point_of_sale',
        counterparty: 'Café Malabar',
      },
      {
        externalId: 'S2024030400001',
        postedAt: '2024-03-03T18:45:00.000Z',
        postedOn: '2024-03-04',
        amountMinor: -2200000n,
        kind: 'check',
        checkNumber: '000118',
        refNumber: 'R-77',
        counterparty: 'RENT &amp; WATER',
        counterpartyAccount: '991204',
        note: 'Flat 4B, Hill Road',
      },
    ])
  })

  it('tells a reused bank id from a repeated entry', () => {
    expect(
      statement.transactions.slice(3).map(({ externalId, amountMinor, duplicateOf }) => ({
        externalId,
        amountMinor,
        duplicateOf,
      })),
    ).toEqual([
      { externalId: 'REUSED', amountMinor: -500000n, duplicateOf: undefined },
      { externalId: 'REUSED~2024-03-17~-3000.00', amountMinor: -300000n, duplicateOf: undefined },
      { externalId: 'REUSED', amountMinor: -500000n, duplicateOf: 'REUSED' },
    ])
  })
})

describe('a card in XML, UTF-8 with a byte order mark', () => {
  const statement = onlyStatementOf('card.ofx')

  it('reads the account, both balances and the limit', () => {
    expect(accept(fixtureBytes('card.ofx')).institution).toBe('Harbour & Vale')
    expect(statement).toMatchObject({
      kind: 'card',
      accountType: 'credit',
      accountNumber: '5100********0042',
      currency: 'GBP',
      from: '2024-05-10',
      to: '2024-06-09',
      ledgerBalance: { amountMinor: -31820n, asOf: '2024-06-09T12:00:00.000Z' },
      availableBalance: { amountMinor: 218180n },
      creditLimitMinor: 250000n,
    })
  })

  it('reads entries with CDATA, character numbers, other currencies and a correction', () => {
    expect(statement.transactions).toEqual([
      {
        externalId: 'c-1',
        postedAt: '2024-05-11T23:30:00.000Z',
        postedOn: '2024-05-12',
        amountMinor: -4237n,
        kind: 'debit',
        counterparty: 'Librairie du Québec',
        note: 'two <novels> & a map',
        foreign: { currency: 'EUR', rate: '0.8474' },
      },
      {
        externalId: 'c-2',
        postedAt: '2024-05-20T12:00:00.000Z',
        postedOn: '2024-05-20',
        amountMinor: -758n,
        kind: 'debit',
        counterparty: 'Nihon Books',
        foreign: { currency: 'JPY', rate: '0.00505', amount: '-1500' },
      },
      {
        externalId: 'c-3',
        postedAt: '2024-06-01T12:00:00.000Z',
        postedOn: '2024-06-01',
        amountMinor: 20000n,
        kind: 'credit',
        counterparty: 'PAYMENT — THANK YOU <3',
        corrects: { externalId: 'c-0', action: 'replace' },
      },
    ])
  })
})

describe('several statements in one file', () => {
  it('keeps them apart, with lower-case tags, a header on one line and aggregates left open', () => {
    const statements = statementsOf('several-accounts.qfx')
    expect(
      statements.map(({ kind, accountType, accountNumber, currency, ledgerBalance, transactions }) => [
        kind,
        accountType,
        accountNumber,
        currency,
        ledgerBalance?.amountMinor,
        transactions.map(({ externalId, amountMinor, counterparty }) => [
          externalId,
          amountMinor,
          counterparty,
        ]),
      ]),
    ).toEqual([
      [
        'bank',
        'current',
        'A-100',
        'USD',
        100007n,
        [
          ['1', -1200n, 'GROCER'],
          ['2', 7n, 'INTEREST'],
        ],
      ],
      ['bank', 'savings', 'A-200', 'USD', 2500000n, []],
      ['card', 'credit', '4000-1', 'USD', -3500n, [['1', -3500n, 'ANNUAL FEE']]],
    ])
  })

  it('reads documents that were joined end to end', () => {
    expect(accept(fixtureText('loan.ofx') + fixtureText('balances-only.ofx')).statements).toHaveLength(3)
  })
})

describe('other files', () => {
  it('does not take a pending entry for a posted one', () => {
    const pending =
      '</BANKTRANLIST><BANKTRANLISTP><DTASOF>20240610<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240610<TRNAMT>-1<FITID>p</STMTTRN></BANKTRANLISTP>'
    const text = fixtureText('card.ofx').replace('</BANKTRANLIST>', pending)
    expect(accept(text).statements[0]?.transactions).toHaveLength(3)
  })

  it('dates an undated balance by the period, the server, or the last entry', () => {
    const undated = fixtureText('card.ofx').replaceAll('<DTASOF>20240609', '<DTASOF>00000000')
    const asOf = (text: string) => accept(text).statements[0]?.ledgerBalance?.asOf
    expect(asOf(undated)).toBe('2024-06-09T22:59:59.999Z')
    const withoutPeriod = undated.replace(/<DTEND>[^<]*/, '<DTEND>')
    expect(asOf(withoutPeriod)).toBe('2024-06-11T12:00:00.000Z')
    expect(asOf(withoutPeriod.replace(/<DTSERVER>[^<]*/, '<DTSERVER>'))).toBe('2024-06-01T12:00:00.000Z')
  })

  it('reads balances alone, in currencies of three and of no decimals', () => {
    expect(statementsOf('balances-only.ofx')).toMatchObject([
      { currency: 'KWD', accountType: 'credit', ledgerBalance: { amountMinor: -1250125n }, transactions: [] },
      { currency: 'JPY', accountType: 'savings', ledgerBalance: { amountMinor: 98000n }, transactions: [] },
    ])
  })

  it('reads a loan: what is owed is negative, a payment has its parts', () => {
    expect(onlyStatementOf('loan.ofx')).toMatchObject({
      kind: 'loan',
      accountType: 'loan',
      accountNumber: 'HL-55',
      ledgerBalance: { amountMinor: -398725000n },
      transactions: [
        {
          externalId: 'L-9',
          amountMinor: 4100000n,
          kind: 'payment',
          loanParts: { principalMinor: 1275025n, interestMinor: 2824975n },
        },
      ],
    })
  })

  it('says what a file without a statement holds', () => {
    expect(accept(fixtureBytes('no-statement.ofx'))).toMatchObject({
      institution: 'Sahyadri Bank',
      statements: [],
      otherContent: ['SIGNUPMSGSRSV1'],
    })
  })
})

describe('an investment account', () => {
  const statement = onlyStatementOf('investments.ofx')

  it('reads the account and its cash', () => {
    expect(statement).toMatchObject({
      kind: 'investment',
      accountType: 'portfolio',
      bankId: 'lakeside.example',
      accountNumber: 'LS-77',
      currency: 'USD',
      from: '2024-01-01',
      to: '2024-03-29',
      transactions: [],
      cash: { amountMinor: 84145n, asOf: '2024-03-29T20:00:00.000Z' },
    })
    expect(statement.ledgerBalance).toBeUndefined()
  })

  it('joins positions with the security list', () => {
    expect(
      statement.holdings.map(
        ({ externalId, idType, ticker, name, quantity, unitPrice, marketValueMinor, assetClass }) => [
          externalId,
          idType,
          ticker,
          name,
          quantity,
          unitPrice,
          marketValueMinor,
          assetClass,
        ],
      ),
    ).toEqual([
      ['111111101', 'CUSIP', 'LAKE', 'Lakes & Rivers Inc', '20', '26', 52000n, 'stock'],
      ['111111101~2', 'CUSIP', 'LAKE', 'Lakes & Rivers Inc', '-2', '26', -5200n, 'stock'],
      ['222222202', 'CUSIP', 'LSBAL', 'Lakeside Balanced', '100.123456789', '20.5', 205253n, 'fund'],
      ['333333303', 'CUSIP', 'LSMM', 'Lakeside Money Market', '900', '1', 90000n, 'cash'],
      ['US0000000001', 'ISIN', undefined, 'State Note 4.25% 2031', '1000', '98.75', 98750n, 'bond'],
      ['LAKE240621C30', 'TICKER', undefined, 'LAKE call 30', '1', '1.15', 11500n, 'option'],
      ['XX', 'OTHER', undefined, undefined, '3', '10', 2970n, 'other'],
    ])
    expect(statement.holdings[3]?.priceAsOf).toBe('2024-03-29T20:00:00.000Z')
    expect(statement.holdings[6]?.foreign).toEqual({ currency: 'EUR', rate: '1.1', amount: '27' })
  })

  it('keeps every event, with its effect on the cash whatever the sign of the total', () => {
    expect(
      statement.investmentTransactions.map(
        ({ externalId, action, sourceType, units, totalMinor, cashEffectMinor }) => [
          externalId,
          action,
          sourceType,
          units,
          totalMinor,
          cashEffectMinor,
        ],
      ),
    ).toEqual([
      ['t1', 'buy', 'BUYSTOCK', '10', 50618n, -50618n],
      ['t2', 'sell', 'SELLMF', '-3.5', 7000n, 7000n],
      ['t3', 'reinvest', 'REINVEST', '0.35', -700n, 0n],
      ['t4', 'income', 'INCOME', undefined, 2125n, 2125n],
      ['t5', 'split', 'SPLIT', undefined, undefined, 110n],
      ['t6', 'transfer', 'TRANSFER', '5', undefined, 0n],
      ['t7', 'cash', 'INVBANKTRAN', undefined, 25000n, 25000n],
      ['t8', 'expense', 'INVEXPENSE', undefined, -250n, -250n],
    ])
    expect(statement.investmentTransactions[0]).toMatchObject({
      tradedOn: '2024-01-05',
      settledAt: '2024-01-09T12:00:00.000Z',
      name: 'Lakes & Rivers Inc',
      unitPrice: '50.12345',
      commissionMinor: 495n,
      note: 'BOUGHT',
    })
    expect(statement.investmentTransactions[1]?.exactTotal).toBe('69.9951')
    expect(statement.investmentTransactions[3]).toMatchObject({ incomeType: 'INTEREST', idType: 'ISIN' })
    expect(statement.investmentTransactions[4]?.splitRatio).toEqual({ numerator: '2', denominator: '1' })
    expect(statement.investmentTransactions[5]?.direction).toBe('in')
    expect(statement.investmentTransactions[6]).toMatchObject({ kind: 'deposit', counterparty: 'WIRE IN' })
    expect(statement.investmentTransactions[7]?.reverses).toBe('t0')
  })
})
