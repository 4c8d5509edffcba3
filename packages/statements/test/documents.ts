// Statements of ours to be written, and how to write them.

import { type CurrencyCode, minorDigits } from '@fintwin/money'
import fc from 'fast-check'
import {
  closingInstant,
  type DocumentEntry,
  renderStatement,
  type StatementDocument,
  statementFormats,
} from '../src/index.ts'

export const accountId = '0198a2b4-77c1-7d3e-9a10-3f5e6c7d8a9b'

export interface Written {
  document: StatementDocument
  entries: DocumentEntry[]
}

/** A document in which everything adds up. */
export function write(
  entries: DocumentEntry[],
  {
    openingMinor = 0n,
    account = {},
    ...given
  }: Partial<Omit<StatementDocument, 'account'>> & { account?: Partial<StatementDocument['account']> } = {},
): Written {
  const amounts = entries.map(({ amountMinor }) => amountMinor)
  const total = (signed: bigint[]): { count: number; sumMinor: bigint } => ({
    count: signed.length,
    sumMinor: signed.reduce((sum, amount) => sum + (amount < 0n ? -amount : amount), 0n),
  })
  const period = { from: '2025-01-01', to: '2025-12-31', createdAt: '2026-03-01T09:30:00.000Z', ...given }
  return {
    entries,
    document: {
      id: '019a0000-0000-7000-8000-00000000000f',
      account: {
        id: accountId,
        type: 'savings',
        currency: 'INR' as CurrencyCode,
        ownerName: 'Asha Rao',
        ...account,
      },
      openingMinor,
      closingMinor: amounts.reduce((sum, amount) => sum + amount, openingMinor),
      closingAt: closingInstant(period, entries.at(-1)?.effectiveAt),
      credits: total(amounts.filter((amount) => amount > 0n)),
      debits: total(amounts.filter((amount) => amount < 0n)),
      ...period,
    },
  }
}

export function entryOf(number: number, given: Partial<DocumentEntry> = {}): DocumentEntry {
  return {
    number: BigInt(number),
    id: `019a0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`,
    type: 'deposit',
    amountMinor: 100n,
    effectiveAt: '2025-06-15T12:00:00.000Z',
    postedAt: '2025-06-15T12:00:00.000Z',
    counterparty: null,
    note: null,
    category: null,
    externalId: null,
    otherAccountId: null,
    exchange: null,
    isReversal: false,
    ...given,
  }
}

/** ₹8,350 given for $100. */
export const exchangeOf = (number: number): DocumentEntry =>
  entryOf(number, {
    type: 'exchange',
    amountMinor: -835_000n,
    otherAccountId: '0198a2b4-77c1-7d3e-9a10-3f5e6c7d8aff',
    exchange: {
      otherMinor: 10_000n,
      otherCurrency: 'USD' as CurrencyCode,
      rate: '0.011976047904',
      unitCurrency: 'INR' as CurrencyCode,
    },
  })

/** The file as a whole, written in pages of so many entries. */
export async function fileOf(
  name: keyof typeof statementFormats,
  { document, entries }: Written,
  pageSize = 3,
): Promise<string> {
  const pages = Array.from({ length: Math.ceil(entries.length / pageSize) }, (_, page) =>
    entries.slice(page * pageSize, (page + 1) * pageSize),
  )
  let file = ''
  for await (const piece of renderStatement(statementFormats[name], document, pages)) file += piece
  return file
}

/** Minor units of decimal text; it must have exactly the digits that its currency has. */
export function minorOf(text: string | undefined, currency: CurrencyCode): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text ?? '') ?? []
  if (whole === '' || fraction.length !== minorDigits(currency))
    throw new Error(`${text} is no amount of ${currency}`)
  return BigInt(`${sign}${whole}${fraction}`)
}

const hostilePieces = [
  ...['=', '+', '-', '@', '＝', '＠', "'", '"', ',', ';', '|', '\t', '\r', '\n', ' ', '  '],
  ...['<', '>', '&', '&amp;', ']]>', '<!--', '<OFX>', '</MEMO>', '<?', '&#0;'],
  ...['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u2028', '\u202e', '\ufeff', '\ufffe', '\uffff'],
  ...['\ud800', '\udc00', '😀', 'é', 'e\u0301', 'ह', '字', '\u00a0', 'cmd|calc', 'Rent 1/2', '0012', '1e5'],
]

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...hostilePieces), { maxLength: 120 }).map((pieces) => pieces.join('')),
  fc.constantFrom('=1+1', '@SUM(A1)', '+91 98', '-5 %', "'=x", 'a;=cmd|calc!A0', ' =1', 'Coffee & Co <Ltd>'),
)

const amounts = fc.oneof(
  fc.bigInt({ min: -100_000n, max: 100_000n }),
  fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
  fc.constantFrom(1n, -1n, 10n ** 14n, -(10n ** 14n)),
)

const instants = fc
  .date({
    min: new Date('2025-01-01T00:00:00Z'),
    max: new Date('2025-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString())

const exchanges = fc.record({
  otherMinor: fc.bigInt({ min: 1n, max: 10n ** 14n }),
  otherCurrency: fc.constantFrom('USD', 'JPY', 'KWD') as fc.Arbitrary<CurrencyCode>,
  rate: fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n - 1n }))
    .map(([whole, fraction]) => `${whole}.${fraction.toString().padStart(12, '0')}`),
  unitCurrency: fc.constantFrom('USD', 'INR') as fc.Arbitrary<CurrencyCode>,
})

const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null })

/** Any statement there can be: every type of account, currencies of none to four digits, whatever texts. */
export const anyWritten: fc.Arbitrary<Written> = fc
  .record({
    entries: fc.array(
      fc.record({
        amountMinor: amounts.filter((amount) => amount !== 0n),
        effectiveAt: instants,
        postedAt: instants,
        type: fc.constantFrom(
          'deposit',
          'withdrawal',
          'transfer',
          'opening',
          'exchange',
          'journal',
          'reversal',
        ),
        counterparty: optional(texts),
        note: optional(texts),
        category: optional(texts),
        externalId: optional(texts),
        otherAccountId: optional(fc.uuid()),
        exchange: optional(exchanges),
        isReversal: fc.boolean(),
      }),
      { maxLength: 8 },
    ),
    openingMinor: amounts,
    availableMinor: fc.option(amounts, { nil: undefined }),
    currency: fc.constantFrom('INR', 'JPY', 'KWD', 'CLF', 'EUR'),
    type: fc.constantFrom('savings', 'current', 'cash', 'credit', 'loan', 'portfolio'),
    id: fc.uuid(),
    ownerName: texts,
  })
  .map(({ entries, openingMinor, availableMinor, currency, type, id, ownerName }) =>
    write(
      entries
        .toSorted((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1))
        .map((entry, index) => entryOf(index + 1, entry)),
      {
        openingMinor,
        availableMinor,
        account: { id, type, currency: currency as CurrencyCode, ownerName },
      },
    ),
  )
