// Reads a person's server-sent events as a client does: with fetch, the token in the header.
import type { FinTwin } from './fintwin.ts'

export interface StreamEvent {
  id: string
  type: string
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it.
  data: any
}

export interface EventStream {
  status: number
  contentType: string | null
  events: StreamEvent[]
  /** The first event, past or to come, that is of interest. */
  find(isIt: (event: StreamEvent) => boolean, withinMs?: number): Promise<StreamEvent>
  close(): void
}

export async function openStream(
  fintwin: FinTwin,
  token: string,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const abort = new AbortController()
  const response = await fetch(`${fintwin.url}/api/events`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  })
  const events: StreamEvent[] = []
  if (response.body) void collect(response.body, events).catch(() => {})
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    events,
    async find(isIt, withinMs = 5_000) {
      for (const until = Date.now() + withinMs; Date.now() < until; ) {
        const found = events.find(isIt)
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`No such event within ${withinMs} ms; there were ${JSON.stringify(events)}`)
    },
    close: () => abort.abort(),
  }
}

async function collect(body: ReadableStream<Uint8Array>, events: StreamEvent[]): Promise<void> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    events.push(...blocks.flatMap(readBlock))
  }
}

function readBlock(block: string): StreamEvent[] {
  const fields = new Map(
    block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const data = fields.get('data')
  if (!data) return []
  return [{ id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data: JSON.parse(data) }]
}
