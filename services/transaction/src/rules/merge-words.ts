// A person's own words beside a posting, after a change of some of them.

export interface PostedWords {
  note: string | null
  counterparty: string | null
  category: string | null
}

/** Null where the posted text stands; empty where nothing is to be shown in its place. */
export type OwnWords = PostedWords

const members = ['note', 'counterparty', 'category'] as const

/** What the change leaves out stays as it was; null shows nothing; the posted text is nobody's own. Null when no own words are left. */
export function mergeWords(
  posted: PostedWords,
  own: OwnWords | undefined,
  change: Partial<PostedWords>,
): OwnWords | null {
  const merged: OwnWords = { note: null, counterparty: null, category: null }
  for (const member of members) {
    const wanted = change[member]
    if (wanted === undefined) merged[member] = own?.[member] ?? null
    else merged[member] = (wanted ?? '') === (posted[member] ?? '') ? null : (wanted ?? '')
  }
  return members.some((member) => merged[member] !== null) ? merged : null
}
