// Finds the next page's cursor in a `Link` header.

/** `<…?cursor=abc>; rel="next"` → `abc`; null when there is no next page. */
export function nextCursor(link: unknown): string | null {
  if (typeof link !== 'string') return null
  for (const [, address = '', parameters = ''] of link.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel="?next"?/i.test(parameters)) continue
    return new URL(address, 'http://fintwin.invalid').searchParams.get('cursor')
  }
  return null
}
