// Writes a statement piece by piece, so that one of any length needs the memory of a page.

import type { DocumentEntry, EntryTotal, StatementDocument } from './document.ts'

/** How a document becomes the text of a file. Each function is pure. */
export type StatementFormat = {
  contentType: string
  /** Of a file name, without the dot. */
  extension: string
  begin(document: StatementDocument): string
  /** `balanceMinor` is what the account holds after the entry, in the order of the document. */
  entry(document: StatementDocument, entry: DocumentEntry, balanceMinor: bigint): string
  end(document: StatementDocument): string
}

/**
 * The file's text: its head, a piece for each page of entries, its end.
 * @throws Error before the end is written, when opening, entries and closing do not add up: such a file is never finished.
 */
export async function* renderStatement(
  format: StatementFormat,
  document: StatementDocument,
  pages: AsyncIterable<readonly DocumentEntry[]> | Iterable<readonly DocumentEntry[]>,
): AsyncGenerator<string> {
  yield format.begin(document)
  let balanceMinor = document.openingMinor
  const credits: EntryTotal = { count: 0, sumMinor: 0n }
  const debits: EntryTotal = { count: 0, sumMinor: 0n }
  for await (const page of pages) {
    let text = ''
    for (const entry of page) {
      balanceMinor += entry.amountMinor
      add(entry.amountMinor < 0n ? debits : credits, entry.amountMinor)
      text += format.entry(document, entry, balanceMinor)
    }
    if (text !== '') yield text
  }
  if (
    balanceMinor !== document.closingMinor ||
    !isSame(credits, document.credits) ||
    !isSame(debits, document.debits)
  ) {
    throw new Error(`The statement ${document.id} of account ${document.account.id} does not add up.`)
  }
  yield format.end(document)
}

function add(total: EntryTotal, amountMinor: bigint): void {
  total.count += 1
  total.sumMinor += amountMinor < 0n ? -amountMinor : amountMinor
}

const isSame = (a: EntryTotal, b: EntryTotal): boolean => a.count === b.count && a.sumMinor === b.sumMinor
