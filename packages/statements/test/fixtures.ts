// The statement files beside this test, made for it. No bank wrote them.

import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { type ParsedFile, type ParseFailure, parseStatementFile } from '../src/index.ts'

export const FIXTURES = [
  'current-account.ofx',
  'card.ofx',
  'several-accounts.qfx',
  'balances-only.ofx',
  'loan.ofx',
  'investments.ofx',
  'no-statement.ofx',
] as const

export type Fixture = (typeof FIXTURES)[number]

export function fixtureBytes(name: Fixture): Uint8Array {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
}

/** The fixture as text with LF line ends, to be edited. */
export function fixtureText(name: Fixture): string {
  const encoding = name === 'current-account.ofx' ? 'latin1' : 'utf8'
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), encoding).replaceAll('\r\n', '\n')
}

export function accept(file: Uint8Array | string): ParsedFile {
  const parsed = parseStatementFile(file)
  expect(parsed).toMatchObject({ ok: true })
  return parsed as ParsedFile
}

export function refuse(file: Uint8Array | string): ParseFailure {
  const parsed = parseStatementFile(file)
  expect(parsed.ok).toBe(false)
  return parsed as ParseFailure
}
