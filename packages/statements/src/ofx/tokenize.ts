// Cuts OFX markup, SGML or XML alike, into tags and text. Linear: no character is looked at more than a few times.

import { unescapeText } from './clean-text.ts'

export type Token =
  | { type: 'open'; name: string; at: number; empty: boolean }
  | { type: 'close'; name: string; at: number }
  | { type: 'text'; text: string; at: number }
  | { type: 'forbidden'; at: number }
  | { type: 'unfinished'; at: number }

// A `<` opens a tag only if one follows by its form: a bank's memo may well say `A < B` or `<REF 12>`. Attributes are let
// by. No part of the pattern crosses the next `<`, which is what keeps it linear.
const TAG = /<(\/?)([A-Za-z][\w.-]{0,63})((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))*)\s*(\/?)>/y

/**
 * The tokens of `source`. Comments, processing instructions and a plain DOCTYPE are left out, and so is what follows the
 * last tag: it stands outside the document, or else the document is cut off.
 */
export function* tokenize(source: string): Generator<Token> {
  let at = 0
  let textFrom = 0
  while (at < source.length) {
    const next = source.indexOf('<', at)
    if (next < 0) break
    const piece = /[!?]/.test(source.charAt(next + 1)) ? specialAt(source, next) : tagAt(source, next)
    if (!piece) {
      at = next + 1
      continue
    }
    if (next > textFrom)
      yield { type: 'text', text: unescapeText(source.slice(textFrom, next)), at: textFrom }
    if (piece.token) yield piece.token
    if (piece.token?.type === 'forbidden' || piece.token?.type === 'unfinished') return
    at = textFrom = piece.end
  }
}

type Piece = { end: number; token?: Token }

function tagAt(source: string, at: number): Piece | undefined {
  TAG.lastIndex = at
  const match = TAG.exec(source)
  if (!match) return undefined
  const name = (match[2] as string).toUpperCase()
  const token: Token = match[1]
    ? { type: 'close', name, at }
    : { type: 'open', name, at, empty: match[4] === '/' }
  return { end: TAG.lastIndex, token }
}

/** Comments, CDATA, processing instructions and DOCTYPE. One that may define entities is forbidden, never expanded. */
function specialAt(source: string, at: number): Piece | undefined {
  if (source.startsWith('<!--', at)) return until(source, at, '-->')
  if (source.startsWith('<?', at)) return until(source, at, '?>')
  if (source.startsWith('<![CDATA[', at)) {
    const piece = until(source, at, ']]>')
    if (piece.token) return piece
    return { ...piece, token: { type: 'text', text: source.slice(at + 9, piece.end - 3), at } }
  }
  if (/^<!(?:DOCTYPE|ENTITY)/i.test(source.slice(at, at + 9))) {
    const piece = until(source, at, '>')
    const forbidden = /\[|^<!ENTITY/i.test(source.slice(at, piece.end))
    return forbidden ? { end: piece.end, token: { type: 'forbidden', at } } : piece
  }
  return undefined
}

function until(source: string, at: number, terminator: string): Piece {
  const found = source.indexOf(terminator, at)
  if (found < 0) return { end: source.length, token: { type: 'unfinished', at } }
  return { end: found + terminator.length }
}
