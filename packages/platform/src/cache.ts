// A cache that may forget at any time: in-process, or Redis. Keys carry the tenant, and a value is rechecked against it on read.
import { LRUCache } from 'lru-cache'
import { type RedisClient, redisPrefix } from './redis.ts'

export interface Cache {
  /** The value kept under that key for that person, or undefined. Never throws. */
  get<T>(personId: string, key: string): Promise<T | undefined>
  /** Never throws. */
  set(personId: string, key: string, value: unknown, ttlMs: number): Promise<void>
}

/** What this process remembers of each person, the least used forgotten first: for facts that never change. */
export interface Memory<T> {
  get(personId: string): T | undefined
  set(personId: string, value: T): void
}

export function createMemory<T extends object>(maxPeople: number): Memory<T> {
  const people = new LRUCache<string, T>({ max: maxPeople })
  return {
    get: (personId) => people.get(personId),
    set: (personId, value) => {
      people.set(personId, value)
    },
  }
}

export function createMemoryCache(maxEntries = 10_000): Cache {
  const entries = new LRUCache<string, string>({ max: maxEntries })
  return {
    async get(personId, key) {
      return open(entries.get(`${personId}:${key}`), personId)
    },
    async set(personId, key, value, ttlMs) {
      entries.set(`${personId}:${key}`, seal(personId, value), { ttl: ttlMs })
    },
  }
}

export function createRedisCache(redis: RedisClient, prefix = redisPrefix): Cache {
  const name = (personId: string, key: string): string => `${prefix}cache:${personId}:${key}`
  return {
    async get(personId, key) {
      return open(await redis.get(name(personId, key)).catch(() => null), personId)
    },
    async set(personId, key, value, ttlMs) {
      await redis.set(name(personId, key), seal(personId, value), 'PX', ttlMs).catch(() => {})
    },
  }
}

const seal = (personId: string, value: unknown): string => JSON.stringify({ personId, value })

function open<T>(sealed: string | null | undefined, personId: string): T | undefined {
  if (!sealed) return undefined
  const content = JSON.parse(sealed) as { personId: string; value: T }
  return content.personId === personId ? content.value : undefined
}
