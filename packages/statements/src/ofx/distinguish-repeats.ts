// Gives entries that share a bank's id ids of their own, unless they are the same entry twice.

type Entry = { externalId: string; duplicateOf?: string | undefined }

/**
 * Banks reuse ids. An entry equal to an earlier one in every field is marked `duplicateOf`. One that differs keeps its
 * facts and gets the id `<id>~<suffix>`, where the suffix is made from its own content, so that the next file which
 * carries both names them alike.
 */
export function distinguishRepeats<T extends Entry>(
  entries: readonly T[],
  suffixOf: (entry: T) => string,
): T[] {
  const counts = new Map<string, number>()
  for (const { externalId } of entries) counts.set(externalId, (counts.get(externalId) ?? 0) + 1)
  if (counts.size === entries.length) return [...entries]

  const taken = new Set(counts.keys())
  const idsByContent = new Map<string, string>()
  const firstSeen = new Set<string>()
  const nextNumbers = new Map<string, number>()
  return entries.map((entry) => {
    if (counts.get(entry.externalId) === 1) return entry
    const content = contentOf(entry)
    const earlierId = idsByContent.get(content)
    if (earlierId !== undefined) return { ...entry, externalId: earlierId, duplicateOf: earlierId }

    const isFirst = !firstSeen.has(entry.externalId)
    firstSeen.add(entry.externalId)
    const externalId = isFirst
      ? entry.externalId
      : freeId(`${entry.externalId}~${suffixOf(entry)}`, taken, nextNumbers)
    idsByContent.set(content, externalId)
    return { ...entry, externalId }
  })
}

function contentOf(entry: Entry): string {
  return JSON.stringify(entry, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** `base`, or `base~2`, `base~3` … if that is taken. Takes it, and remembers the number, so that many ids stay linear. */
export function freeId(base: string, taken: Set<string>, nextNumbers: Map<string, number>): string {
  let id = base
  while (taken.has(id)) {
    const number = nextNumbers.get(base) ?? 2
    nextNumbers.set(base, number + 1)
    id = `${base}~${number}`
  }
  taken.add(id)
  return id
}
