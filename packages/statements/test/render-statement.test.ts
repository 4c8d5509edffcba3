// What holds of a statement in every format.

import { describe, expect, it } from 'vitest'
import { closingInstant, statementFormats } from '../src/index.ts'
import { entryOf, fileOf, write } from './documents.ts'

const formats = Object.keys(statementFormats) as (keyof typeof statementFormats)[]

describe.each(formats)('a statement as %s', (format) => {
  const written = write([entryOf(1), entryOf(2, { amountMinor: -30n })], { openingMinor: 7n })

  it('is the same in pages of any size', async () => {
    expect(await fileOf(format, written, 1)).toBe(await fileOf(format, written, 100))
  })

  it('is never finished when it does not add up', async () => {
    const { document, entries } = written
    const wrong = [
      { document: { ...document, closingMinor: document.closingMinor + 1n }, entries },
      { document: { ...document, debits: { count: 2, sumMinor: document.debits.sumMinor } }, entries },
      { document, entries: entries.slice(1) },
      { document, entries: [...entries, entryOf(3)] },
    ]
    for (const one of wrong) await expect(fileOf(format, one)).rejects.toThrow(/does not add up/)
  })

  it('can be empty', async () => {
    expect(await fileOf(format, write([]))).toMatch(/0\.00/)
  })
})

describe('the instant of a closing balance', () => {
  const created = '2026-03-01T09:30:00.000Z'
  it.each([
    ['a past year', '2025-01-01', '2025-12-31', undefined, '2025-12-31T23:59:59.999Z'],
    ['this year, until today', '2026-01-01', '2026-03-01', '2026-02-01T00:00:00.000Z', created],
    ['until a day to come', '2026-01-01', '2026-12-31', undefined, created],
    [
      'with an entry that is effective later today',
      '2026-01-01',
      '2026-03-01',
      '2026-03-01T12:00:00.000Z',
      '2026-03-01T12:00:00.000Z',
    ],
    ['of days to come', '2027-01-01', '2027-12-31', undefined, '2027-01-01T00:00:00.000Z'],
  ])('of %s', (_what, from, to, lastEntryAt, expected) => {
    expect(closingInstant({ from, to, createdAt: created }, lastEntryAt)).toBe(expected)
  })
})
