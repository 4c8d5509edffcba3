// Dates, numbers, character sets and texts, one by one.

import { isCurrency } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { cleanText, unescapeText } from '../src/ofx/clean-text.ts'
import { parseOfxDate } from '../src/ofx/parse-date.ts'
import { parseOfxDecimal, toMinorUnits } from '../src/ofx/parse-decimal.ts'
import { declaredOfxCharset } from '../src/ofx/parse-ofx.ts'
import { accept, fixtureText } from './fixtures.ts'

describe('dates', () => {
  it.each([
    ['20110727', '2011-07-27T12:00:00.000Z', '2011-07-27'],
    ['2011-07-27', '2011-07-27T12:00:00.000Z', '2011-07-27'],
    ['20110727000000', '2011-07-27T00:00:00.000Z', '2011-07-27'],
    ['201107271630', '2011-07-27T16:30:00.000Z', '2011-07-27'],
    ['20110727001702[-5:EST]', '2011-07-27T05:17:02.000Z', '2011-07-27'],
    ['20110727160000.000[-5:EST]', '2011-07-27T21:00:00.000Z', '2011-07-27'],
    ['20110727235959.5[-8]', '2011-07-28T07:59:59.500Z', '2011-07-27'],
    ['20110727120000[0:GMT]', '2011-07-27T12:00:00.000Z', '2011-07-27'],
    ['20110727020000[+5.5:IST]', '2011-07-26T20:30:00.000Z', '2011-07-27'],
    ['20110727020000[5.30:IST]', '2011-07-26T20:30:00.000Z', '2011-07-27'],
    ['20110727020000[+5:30]', '2011-07-26T20:30:00.000Z', '2011-07-27'],
    ['20110727020000[+0530:IST]', '2011-07-26T20:30:00.000Z', '2011-07-27'],
    ['20110727020000[+5.75:NPT]', '2011-07-26T20:15:00.000Z', '2011-07-27'],
    ['20110727020000[-3.5:NST]', '2011-07-27T05:30:00.000Z', '2011-07-27'],
    ['20110727020000[+10:AEST', '2011-07-26T16:00:00.000Z', '2011-07-27'],
    ['20110727020000[EST]', '2011-07-27T07:00:00.000Z', '2011-07-27'],
    ['20110727020000[:XYZ]', '2011-07-27T02:00:00.000Z', '2011-07-27'],
    ['20110727020000 [-5:EST]', '2011-07-27T07:00:00.000Z', '2011-07-27'],
    ['2011-07-27T02:00:00+05:30', '2011-07-26T20:30:00.000Z', '2011-07-27'],
    ['20111231240000', '2012-01-01T00:00:00.000Z', '2011-12-31'],
    ['20240229', '2024-02-29T12:00:00.000Z', '2024-02-29'],
  ])('%s', (text, at, day) => {
    expect(parseOfxDate(text)).toEqual({ at, day })
  })

  it.each([
    '20230229',
    '20120231',
    '201120000000',
    '00000000',
    '2011072',
    '20110727250000',
    '20110727126000',
    '20110727240001',
    '20110727120000[-25:EST]',
    '20110727120000[99999]',
    '27/07/2011',
    '2011-0727',
    'today',
    '',
  ])('refuses %s', (text) => {
    expect(parseOfxDate(text)).toBeUndefined()
  })
})

describe('numbers', () => {
  it.each([
    ['+00000000000115.8331', '115.8331'],
    ['-00000000001500.0000', '-1500'],
    ['-0.00', '0'],
    ['.07', '0.07'],
    ['5.', '5'],
    ['12,5', '12.5'],
    ['- 12.50', '-12.5'],
    ['1,234.50', '1234.5'],
    ['1,23,456.78', '123456.78'],
    ['1.234.567,89', '1234567.89'],
    ['0.000000000000000000000000000001', '0.000000000000000000000000000001'],
  ])('%s', (text, decimal) => {
    expect(parseOfxDecimal(text)).toBe(decimal)
  })

  it.each(['', '.', '-', '1e5', '$5', '5-', '(5)', '1 000', '1.2.3', '1,2,3', '0x1', '１２', '9'.repeat(61)])(
    'refuses %s',
    (text) => {
      expect(parseOfxDecimal(text)).toBeUndefined()
    },
  )

  it.each([
    ['0.005', 'USD', '1', 0n, false],
    ['0.015', 'USD', '1', 2n, false],
    ['1.25', 'USD', '1', 125n, true],
    ['1', 'KWD', '0.5', 500n, true],
    ['-1500', 'USD', '0.00505', -758n, false],
  ])('%s %s at %s is %s minor units', (decimal, code, rate, amountMinor, exact) => {
    if (!isCurrency(code)) throw new Error(code)
    expect(toMinorUnits(decimal, code, rate)).toEqual({ ok: true, amountMinor, exact })
  })
})

describe('texts', () => {
  it.each([
    ['AT&T', 'AT&T'],
    ['&lt;b&gt; &amp;lt; &quot;&apos;', '<b> &lt; "\''],
    ['&#65;&#x42;', 'AB'],
    ['&#1114112; &#xFFFFFF;', '&#1114112; &#xFFFFFF;'],
    ['&bomb; &constructor;', '&bomb; &constructor;'],
  ])('unescapes %s once', (raw, text) => {
    expect(unescapeText(raw)).toBe(text)
  })

  it('leaves nothing that a screen or a database chokes on', () => {
    expect(cleanText('  a\u0000b\u001b[31m \u202ec\ud800\u0007 \n\t d   e\u00a0f ')).toBe('ab[31m c d   e f')
    expect(cleanText('x'.repeat(5000))).toHaveLength(2000)
    expect(cleanText('😀'.repeat(5000))).toHaveLength(2000)
    expect(cleanText(unescapeText('a&#0;&#xD800;b'))).toBe('ab')
  })
})

describe('character sets', () => {
  const named = (name: string, header: string) =>
    `${header}\n<OFX>${fixtureText('loan.ofx').split('<OFX>')[1]}`.replace('EMI', name)
  const nameIn = (file: Uint8Array | string) => accept(file).statements[0]?.transactions[0]?.counterparty

  it.each([
    ['UTF-8 that says so', 'ENCODING:UTF-8\nCHARSET:NONE', 'utf8', 'Żółć €'],
    ['UTF-8 that says 1252', 'ENCODING:USASCII\nCHARSET:1252', 'utf8', 'Café €'],
    ['1252', 'ENCODING:USASCII\nCHARSET:1252', 'latin1', 'Caf\u00e9 \u0080'],
    ['Latin-1 without a header', '', 'latin1', 'Caf\u00e9 \u0080'],
    ['UTF-16', '\ufeffENCODING:UNICODE', 'utf16le', 'Café €'],
    ['UTF-16 without a mark', 'ENCODING:UNICODE', 'utf16le', 'Café €'],
  ] as const)('%s', (_what, header, encoding, name) => {
    const bytes = Buffer.from(named(name, header), encoding)
    expect(nameIn(bytes)).toBe(name.replace('\u0080', '€'))
  })

  it('reads another single-byte set by its label', () => {
    const bytes = Buffer.from(
      named('\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2', 'ENCODING:USASCII\nCHARSET:1251'),
      'latin1',
    )
    expect(nameIn(bytes)).toBe('Привет')
  })

  it.each([
    ['<?xml version="1.0" encoding="ISO-8859-2"?>', 'ISO-8859-2'],
    ['ENCODING:USASCII\nCHARSET:1252\n', '1252'],
    ['OFXHEADER:100DATA:OFXSGMLENCODING:USASCIICHARSET:1252COMPRESSION:NONE', '1252'],
    ['ENCODING:UTF-8\nCHARSET:CSUNICODE', 'utf-8'],
    ['ENCODING:USASCII\nCHARSET:NONE', undefined],
    ['', undefined],
  ])('finds the label in %s', (header, charset) => {
    expect(declaredOfxCharset(header)).toBe(charset)
  })
})
