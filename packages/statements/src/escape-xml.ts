// XML's own characters in the text of an element.

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
])

/** For content of elements only: quotes, which matter in attributes, stay. The line must have come through `plainLine`. */
export function escapeXml(line: string): string {
  return /[&<>]/.test(line) ? line.replace(/[&<>]/g, (character) => ESCAPES.get(character) as string) : line
}
