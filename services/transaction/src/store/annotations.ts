// A person's own words beside postings.
import type { Tx } from '@fintwin/platform'

export interface AnnotationRow {
  /** Null where the posted text stands; empty where nothing is to be shown. */
  note: string | null
  counterparty: string | null
  category: string | null
  updatedAt: Date
}

export async function findAnnotation(
  tx: Tx,
  ownerId: string,
  postingId: string,
): Promise<AnnotationRow | undefined> {
  const [row] = await tx<AnnotationRow[]>`
    select note, counterparty, category, updated_at as "updatedAt" from annotations
    where posting_id = ${postingId} and owner_id = ${ownerId}`
  return row
}

/** Puts words beside a posting that the owner sees; the ones that were there go. */
export async function saveAnnotation(
  tx: Tx,
  ownerId: string,
  postingId: string,
  { note, counterparty, category }: Omit<AnnotationRow, 'updatedAt'>,
): Promise<void> {
  await tx`
    insert into annotations (posting_id, owner_id, note, counterparty, category)
    values (${postingId}, ${ownerId}, ${note}, ${counterparty}, ${category})
    on conflict (posting_id, owner_id) do update set
      note = excluded.note, counterparty = excluded.counterparty, category = excluded.category, updated_at = now()`
}

export async function deleteAnnotation(tx: Tx, ownerId: string, postingId: string): Promise<void> {
  await tx`delete from annotations where posting_id = ${postingId} and owner_id = ${ownerId}`
}
