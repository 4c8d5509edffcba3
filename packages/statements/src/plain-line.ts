// Free text on its way into a file: one line that every format can carry.

import { cleanText } from './ofx/clean-text.ts'

/**
 * The text in one line, without what a statement must not carry: control characters, marks that turn the writing direction, halves of
 * characters, and the two code points that XML forbids. Runs of space become one.
 */
export function plainLine(text: string): string {
  return cleanText(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** The first characters of a line, never half of one. */
export function cutLine(line: string, maxCharacters: number): string {
  if (line.length <= maxCharacters) return line
  return [...line].slice(0, maxCharacters).join('').trimEnd()
}
