// A whole OFX or QFX file: from its text to statements, or to the places where it is wrong.

import type { ParsedFile, ParseFailure, Problem } from '../statement.ts'
import { buildTree } from './build-tree.ts'
import { childOf, type Element, findAll } from './element.ts'
import { isMessageSet } from './nesting.ts'
import { readSecurities } from './read-securities.ts'
import { readStatement, STATEMENT_ELEMENTS } from './read-statements.ts'
import { placeAt, quote, type Reading, readDate, report, textOf } from './reading.ts'

const READ_MESSAGE_SETS: ReadonlySet<string> = new Set([
  'SIGNONMSGSRSV1',
  'BANKMSGSRSV1',
  'CREDITCARDMSGSRSV1',
  'LOANMSGSRSV1',
  'INVSTMTMSGSRSV1',
  'SECLISTMSGSRSV1',
])

// Whose STATUS decides whether the statements are to be had. An error in another part, such as mail, does not matter.
const ANSWERS: ReadonlySet<string> = new Set([
  'SONRS',
  'STMTTRNRS',
  'CCSTMTTRNRS',
  'LOANSTMTTRNRS',
  'INVSTMTTRNRS',
])

export function looksLikeOfx(text: string): boolean {
  return /OFXHEADER|<OFX[\s>]/i.test(text)
}

/** The character set that an OFX header or an XML declaration names. */
export function declaredOfxCharset(start: string): string | undefined {
  const xml = /<\?xml[^<>]{0,200}\bencoding\s*=\s*["']([\w-]+)/i.exec(start)?.[1]
  if (xml) return xml
  const encoding = /\bENCODING:\s*([\w-]+?)(?=CHARSET|\s|$)/i.exec(start)?.[1]
  if (encoding && /^utf-?8$/i.test(encoding)) return 'utf-8'
  const charset = /CHARSET:\s*([\w-]+?)(?=COMPRESSION|\s|$)/i.exec(start)?.[1]
  return charset && /^(?:none|csunicode)$/i.test(charset) ? undefined : charset
}

export function parseOfx(source: string): ParsedFile | ParseFailure {
  const tree = buildTree(source)
  if (!tree.ok) {
    const { code, at, element, reason } = tree.problem
    return { ok: false, code, place: placeAt(source, at, element), reason, further: [] }
  }
  if (tree.roots.length === 0) {
    const place = placeAt(source, source.length)
    return {
      ok: false,
      code: 'truncated',
      place,
      reason: 'The file has an OFX header and nothing after it.',
      further: [],
    }
  }

  const reading: Reading = { source, problems: [] }
  reportBankErrors(reading, tree.roots)
  const securities = readSecurities(tree.roots)
  const statements = tree.roots.flatMap((root) => {
    const servedAt = readDate(reading, findAll([root], new Set(['SONRS']))[0], 'DTSERVER')
    return findAll([root], STATEMENT_ELEMENTS).flatMap(
      (element) => readStatement({ reading, securities, servedAt }, element) ?? [],
    )
  })
  const [first, ...further] = reading.problems.toSorted(byPlace)
  if (first) return { ok: false, ...first, further }
  return {
    ok: true,
    format: 'ofx',
    institution: textOf(
      findAll(tree.roots, new Set(['FI'])).find((fi) => textOf(fi, 'ORG')),
      'ORG',
    ),
    statements,
    otherContent: otherContentOf(tree.roots),
  }
}

/** A bank that could not answer says so in a STATUS; its own words are passed on. */
function reportBankErrors(reading: Reading, roots: readonly Element[]): void {
  const answers = findAll(roots, ANSWERS).flatMap((answer) => childOf(answer, 'STATUS') ?? [])
  const holdsStatement = findAll(roots, STATEMENT_ELEMENTS).length > 0
  for (const status of holdsStatement ? answers : findAll(roots, new Set(['STATUS']))) {
    if (!isError(status)) continue
    const code = textOf(status, 'CODE')
    const message = textOf(status, 'MESSAGE') ?? 'no explanation'
    report(
      reading,
      status,
      'bank_error',
      `The bank answered with an error instead of a statement: ${quote(message)}${code ? ` (code ${code})` : ''}.`,
    )
  }
}

function isError(status: Element): boolean {
  const severity = textOf(status, 'SEVERITY')?.toUpperCase()
  return severity === undefined ? Number(textOf(status, 'CODE') ?? 0) >= 2000 : severity === 'ERROR'
}

function byPlace(a: Problem, b: Problem): number {
  return a.place.line - b.place.line || (a.place.column ?? 0) - (b.place.column ?? 0)
}

function otherContentOf(roots: readonly Element[]): string[] {
  const names = roots.flatMap((root) => root.children.map(({ name }) => name))
  return [...new Set(names)].filter((name) => isMessageSet(name) && !READ_MESSAGE_SETS.has(name))
}
