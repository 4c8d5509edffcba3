// From a file's bytes to text: byte order marks, UTF-8, UTF-16 and the single-byte sets that banks still write.

// Windows-1252 differs from Latin-1 in these 32 places only. Decoded here, because runtimes disagree about them.
const WINDOWS_1252_FROM_0X80 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/**
 * The text of a file. A byte order mark decides first. Bytes that are sound UTF-8 are read as such even under another
 * label, since banks mislabel UTF-8 and no text of another set looks like it by accident. Then `declaredCharset` decides.
 */
export function decodeText(
  bytes: Uint8Array,
  declaredCharset: (ascii: string) => string | undefined,
): string {
  const marked = utf16Encoding(bytes)
  if (marked) return withoutByteOrderMark(new TextDecoder(marked).decode(bytes))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeSingleByte(bytes, declaredCharset(decodeWindows1252(bytes.subarray(0, 4096))))
  }
}

function utf16Encoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== undefined && first > 0 && second === 0) return 'utf-16le'
  if (first === 0 && second !== undefined && second > 0) return 'utf-16be'
  return undefined
}

function decodeSingleByte(bytes: Uint8Array, charset: string | undefined): string {
  if (charset === undefined) return decodeWindows1252(bytes)
  try {
    const decoder = new TextDecoder(/^125\d$/.test(charset) ? `windows-${charset}` : charset)
    // A file that says UTF-8 and is not is far more often Windows-1252 than damaged.
    if (['windows-1252', 'utf-8'].includes(decoder.encoding)) return decodeWindows1252(bytes)
    return decoder.decode(bytes)
  } catch {
    return decodeWindows1252(bytes)
  }
}

function decodeWindows1252(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let start = 0; start < bytes.length; start += 8192) {
    const codes = Array.from(bytes.subarray(start, start + 8192), (byte) =>
      byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252_FROM_0X80.charCodeAt(byte - 0x80) : byte,
    )
    pieces.push(String.fromCharCode(...codes))
  }
  return withoutByteOrderMark(pieces.join(''))
}

function withoutByteOrderMark(text: string): string {
  return text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '')
}
