// Reads server-sent events as a page does: with fetch, the token in a header.

export interface ReadMessage {
  id: string
  event: string
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a message, field by field.
  data: any
}

export interface OpenStream {
  response: Response
  messages: ReadMessage[]
  /** Settles when the server has ended the stream. */
  ended: Promise<void>
  close(): void
}

export async function openStream(url: string, token: string, lastEventId?: string): Promise<OpenStream> {
  const abort = new AbortController()
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: abort.signal,
  })
  const messages: ReadMessage[] = []
  const ended = readAll(response, messages).catch(() => {})
  return { response, messages, ended, close: () => abort.abort() }
}

async function readAll(response: Response, messages: ReadMessage[]): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
      if (fields.event) messages.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) })
    }
  }
}
