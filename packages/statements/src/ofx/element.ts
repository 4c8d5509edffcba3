// One element of an OFX document, and how to look at its children.

/** `at` is the offset of its opening tag. `text` is unescaped and not yet cleaned. */
export type Element = { name: string; at: number; text: string; children: Element[] }

export function childOf(parent: Element, name: string): Element | undefined {
  return parent.children.find((child) => child.name === name)
}

export function childrenOf(parent: Element, name: string): Element[] {
  return parent.children.filter((child) => child.name === name)
}

// Entries and positions make up nearly all of a file, and no part that is looked for stands inside them.
const LISTS_OF_FACTS: ReadonlySet<string> = new Set([
  'BANKTRANLIST',
  'LOANTRANLIST',
  'INVTRANLIST',
  'INVPOSLIST',
])

/** Every element of one of these names, in the order of the file. Does not look inside lists of entries or positions. */
export function findAll(roots: readonly Element[], names: ReadonlySet<string>): Element[] {
  const found: Element[] = []
  const waiting = roots.toReversed()
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    if (names.has(element.name)) found.push(element)
    if (LISTS_OF_FACTS.has(element.name)) continue
    for (let i = element.children.length - 1; i >= 0; i--) waiting.push(element.children[i] as Element)
  }
  return found
}
