// One suite over Redis and its stand-ins: what a cache, a rate limit and the event stream promise does not depend on which it is.

import { once } from 'node:events'
import { subscriptions } from '@fintwin/contracts'
import {
  connectRedis,
  createEvents,
  createMemoryCache,
  createRateLimiter,
  createRedisCache,
  publish,
  type RedisClient,
} from '@fintwin/platform'
import { createTestDatabase, startTestRedis, type TestDatabase, type TestRedis } from '@fintwin/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPerson, type Database } from '../src/index.ts'

const redisServer: TestRedis | undefined = await startTestRedis()
const kinds = redisServer ? (['stand-in', 'redis'] as const) : (['stand-in'] as const)
const asha = '019aa000-0000-7000-8000-000000000001'
const bela = '019aa000-0000-7000-8000-000000000002'
const logger = pino({ level: 'silent' })

describe.each(kinds)('%s', (kind) => {
  let redis: RedisClient | undefined
  let database: TestDatabase
  let portfolio: Database
  let notification: Database

  beforeAll(async () => {
    redis = kind === 'redis' && redisServer ? await connect(redisServer.url) : undefined
    database = await createTestDatabase()
    portfolio = await database.as('fintwin_portfolio')
    notification = await database.as('fintwin_notification')
  })
  afterAll(async () => {
    redis?.disconnect()
    await database.drop()
    if (kind === kinds.at(-1)) await redisServer?.stop()
  })

  describe('cache', () => {
    it('gives back what was put in, to the same person only', async () => {
      const cache = redis ? createRedisCache(redis) : createMemoryCache()
      await cache.set(asha, 'accounts', { balance: 12.5 }, 10_000)
      expect(await cache.get(asha, 'accounts')).toEqual({ balance: 12.5 })
      expect(await cache.get(bela, 'accounts')).toBeUndefined()
    })

    it('forgets after its time', async () => {
      const cache = redis ? createRedisCache(redis) : createMemoryCache()
      await cache.set(asha, 'short', 1, 20)
      await new Promise((resolve) => setTimeout(resolve, 40))
      expect(await cache.get(asha, 'short')).toBeUndefined()
    })
  })

  describe('rate limit', () => {
    it('lets a burst of its size pass and refuses the next, for each key apart', async () => {
      const limiter = createRateLimiter(`test-${Date.now()}`, { max: 5, windowMs: 60_000 }, redis)
      for (let taken = 1; taken <= 5; taken += 1) {
        expect(await limiter.take('asha')).toMatchObject({ allowed: true, limit: 5, remaining: 5 - taken })
      }
      const refused = await limiter.take('asha')
      expect(refused.allowed).toBe(false)
      expect(refused.resetMs).toBeGreaterThan(0)
      expect(await limiter.take('bela')).toMatchObject({ allowed: true })
    })

    it('looks without taking, and gives everything back on reset', async () => {
      const limiter = createRateLimiter(`look-${Date.now()}`, { max: 1, windowMs: 60_000 }, redis)
      expect((await limiter.look('asha')).allowed).toBe(true)
      await limiter.take('asha')
      expect((await limiter.look('asha')).allowed).toBe(false)
      await limiter.reset('asha')
      expect((await limiter.take('asha')).allowed).toBe(true)
    })
  })

  describe('events', () => {
    const change = (name: string) => ({ holding_id: name, account_id: asha, change: 'added' as const })

    it('delivers what was committed, once, and nothing that was rolled back', async () => {
      const seen: string[] = []
      const consumer = createEvents({
        service: 'notification',
        database: notification,
        logger,
        redis,
        pollMs: 60_000,
      })
      const producer = createEvents({ service: 'portfolio', database: portfolio, logger, redis })
      consumer.consume({
        'holding.changed': async (_tx, event) => {
          seen.push(event.payload.holding_id ?? '')
        },
      })
      await new Promise((resolve) => setTimeout(resolve, 300))
      await asPerson(portfolio, asha, (tx) => publish(tx, 'holding.changed', asha, change('committed')))
      await asPerson(portfolio, asha, async (tx) => {
        await publish(tx, 'holding.changed', asha, change('rolled back'))
        throw new Error('no')
      }).catch(() => {})
      producer.wake()
      await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['committed'])
      await expect
        .poll(async () => (await database.admin`select from events.outbox`).count, { timeout: 5_000 })
        .toBe(0)
      await consumer.stop()
      await producer.stop()
    })

    it('tries again after a handler failed, and its effect happens once', async () => {
      let attempts = 0
      const consumer = createEvents({
        service: 'notification',
        database: notification,
        logger,
        redis,
        pollMs: 50,
        retryMs: 100,
      })
      consumer.consume({
        'holding.changed': async () => {
          attempts += 1
          if (attempts === 1) throw new Error('not yet')
        },
      })
      await asPerson(portfolio, asha, (tx) => publish(tx, 'holding.changed', asha, change('again')))
      await expect.poll(() => attempts, { timeout: 5_000 }).toBe(2)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(attempts).toBe(2)
      await consumer.stop()
    })

    it('shares events between two processes of one service without doubling any', async () => {
      const seen: string[] = []
      const consumers = [0, 1].map(() =>
        createEvents({ service: 'notification', database: notification, logger, redis, pollMs: 20 }),
      )
      for (const consumer of consumers) {
        consumer.consume({
          'holding.changed': async (_tx, event) => {
            seen.push(event.payload.holding_id ?? '')
          },
        })
      }
      const names = Array.from({ length: 60 }, (_, index) => `account ${index}`)
      await Promise.all(
        names.map((name) =>
          asPerson(portfolio, asha, (tx) => publish(tx, 'holding.changed', asha, change(name))),
        ),
      )
      await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(60)
      expect(seen.toSorted()).toEqual(names.toSorted())
      await Promise.all(consumers.map((consumer) => consumer.stop()))
    })
  })
})

describe('subscriptions', () => {
  it('are the same in the contracts and in the database', async () => {
    const database = await createTestDatabase()
    const rows = await database.admin<
      { type: string; consumer: string }[]
    >`select type, consumer from events.subscriptions`
    const listed = Object.entries(subscriptions).flatMap(([type, consumers]) =>
      consumers.map((consumer) => `${type} → ${consumer}`),
    )
    expect(rows.map(({ type, consumer }) => `${type} → ${consumer}`).toSorted()).toEqual(listed.toSorted())
    await database.drop()
  })
})

describe.runIf(redisServer)('while Redis is away', () => {
  it('caches nothing, still limits, and still delivers events', async () => {
    const server = (await startTestRedis()) as TestRedis
    const redis = await connect(server.url)
    const database = await createTestDatabase()
    const portfolio = await database.as('fintwin_portfolio')
    const notification = await database.as('fintwin_notification')
    await server.kill()

    const cache = createRedisCache(redis)
    await cache.set(asha, 'accounts', 1, 1_000)
    expect(await cache.get(asha, 'accounts')).toBeUndefined()

    const limiter = createRateLimiter('away', { max: 1, windowMs: 60_000 }, redis)
    expect((await limiter.take('asha')).allowed).toBe(true)
    expect((await limiter.take('asha')).allowed).toBe(false)

    const seen: string[] = []
    const consumer = createEvents({
      service: 'notification',
      database: notification,
      logger,
      redis,
      pollMs: 100,
    })
    consumer.consume({
      'holding.changed': async (_tx, event) => {
        seen.push(event.payload.holding_id ?? '')
      },
    })
    await asPerson(portfolio, asha, (tx) =>
      publish(tx, 'holding.changed', asha, { holding_id: 'x', account_id: asha, change: 'added' }),
    )
    await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['x'])
    await consumer.stop()
    redis.disconnect()
    await database.drop()
    await server.stop()
  })
})

async function connect(url: string): Promise<RedisClient> {
  const client = connectRedis(url)
  await once(client, 'ready')
  return client
}
