// What is refused, and that the refusal names the place and the reason.

import { describe, expect, it } from 'vitest'
import { accept, type Fixture, fixtureText, refuse } from './fixtures.ts'

type Edit = [
  what: string,
  file: Fixture,
  find: string | RegExp,
  put: string,
  code: string,
  line: number,
  element: string | undefined,
  reason: RegExp,
]

const BANK: Fixture = 'current-account.ofx'
const CARD: Fixture = 'card.ofx'
const INVESTMENTS: Fixture = 'investments.ofx'

const EDITS: Edit[] = [
  ['an entry without a date', BANK, '<DTPOSTED>20240303\n', '', 'missing_element', 55, 'DTPOSTED', /no date/],
  ['a blank date', BANK, '<DTPOSTED>20240303', '<DTPOSTED>', 'missing_element', 57, 'DTPOSTED', /no date/],
  ['a day that does not exist', BANK, '20240303', '20240230', 'bad_date', 57, 'DTPOSTED', /“20240230”/],
  ['a month that does not exist', BANK, '20240303', '202413031200', 'bad_date', 57, 'DTPOSTED', /not a date/],
  [
    'an hour that does not exist',
    BANK,
    '20240303',
    '20240303250000',
    'bad_date',
    57,
    'DTPOSTED',
    /not a date/,
  ],
  ['an entry without an id', BANK, '<FITID>S2024030300002\n', '', 'missing_element', 55, 'FITID', /no FITID/],
  [
    'an entry without an amount',
    BANK,
    '<TRNAMT>-1249,50',
    '<TRNAMT>',
    'missing_element',
    58,
    'TRNAMT',
    /no amount/,
  ],
  ['a currency sign in an amount', BANK, '-1249,50', '$120', 'bad_amount', 58, 'TRNAMT', /“\$120”/],
  ['words for an amount', BANK, '-1249,50', 'NaN', 'bad_amount', 58, 'TRNAMT', /not a number/],
  ['an exponent', BANK, '-1249,50', '1e3', 'bad_amount', 58, 'TRNAMT', /not a number/],
  [
    'digits the currency has not',
    BANK,
    '-1249,50',
    '-1249.505',
    'bad_amount',
    58,
    'TRNAMT',
    /more decimals than INR/,
  ],
  [
    'a comma that may be grouping',
    BANK,
    '-1249,50',
    '-1,249',
    'bad_amount',
    58,
    'TRNAMT',
    /more decimals than INR/,
  ],
  ['an amount beyond all money', BANK, '-1249,50', '10000000000000', 'bad_amount', 58, 'TRNAMT', /beyond/],
  ['an endless amount', BANK, '-1249,50', '9'.repeat(5000), 'bad_amount', 58, 'TRNAMT', /not a number/],
  ['a balance without an amount', BANK, '61204.7500', ' ', 'missing_element', 108, 'BALAMT', /no amount/],
  ['an id too long', BANK, 'S2024030300002', 'x'.repeat(300), 'bad_text', 59, 'FITID', /longer than 255/],
  ['a currency nobody knows', BANK, '<CURDEF>INR', '<CURDEF>QQQ', 'bad_currency', 35, 'CURDEF', /“QQQ”/],
  ['no currency', BANK, '<CURDEF>INR\n', '', 'missing_element', 34, 'CURDEF', /no CURDEF/],
  ['no account number', BANK, '00170100004242', '', 'missing_element', 39, 'ACCTID', /no ACCTID/],
  [
    'no account',
    BANK,
    /<BANKACCTFROM>[\s\S]*?<\/BANKACCTFROM>\n/,
    '',
    'missing_element',
    34,
    'ACCTID',
    /which account/,
  ],
  [
    'a bank that could not answer',
    BANK,
    /<CODE>0\n<SEVERITY>INFO\n(?=<\/STATUS>\n<CLTCOOKIE>)/,
    '<CODE>2000\n<SEVERITY>ERROR\n<MESSAGE>Try\ttomorrow\n',
    'bank_error',
    29,
    'STATUS',
    /“Try tomorrow” \(code 2000\)/,
  ],
  [
    'a failed sign-on',
    'no-statement.ofx',
    '<SEVERITY>INFO',
    '<SEVERITY>ERROR<MESSAGE>Wrong PIN',
    'bank_error',
    14,
    'STATUS',
    /“Wrong PIN”/,
  ],
  [
    'the end cut off',
    BANK,
    /<TRNAMT>-3000[\s\S]*$/,
    '',
    'truncated',
    93,
    'DTPOSTED',
    /ends inside <DTPOSTED>/,
  ],
  [
    'the end cut off inside a tag',
    BANK,
    /AMT>-3000[\s\S]*$/,
    '',
    'truncated',
    93,
    'DTPOSTED',
    /ends inside <DTPOSTED>/,
  ],
  ['the last tag cut off', CARD, '</OFX>\n', '', 'truncated', 56, 'OFX', /ends inside <OFX>/],
  [
    'tags that cross',
    CARD,
    '<FITID>c-2</FITID>',
    '<FITID>c-2</MEMO>',
    'wrong_nesting',
    33,
    'MEMO',
    /closes nothing/,
  ],
  [
    'an entry outside the statement',
    CARD,
    '</CCSTMTTRNRS>',
    '</CCSTMTTRNRS><STMTTRN></STMTTRN>',
    'wrong_nesting',
    54,
    'STMTTRN',
    /outside any statement/,
  ],
  [
    'text between elements',
    CARD,
    '<STMTTRN>',
    '<STMTTRN> lost ',
    'wrong_nesting',
    20,
    'STMTTRN',
    /text in <STMTTRN>/,
  ],
  [
    'entities of its own',
    CARD,
    '<!-- made for tests -->',
    '<!DOCTYPE OFX [<!ENTITY a "aa">]>',
    'forbidden_markup',
    3,
    undefined,
    /defines entities/,
  ],
  ['an open comment', CARD, ' -->', '', 'truncated', 3, undefined, /comment/],
  [
    'a rate that is missing',
    CARD,
    '<CURRATE>0.00505</CURRATE>',
    '',
    'bad_currency',
    36,
    'CURRENCY',
    /rate to GBP is missing/,
  ],
  [
    'a position without a quantity',
    INVESTMENTS,
    '<UNITS>900',
    '',
    'missing_element',
    50,
    'UNITS',
    /no UNITS/,
  ],
  ['a price that is none', INVESTMENTS, '20.5<', '2o.5<', 'bad_amount', 49, 'UNITPRICE', /“2o.5”/],
  ['a trade without an id', INVESTMENTS, '<FITID>t3', '', 'missing_element', 39, 'FITID', /no FITID/],
]

describe('refuses', () => {
  it.each(EDITS)('%s', (_what, file, find, put, code, line, element, reason) => {
    const before = fixtureText(file)
    const after = before.replace(find, put)
    expect(after).not.toBe(before)
    const failure = refuse(after)
    expect(failure).toMatchObject({ code, place: { line } })
    expect(failure.place.element).toBe(element)
    expect(failure.reason).toMatch(reason)
  })

  it.each([
    ['nothing', '', 'empty_file'],
    ['blank lines', '\n \r\n', 'empty_file'],
    ['a letter', 'Dear customer, your statement is <b>attached</b>.', 'unknown_format'],
    ['a header alone', 'OFXHEADER:100\nDATA:OFXSGML\n', 'truncated'],
  ])('%s', (_what, text, code) => {
    expect(refuse(text).code).toBe(code)
    expect(refuse(new TextEncoder().encode(text)).code).toBe(code)
  })

  it('every fault of a file, in the order of its lines', () => {
    const text = fixtureText(BANK)
      .replace('-1249,50', '12-')
      .replace('61204.7500', '')
      .replace('20240303', 'soon')
    const { place, further } = refuse(text)
    expect([place, ...further.map((problem) => problem.place)]).toEqual([
      { line: 57, column: 1, element: 'DTPOSTED' },
      { line: 58, column: 1, element: 'TRNAMT' },
      { line: 108, column: 1, element: 'BALAMT' },
    ])
  })

  it('at the same line whatever ends the lines', () => {
    const text = fixtureText(BANK).replace('-1249,50', 'x')
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      expect(refuse(text.replaceAll('\n', lineEnd)).place).toEqual({ line: 58, column: 1, element: 'TRNAMT' })
    }
  })
})

describe('an error elsewhere does not cost the statement', () => {
  it('reads on past the failed answer of another part', () => {
    const mail =
      '<EMAILMSGSRSV1><GETMIMETRNRS><STATUS><CODE>2000<SEVERITY>ERROR</STATUS></GETMIMETRNRS></EMAILMSGSRSV1>\n</OFX>'
    const parsed = accept(fixtureText(BANK).replace('</OFX>', mail))
    expect(parsed.statements).toHaveLength(1)
    expect(parsed.otherContent).toEqual(['EMAILMSGSRSV1'])
  })
})
