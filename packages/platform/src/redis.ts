// Redis: one client a process; commands fail fast while it is away, and nothing depends on what it loses.
import { Redis } from 'ioredis'

export type RedisClient = Redis

export const redisPrefix = 'fintwin:'

export function connectRedis(url: string, password?: string): RedisClient {
  const target = new URL(url)
  if (password && !target.password) target.password = password
  const client = new Redis(target.href, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  client.on('error', () => {}) // Each command reports its own failure; the client reconnects by itself.
  return client
}
