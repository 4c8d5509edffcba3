// The way in: finds out which format a file has, and hands it to that format's reader.

import { decodeText } from './decode-text.ts'
import { declaredOfxCharset, looksLikeOfx, parseOfx } from './ofx/parse-ofx.ts'
import type { ParsedFile, ParseFailure, ProblemCode } from './statement.ts'

/** The largest file that is looked at. */
export const MAX_FILE_BYTES: number = 64 * 1024 * 1024

/**
 * Reads a bank's statement file: OFX 1 (SGML) and 2 (XML), QFX alike. Never throws, and takes time linear in the size.
 * Refuses a file in which any fact cannot be read for certain, and says where.
 */
export function parseStatementFile(file: Uint8Array | string): ParsedFile | ParseFailure {
  if (file.length > MAX_FILE_BYTES) return refuse('too_large', 'The file is larger than 64 MB.')
  const text = typeof file === 'string' ? file.replace(/^\ufeff/, '') : decodeText(file, declaredOfxCharset)
  if (text.trim() === '') return refuse('empty_file', 'The file is empty.')
  if (looksLikeOfx(text)) return parseOfx(text)
  return refuse(
    'unknown_format',
    'The file is no bank statement in a format that can be read here (OFX or QFX).',
  )
}

function refuse(code: ProblemCode, reason: string): ParseFailure {
  return { ok: false, code, place: { line: 1 }, reason, further: [] }
}
