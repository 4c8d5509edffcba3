// Text of an OFX element: its entities undone once, and what must not reach a screen or a database taken out.

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

const MAX_TEXT_LENGTH = 2000

/** Undoes the XML entities, `&nbsp;` of OFX and character numbers. Any other `&` is the bank's own and stays. */
export function unescapeText(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&(?:([a-z]{2,4})|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (name) return NAMED_ENTITIES.get(name.toLowerCase()) ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/**
 * One line of text, trimmed. Line breaks and tabs become one space; other control characters, marks that turn the
 * writing direction, and halves of characters go. Cut at 2,000.
 */
export function cleanText(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length <= MAX_TEXT_LENGTH && /^[ -~]*$/.test(trimmed)) return trimmed
  const head = trimmed.slice(0, MAX_TEXT_LENGTH * 4)
  return head
    .toWellFormed()
    .replace(/[\s\u0085]+/g, (run) => (/[^ \u00a0]/.test(run) ? ' ' : run.replaceAll('\u00a0', ' ')))
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/gu, '')
    .trim()
    .slice(0, MAX_TEXT_LENGTH)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim()
}
