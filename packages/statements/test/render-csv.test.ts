// CSV as csv-parse reads it, strictly by RFC 4180.

import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLine } from '../src/plain-line.ts'
import { anyWritten, entryOf, exchangeOf, fileOf, minorOf, write } from './documents.ts'

type Row = Record<string, string>

const read = (file: string): Row[] => parse(file, { columns: true, record_delimiter: '\r\n' }) as Row[]

/** What a cell said before it was guarded, as the documentation tells readers to undo it. */
const unguarded = (cell: string): string =>
  cell
    .split(';')
    .map((part) => (/^['\s]*[=+\-@＝＋－＠]/.test(part) ? part.replace("'", '') : part))
    .join(';')

describe('a statement as CSV', () => {
  it('reads back to the same figures and texts, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) => {
        const { document, entries } = written
        const { currency } = document.account
        const [first, ...rows] = read(await fileOf('csv', written))
        const last = rows.pop()
        expect(minorOf(first?.balance, currency)).toBe(document.openingMinor)
        expect(minorOf(last?.balance, currency)).toBe(document.closingMinor)
        expect(last?.effective_at).toBe(document.closingAt)
        let balanceMinor = document.openingMinor
        for (const [index, row] of rows.entries()) {
          balanceMinor += minorOf(row.amount, currency)
          expect(minorOf(row.balance, currency)).toBe(balanceMinor)
          const entry = entries[index]
          expect({
            ...row,
            note: unguarded(row.note ?? ''),
            external_id: unguarded(row.external_id ?? ''),
          }).toMatchObject({
            number: String(entry?.number),
            id: entry?.id,
            type: entry?.type,
            currency,
            effective_at: entry?.effectiveAt,
            posted_at: entry?.postedAt,
            other_account: entry?.otherAccountId ?? '',
            note: plainLine(entry?.note ?? ''),
            external_id: plainLine(entry?.externalId ?? ''),
          })
          expect(unguarded(row.counterparty ?? '')).toBe(plainLine(entry?.counterparty ?? ''))
          expect(unguarded(row.category ?? '')).toBe(plainLine(entry?.category ?? ''))
        }
        expect(rows).toHaveLength(entries.length)
        expect(balanceMinor).toBe(document.closingMinor)
      }),
      { numRuns: 300 },
    )
  })

  it('gives a spreadsheet no cell that begins like a formula, whether it cuts at commas, semicolons or tabs', async () => {
    await fc.assert(
      fc.asyncProperty(anyWritten, async (written) => {
        const file = await fileOf('csv', written)
        for (const delimiter of [',', ';', '\t']) {
          const cells = (
            parse(file, {
              delimiter,
              relax_quotes: true,
              relax_column_count: true,
              quote: delimiter === ',' ? '"' : null,
            }) as string[][]
          ).flat()
          const isFigure = /^[+-]?\d+(?:\.\d+)?$/
          for (const cell of cells.filter((one) => !isFigure.test(one)))
            expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('tells both sides and the rate of an exchange', async () => {
    const [, row] = read(await fileOf('csv', write([exchangeOf(1)])))
    expect(row).toMatchObject({
      amount: '-8350.00',
      currency: 'INR',
      other_amount: '100.00',
      other_currency: 'USD',
      exchange_rate: '0.011976047904',
      rate_currency: 'INR',
    })
  })

  it('looks like this', async () => {
    const entries = [
      entryOf(1, { amountMinor: 500_000n, counterparty: 'Åsa & Co, Ltd', note: 'Salary "June"' }),
      entryOf(2, {
        amountMinor: -12_050n,
        type: 'withdrawal',
        note: '=HYPERLINK("http://x")',
        category: 'Food',
      }),
    ]
    expect(await fileOf('csv', write(entries, { openingMinor: -100n }))).toBe(
      [
        'number,date,effective_at,posted_at,type,amount,balance,currency,counterparty,note,category,id,other_account,other_amount,other_currency,exchange_rate,rate_currency,external_id',
        ',2025-01-01,2025-01-01T00:00:00.000Z,,balance_brought_forward,,-1.00,INR,,,,,,,,,,',
        '1,2025-06-15,2025-06-15T12:00:00.000Z,2025-06-15T12:00:00.000Z,deposit,5000.00,4999.00,INR,"Åsa & Co, Ltd","Salary ""June""",,019a0000-0000-7000-8000-000000000001,,,,,,',
        `2,2025-06-15,2025-06-15T12:00:00.000Z,2025-06-15T12:00:00.000Z,withdrawal,-120.50,4878.50,INR,,"'=HYPERLINK(""http://x"")",Food,019a0000-0000-7000-8000-000000000002,,,,,,`,
        ',2025-12-31,2025-12-31T23:59:59.999Z,,balance_carried_forward,,4878.50,INR,,,,,,,,,,',
        '',
      ].join('\r\n'),
    )
  })
})
