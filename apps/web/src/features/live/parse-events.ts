// Reads server-sent events out of a stream of text, however it is cut into pieces.

export interface ServerEvent {
  id: string | null
  type: string
  data: string
}

export interface EventParser {
  /** Takes the next piece of text and gives the events it completed. */
  push: (text: string) => ServerEvent[]
  /** The last id seen, to resume from. */
  lastId: () => string | null
}

export function eventParser(): EventParser {
  let rest = ''
  let lastId: string | null = null
  let type = ''
  let data: string[] = []

  function endEvent(): ServerEvent | null {
    const event = data.length > 0 ? { id: lastId, type: type || 'message', data: data.join('\n') } : null
    type = ''
    data = []
    return event
  }

  function readLine(line: string): ServerEvent | null {
    if (line === '') return endEvent()
    if (line.startsWith(':')) return null
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') type = value
    else if (field === 'id' && !value.includes('\0')) lastId = value
    return null
  }

  return {
    push(text) {
      rest += text
      const events: ServerEvent[] = []
      for (;;) {
        const end = /\r\n|\n|\r(?=[\s\S])/.exec(rest)
        if (!end) return events
        const event = readLine(rest.slice(0, end.index))
        rest = rest.slice(end.index + end[0].length)
        if (event) events.push(event)
      }
    },
    lastId: () => lastId,
  }
}

/** Waits of 1 s, 2 s, 4 s … up to 30 s, each shortened by up to a half, so that many clients do not return at once. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 10))
  return Math.round(full * (1 - random() / 2))
}

/** What each event makes stale. */
export function topicsOf(type: string): readonly string[] {
  switch (type) {
    case 'transaction.posted':
    case 'statement.imported':
      return ['transactions', 'holds', 'accounts', 'portfolio', 'risk']
    case 'hold.placed':
    case 'hold.released':
      return ['holds', 'accounts', 'portfolio']
    case 'account.opened':
    case 'account.changed':
      return ['accounts', 'portfolio', 'risk']
    case 'risk.changed':
      return ['risk']
    case 'holding.changed':
      return ['portfolio']
    case 'simulation.completed':
      return ['simulations']
    case 'schedule.refused':
      return ['transactions']
    case 'notification.created':
      return ['notifications']
    default:
      return []
  }
}
