// Files made to hurt: whatever comes in, an answer goes out, and soon.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStatementFile } from '../src/index.ts'
import { accept, FIXTURES, fixtureBytes, fixtureText, refuse } from './fixtures.ts'

function expectAnswer(file: Uint8Array | string): void {
  const parsed = parseStatementFile(file)
  if (parsed.ok) return
  expect(parsed.place.line).toBeGreaterThan(0)
  expect(parsed.reason.length).toBeGreaterThan(10)
}

const anyFixture = fc.constantFrom(...FIXTURES)

describe('answers, and never throws', () => {
  it('on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), expectAnswer))
  })

  it('on any text that begins like OFX', () => {
    const piece = fc.constantFrom(
      ...'<OFX> </OFX> <STMTTRN> </STMTTRN> <STMTRS> <BANKTRANLIST> <MEMO> </MEMO> <A/> <![CDATA[ ]]> <!-- --> < > & &#0; x \n'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => expectAnswer(`<OFX>${pieces.join('')}`)),
    )
  })

  it('on a statement with bytes changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(anyFixture, changes, (name, edits) => {
        const bytes = Uint8Array.from(fixtureBytes(name))
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte
        expectAnswer(bytes)
      }),
    )
  })

  it('on a statement with a part cut out', () => {
    fc.assert(
      fc.property(anyFixture, fc.nat(), fc.nat(400), (name, start, length) => {
        const text = fixtureText(name)
        const from = start % text.length
        expectAnswer(text.slice(0, from) + text.slice(from + length))
      }),
    )
  })

  it('and refuses every statement that ends too early', () => {
    for (const name of FIXTURES) {
      const text = fixtureText(name).trimEnd()
      for (let end = text.search(/<ofx/i) + 5; end < text.length; end += 7) {
        expect(refuse(text.slice(0, end)).code).toBe('truncated')
      }
    }
  })
})

describe('stays linear', () => {
  const MEGABYTE = 1024 * 1024
  const within = (milliseconds: number, work: () => void) => {
    const start = performance.now()
    work()
    expect(performance.now() - start).toBeLessThan(milliseconds)
  }

  it.each([
    ['<', '<'],
    ['<a', '<a'],
    ['<a b=', '<a b='],
    ['spaces in a tag', `<a${' '.repeat(1000)}`],
    ['open tags', '<MEMO>'],
    ['empty leaves of two names', '<A><B>'],
    ['stray text', 'x <y '],
    ['ampersands', '&amp'],
    ['blank text', ' \t'],
    ['comments', '<!---->'],
    ['one id', '<STMTTRN><FITID>1<DTPOSTED>20240101<TRNAMT>1</STMTTRN>'],
  ])(
    'on 2 MB of %s',
    (_what, piece) => {
      const start = fixtureText('current-account.ofx').split('<STMTTRN>')[0]
      const filled = start + piece.repeat((2 * MEGABYTE) / piece.length)
      within(8000, () => expectAnswer(`${filled}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`))
    },
    20_000,
  )

  it('on 20 MB of entries', () => {
    const [start = '', ...rest] = fixtureText('current-account.ofx').split('<STMTTRN>')
    const end = (rest.at(-1) as string).split('</STMTTRN>')[1]
    const count = 120_000
    const entries = Array.from(
      { length: count },
      (_, i) =>
        `<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>20240301103000[+5.5:IST]\n<TRNAMT>-${i}.25\n<FITID>id-${i}\n<NAME>Shop number ${i}\n<MEMO>Something long enough to be a memo, and then some &amp; more\n</STMTTRN>\n`,
    )
    const text = start + entries.join('') + end
    expect(text.length).toBeGreaterThan(20_000_000)
    within(15_000, () => expect(accept(text).statements[0]?.transactions).toHaveLength(count))
  }, 30_000)
})

describe('cannot be tricked', () => {
  it('into deep nesting', () => {
    const names = Array.from({ length: 200 }, (_, i) => `<N${i}>`)
    expect(refuse(`<OFX>${names.join('')}</OFX>`).code).toBe('too_deep')
  })

  it('into expanding entities', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    expect(refuse(bomb + fixtureText('balances-only.ofx')).code).toBe('forbidden_markup')
    expect(refuse(`<!ENTITY a "a">${fixtureText('balances-only.ofx')}`).code).toBe('forbidden_markup')
  })

  it('into touching prototypes', () => {
    const text = fixtureText('current-account.ofx')
      .replace('S2024030300002', '__proto__')
      .replace('S2024030400001', 'constructor')
      .replace('<MEMO>\n', '<__PROTO__>x\n<CONSTRUCTOR>y\n')
    const ids = accept(text).statements[0]?.transactions.map(({ externalId }) => externalId)
    expect(ids?.slice(1, 3)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('by a file over the limit', () => {
    expect(refuse(new Uint8Array(64 * 1024 * 1024 + 1)).code).toBe('too_large')
  })
})
