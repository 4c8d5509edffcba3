// The open streams of this process: woken by the database when a message commits, each reads on from where it is. What a client has not taken
// stays in the table and not in memory; a client that takes nothing for too long is let go.
import type { StreamMessage } from '@fintwin/contracts'
import { asPerson, Refused, type ServiceDeps } from '@fintwin/platform'
import type { FastifyReply } from 'fastify'
import { listMessages, type StreamRow, streamChannel } from './store/stream.ts'

type RawReply = FastifyReply['raw']

export interface StreamClient {
  raw: RawReply
  ownerId: string
  token: string
  /** Number of the newest message it was sent. */
  lastNumber: bigint
}

export interface StreamHub {
  connect(client: StreamClient): void
  close(): Promise<void>
}

const BATCH_SIZE = 100
const MAX_CLIENTS_PER_PERSON = 20

export interface StreamPace {
  /** How often each stream is checked. */
  checkMs: number
  /** A comment is sent to a stream that was quiet for so long. */
  heartbeatMs: number
  /** A client that took nothing for so long is let go. */
  stalledMs: number
}

const defaultPace: StreamPace = { checkMs: 1_000, heartbeatMs: 15_000, stalledMs: 30_000 }

interface OpenClient extends StreamClient {
  isReading: boolean
  isBehind: boolean
  /** When it last took everything that was written. */
  lastTakenMs: number
  lastWrittenMs: number
}

type Deps = Pick<ServiceDeps, 'database' | 'tokens' | 'logger'> & { pace: StreamPace }

export function createStreamHub(service: Omit<Deps, 'pace'>, pace = defaultPace): StreamHub {
  const deps: Deps = { ...service, pace }
  const clients = new Map<string, Set<OpenClient>>()
  const all = (): OpenClient[] => [...clients.values()].flatMap((set) => [...set])
  const wake = (ownerId: string): void => {
    for (const client of clients.get(ownerId) ?? []) void readOn(deps, client)
  }
  const listening = deps.database.listen(streamChannel, wake, () => {
    for (const client of all()) void readOn(deps, client)
  })
  listening.catch((error: unknown) => deps.logger.warn({ err: error }, 'stream wake-ups cannot be heard'))
  const timer = setInterval(() => {
    for (const client of all()) void checkClient(deps, client)
  }, pace.checkMs)
  timer.unref()

  return {
    connect(given) {
      const client = {
        ...given,
        isReading: false,
        isBehind: false,
        lastTakenMs: Date.now(),
        lastWrittenMs: Date.now(),
      }
      const own = clients.get(client.ownerId) ?? new Set()
      clients.set(client.ownerId, own.add(client))
      if (own.size > MAX_CLIENTS_PER_PERSON) [...own][0]?.raw.end()
      client.raw.on('close', () => {
        own.delete(client)
        if (own.size === 0 && clients.get(client.ownerId) === own) clients.delete(client.ownerId)
      })
      client.raw.on('error', () => client.raw.destroy())
      client.raw.on('drain', () => {
        client.lastTakenMs = Date.now()
        void readOn(deps, client)
      })
      void readOn(deps, client)
    },
    async close() {
      clearInterval(timer)
      for (const client of all()) client.raw.end()
      await listening.then(({ unlisten }) => unlisten()).catch(() => {})
    },
  }
}

/** Sends what is new, until there is nothing more or the client does not take it; `drain` continues. */
async function readOn(deps: Deps, client: OpenClient): Promise<void> {
  client.isBehind = true
  if (client.isReading) return
  client.isReading = true
  try {
    while (client.isBehind && isOpen(client) && !client.raw.writableNeedDrain) {
      client.isBehind = false
      const rows = await asPerson(deps.database, client.ownerId, (tx) =>
        listMessages(tx, client.ownerId, client.lastNumber, BATCH_SIZE),
      )
      for (const row of rows) send(client, row)
      if (rows.length === BATCH_SIZE) client.isBehind = true
    }
  } catch (error) {
    deps.logger.warn({ err: error }, 'a stream could not be read on')
  } finally {
    client.isReading = false
  }
}

function send(client: OpenClient, { number, type, accountId, unread, at }: StreamRow): void {
  if (!isOpen(client)) return
  writeMessage(client.raw, number, { type, at: at.toISOString(), account_id: accountId, unread })
  client.lastNumber = number
  noteWritten(client)
}

export function writeMessage(raw: RawReply, number: bigint, message: Omit<StreamMessage, 'id'>): void {
  const id = number.toString()
  raw.write(`id: ${id}\nevent: ${message.type}\ndata: ${JSON.stringify({ id, ...message })}\n\n`)
}

/** Ends what may not go on, lets go of who does not take anything, and keeps the rest warm. */
async function checkClient(deps: Deps, client: OpenClient): Promise<void> {
  if (!isOpen(client)) return
  if (!(await maySee(deps, client))) {
    client.raw.end()
    return
  }
  const nowMs = Date.now()
  if (client.raw.writableNeedDrain) {
    if (nowMs - client.lastTakenMs > deps.pace.stalledMs) client.raw.destroy()
    return
  }
  if (nowMs - client.lastWrittenMs < deps.pace.heartbeatMs) return
  client.raw.write(': still here\n\n')
  noteWritten(client)
  void readOn(deps, client)
}

function noteWritten(client: OpenClient): void {
  client.lastWrittenMs = Date.now()
  if (!client.raw.writableNeedDrain) client.lastTakenMs = client.lastWrittenMs
}

/** False once the token has expired or its session was revoked; a key set that cannot be had ends nothing. */
async function maySee({ tokens }: Deps, { token }: OpenClient): Promise<boolean> {
  try {
    await tokens.verify(token)
    return true
  } catch (error) {
    return error instanceof Refused && error.refusal.refused === 'dependency_down'
  }
}

const isOpen = ({ raw }: OpenClient): boolean => !raw.writableEnded && !raw.destroyed
