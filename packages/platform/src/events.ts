// Events: written to the outbox in the transaction of their cause, delivered at least once, recorded by each consumer with its effect.
import type { DomainEvent, EventPayloads, EventType, ServiceName } from '@fintwin/contracts'
import type { FastifyBaseLogger } from 'fastify'
import { asPerson, type Database, isDatabaseDown, type Tx } from './database.ts'
import { type RedisClient, redisPrefix } from './redis.ts'

/** Adds an event to the outbox: it exists exactly when the transaction commits. */
export async function publish<T extends EventType>(
  tx: Tx,
  type: T,
  ownerId: string,
  payload: EventPayloads[T],
): Promise<void> {
  await tx`insert into events.outbox (type, owner_id, payload) values (${type}, ${ownerId}, ${tx.json(payload as never)})`
}

export type Handlers = {
  [T in EventType]?: (tx: Tx, event: Extract<DomainEvent, { type: T }>) => Promise<void>
}

export interface EventsOptions {
  service: ServiceName
  database: Database
  logger: FastifyBaseLogger
  redis?: RedisClient | undefined
  redisPrefix?: string
  /** How often the outbox is looked at when nothing woke the consumer. */
  pollMs?: number
  /** How long after a failure an event is tried again. */
  retryMs?: number
}

export interface Events {
  /** Tells consumers that something was committed, so that they need not wait for their next look. */
  wake(): void
  /** Starts consuming; each event is handled in one transaction with the record that it was. */
  consume(handlers: Handlers): void
  /** Ends after the event in hand. */
  stop(): Promise<void>
}

/**
 * PostgreSQL holds the truth: an event without this consumer's receipt is still to be handled, so there is no cursor that could pass an open
 * transaction. What carries the wake-up, a NOTIFY or a Redis stream, may be lost: the next look finds the event.
 */
export function createEvents(options: EventsOptions): Events {
  const signal = options.redis
    ? redisSignal(options.redis, options.redisPrefix ?? redisPrefix)
    : notifySignal(options.database)
  let stopped = false
  let wakeUp: () => void = () => {}
  let running: Promise<void> = Promise.resolve()

  const loop = async (handlers: Handlers): Promise<void> => {
    const failures = new Map<string, number>()
    while (!stopped) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve
      })
      const handled = await handleBatch(options, handlers, failures).catch((error: unknown) => {
        options.logger.warn({ err: error }, 'events cannot be read')
        return 0
      })
      // What was handled may have published in its turn.
      if (handled > 0) signal.send()
      if (handled === 0 && !stopped) await Promise.race([woken, pause(options.pollMs ?? 500)])
    }
  }

  return {
    wake: signal.send,
    consume(handlers) {
      signal.listen(() => wakeUp())
      running = loop(handlers)
    },
    async stop() {
      stopped = true
      wakeUp()
      await running
      await signal.stop()
    },
  }
}

interface OutboxRow {
  id: string
  type: EventType
  owner_id: string
  payload: never
  created_at: Date
}

async function handleBatch(
  options: EventsOptions,
  handlers: Handlers,
  failures: Map<string, number>,
): Promise<number> {
  const { database, service, logger } = options
  const waiting = [...failures].filter(([, until]) => until > Date.now()).map(([id]) => id)
  const rows = await database<OutboxRow[]>`
    select o.id, o.type, o.owner_id, o.payload, o.created_at from events.outbox o
    where o.type = any(${Object.keys(handlers)}) and o.id <> all(${waiting})
      and not exists (select from events.receipts r where r.event_id = o.id and r.consumer = ${service})
    order by o.id limit 200`
  let handled = 0
  for (const row of rows) {
    try {
      await handleOnce(database, service, handlers, row)
      failures.delete(row.id)
      handled += 1
    } catch (error) {
      // No fault of the event's: it keeps its place before those that came after it.
      if (isDatabaseDown(error)) throw error
      logger.error(
        { err: error, eventId: row.id, eventType: row.type },
        'event not handled; it will be tried again',
      )
      failures.set(row.id, Date.now() + (options.retryMs ?? 5_000))
    }
  }
  if (handled > 0) await forgetDelivered(database)
  return handled
}

async function handleOnce(
  database: Database,
  service: ServiceName,
  handlers: Handlers,
  row: OutboxRow,
): Promise<void> {
  await asPerson(database, row.owner_id, async (tx) => {
    const recorded = await tx`
      insert into events.receipts (event_id, consumer) values (${row.id}, ${service}) on conflict do nothing returning 1`
    if (recorded.length === 0) return
    const event = {
      id: row.id,
      type: row.type,
      ownerId: row.owner_id,
      createdAt: row.created_at.toISOString(),
      payload: row.payload,
    }
    await (handlers[row.type] as (tx: Tx, event: unknown) => Promise<void>)(tx, event)
  })
}

/** Outbox rows go once every subscriber has recorded them. */
async function forgetDelivered(database: Database): Promise<void> {
  await database`select events.forget_delivered()`
}

interface Signal {
  send(): void
  listen(onSignal: () => void): void
  stop(): Promise<void>
}

const channel = 'fintwin_events'

function notifySignal(database: Database): Signal {
  let unlisten: (() => Promise<void>) | undefined
  const send = gathered(() =>
    database`select pg_notify(${channel}, '')`.then(
      () => {},
      () => {},
    ),
  )
  return {
    send: send.call,
    listen(onSignal) {
      database.listen(channel, onSignal, onSignal).then(
        (subscription) => {
          unlisten = subscription.unlisten
        },
        () => {},
      )
    },
    async stop() {
      await send.stop()
      await unlisten?.().catch(() => {})
    },
  }
}

function redisSignal(redis: RedisClient, prefix: string): Signal {
  const stream = `${prefix}events`
  let reader: RedisClient | undefined
  let stopped = false
  const send = gathered(() =>
    redis.xadd(stream, 'MAXLEN', '~', '1000', '*', 'wake', '1').then(
      () => {},
      () => {},
    ),
  )
  const read = async (connection: RedisClient, onSignal: () => void): Promise<void> => {
    let last = '$'
    while (!stopped) {
      const entries = await connection
        .xread('BLOCK', 1_000, 'STREAMS', stream, last)
        .catch(() => pause(500).then(() => null))
      const newest = entries?.[0]?.[1].at(-1)?.[0]
      if (newest) last = newest
      onSignal()
    }
  }
  return {
    send: send.call,
    listen(onSignal) {
      reader = redis.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null })
      reader.on('error', () => {})
      void read(reader, onSignal)
    },
    async stop() {
      stopped = true
      await send.stop()
      reader?.disconnect()
    },
  }
}

/** At most one call under way and one waiting: a storm of commits becomes a few signals. */
function gathered(run: () => Promise<void>): { call: () => void; stop: () => Promise<void> } {
  let current: Promise<void> | undefined
  let again = false
  const start = (): void => {
    current = run().then(() => {
      current = undefined
      if (again) {
        again = false
        start()
      }
    })
  }
  return {
    call: () => {
      if (current) again = true
      else start()
    },
    stop: async () => {
      again = false
      await current
    },
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
