// Requests for the load generators, in parts that each of them puts together at random: users, source accounts and destinations vary freely.
import { readFile, writeFile } from 'node:fs/promises'

/**
 * A request is a head (up to where an Idempotency-Key may go), the body of the same index (which begins with the empty line), and any ending.
 * Where there are as many endings as heads, the two are of the same accounts, and no head gets its own ending: nobody pays themselves.
 */
export interface RequestParts {
  heads: string[]
  bodies: string[]
  endings: string[]
}

export interface Sender {
  token: string
  path: string
}

/** A GET for each sender. */
export function readRequests(senders: Sender[]): RequestParts {
  return {
    heads: senders.map(({ token, path }) => head('GET', path, token)),
    bodies: senders.map(() => '\r\n'),
    endings: [''],
  }
}

/** A POST for each sender and body; an ending completes the body. All endings are of one length. */
export function writeRequests(senders: (Sender & { body: string })[], endings: string[]): RequestParts {
  const endingBytes = endings[0]?.length ?? 0
  if (endings.some((ending) => ending.length !== endingBytes)) throw new Error('Endings differ in length.')
  const lines = (body: string): string =>
    `Content-Type: application/json\r\nContent-Length: ${body.length + endingBytes}\r\n`
  return {
    heads: senders.map(({ token, path, body }) => head('POST', path, token) + lines(body)),
    bodies: senders.map(({ body }) => `\r\n${body}`),
    endings,
  }
}

const head = (method: string, path: string, token: string): string =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`

/** One part a line, after a letter that says which. None has a line break of its own but those of HTTP. */
export async function saveRequests(path: string, { heads, bodies, endings }: RequestParts): Promise<void> {
  const lines = (kind: string, parts: string[]): string =>
    parts.map((part) => `${kind}${part.replaceAll('\r\n', '\\r\\n')}\n`).join('')
  await writeFile(path, lines('H', heads) + lines('B', bodies) + lines('T', endings))
}

export async function loadRequests(path: string): Promise<RequestParts> {
  const parts: Record<string, string[]> = { H: [], B: [], T: [] }
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    if (line) parts[line[0] as string]?.push(line.slice(1).replaceAll('\\r\\n', '\r\n'))
  }
  return { heads: parts.H ?? [], bodies: parts.B ?? [], endings: parts.T ?? [] }
}
