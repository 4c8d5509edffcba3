// A person's own words beside a transaction. The posting itself is never touched.
import type { Tx } from '@fintwin/platform'
import { type ReadTransaction, readTransaction } from './read-transaction.ts'
import { mergeWords, type PostedWords } from './rules/merge-words.ts'
import { deleteAnnotation, saveAnnotation } from './store/annotations.ts'

/** Gives the transaction as it is seen from now on. @throws Refused `not_found` */
export async function annotateTransaction(
  tx: Tx,
  personId: string,
  id: string,
  change: Partial<PostedWords>,
): Promise<ReadTransaction> {
  const { row, annotation } = await readTransaction(tx, personId, id)
  const words = mergeWords({ ...row, ...row.original }, annotation, change)
  if (words) await saveAnnotation(tx, personId, row.id, words)
  else await deleteAnnotation(tx, personId, row.id)
  return readTransaction(tx, personId, row.id)
}

/** Back to what was posted. @throws Refused `not_found` */
export async function unannotateTransaction(tx: Tx, personId: string, id: string): Promise<ReadTransaction> {
  const { row } = await readTransaction(tx, personId, id)
  await deleteAnnotation(tx, personId, row.id)
  return readTransaction(tx, personId, row.id)
}
