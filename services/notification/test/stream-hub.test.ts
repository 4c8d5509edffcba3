// How the hub treats its clients: one that takes nothing costs no memory and is let go; one that is quiet is kept warm.
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { asPerson, type Database, newId, type ServiceDeps } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { appendMessage } from '../src/store/stream.ts'
import { createStreamHub, type StreamClient } from '../src/stream-hub.ts'

let database: TestDatabase
let service: Database
let ownerId: string

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_notification')
})
afterAll(() => database.drop())
beforeEach(() => {
  ownerId = newId()
})

const deps = () =>
  ({
    database: service,
    tokens: { verify: async () => ({}) },
    logger: { warn: () => {} },
  }) as unknown as ServiceDeps
const pace = { checkMs: 20, heartbeatMs: 100, stalledMs: 300 }
const client = (raw: Writable): StreamClient => ({
  raw: raw as unknown as StreamClient['raw'],
  ownerId,
  token: 't',
  lastNumber: 0n,
})

it('reads no further for a client that takes nothing, and lets it go', async () => {
  await database.admin`
    insert into notification.stream_messages (owner_id, number, type, unread)
    select ${ownerId}, n, 'x', 0 from generate_series(1, 10000) n`
  const stuck = new Writable({ highWaterMark: 5_000, write: () => {} })
  const hub = createStreamHub(deps(), pace)
  hub.connect(client(stuck))
  await vi.waitFor(() => expect(stuck.writableNeedDrain).toBe(true))
  const heldBytes = stuck.writableLength
  await once(stuck, 'close')
  expect(stuck.writableLength).toBe(heldBytes)
  expect(heldBytes).toBeLessThan(50_000)
  await hub.close()
})

it('sends a slow client everything, in order', async () => {
  await database.admin`
    insert into notification.stream_messages (owner_id, number, type, unread)
    select ${ownerId}, n, 'x', 0 from generate_series(1, 1000) n`
  const ids: number[] = []
  const slow = new Writable({
    highWaterMark: 500,
    write(chunk, _encoding, done) {
      ids.push(Number(/^id: (\d+)/.exec(String(chunk))?.[1]))
      setImmediate(done)
    },
  })
  const hub = createStreamHub(deps(), { ...pace, heartbeatMs: 60_000 })
  hub.connect(client(slow))
  await vi.waitFor(() => expect(ids).toHaveLength(1000), { timeout: 10_000 })
  expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
  await hub.close()
})

it('keeps a quiet stream warm, and wakes it when a message commits', async () => {
  let text = ''
  const taking = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const hub = createStreamHub(deps(), pace)
  hub.connect(client(taking))
  await vi.waitFor(() => expect(text).toContain(': still here\n\n'))
  expect(text).not.toContain('event:')
  await asPerson(service, ownerId, (tx) => appendMessage(tx, ownerId, { type: 'x', accountId: null }))
  await vi.waitFor(() => expect(text).toContain('id: 1\nevent: x\n'))
  await hub.close()
  expect(taking.writableEnded).toBe(true)
})
