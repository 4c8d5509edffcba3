// Kept answers of many people at once, for the one transaction that acts for all of them.
import type { KeyedRequest, StoredAnswer, Tx } from '@fintwin/platform'

export interface KeyedCall extends KeyedRequest {
  callerId: string
}

export type FoundAnswer =
  | { isFree: false }
  | { isFree: true; bodyHash: string | null; answer: StoredAnswer | null }

/** One for each call, in their order: whether somebody else is answering it now, and what was answered before. */
export async function findAnswers(tx: Tx, calls: KeyedCall[]): Promise<FoundAnswer[]> {
  const rows = await tx<(StoredAnswer & { is_free: boolean; body_hash: string | null })[]>`
    select is_free, body_hash, status, content_type, body
    from find_answers(${calls.map(({ callerId }) => callerId)}::uuid[], ${calls.map(({ path }) => path)}::text[],
      ${calls.map(({ key }) => key)}::text[]) order by n`
  return rows.map(({ is_free: isFree, body_hash: bodyHash, ...answer }) =>
    isFree ? { isFree, bodyHash, answer: bodyHash === null ? null : answer } : { isFree },
  )
}

export async function keepAnswers(tx: Tx, kept: { call: KeyedCall; answer: StoredAnswer }[]): Promise<void> {
  const column = (of: (one: { call: KeyedCall; answer: StoredAnswer }) => string): string[] => kept.map(of)
  await tx`
    select keep_answers(${column(({ call }) => call.callerId)}::uuid[], ${column(({ call }) => call.path)}::text[],
      ${column(({ call }) => call.key)}::text[], ${column(({ call }) => call.bodyHash)}::text[],
      ${kept.map(({ answer }) => answer.status)}::int[], ${column(({ answer }) => answer.content_type)}::text[],
      ${column(({ answer }) => answer.body)}::text[])`
}
