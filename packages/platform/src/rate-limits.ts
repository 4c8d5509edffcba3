// Rate limits: counted in Redis where there is one, in the process otherwise and whenever Redis is away.
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { type RedisClient, redisPrefix } from './redis.ts'
import type { RateLimit } from './settings.ts'

export interface RateDecision {
  allowed: boolean
  limit: number
  remaining: number
  resetMs: number
}

export interface RateLimiter {
  /** Takes one from the key's allowance. */
  take(key: string): Promise<RateDecision>
  /** What is left, without taking. */
  look(key: string): Promise<RateDecision>
  /** Gives the whole allowance back. */
  reset(key: string): Promise<void>
}

/** A limiter with a name of its own, so that its counts are apart from every other's. */
export function createRateLimiter(
  name: string,
  { max, windowMs }: RateLimit,
  redis?: RedisClient,
  prefix = redisPrefix,
): RateLimiter {
  const options = { keyPrefix: `${prefix}rate:${name}`, points: max, duration: windowMs / 1000 }
  const memory = new RateLimiterMemory(options)
  const limiter = redis
    ? new RateLimiterRedis({
        ...options,
        storeClient: redis,
        rejectIfRedisNotReady: true,
        insuranceLimiter: memory,
      })
    : memory
  const decide = (result: RateLimiterRes, allowed: boolean): RateDecision => ({
    allowed,
    limit: max,
    remaining: Math.max(0, result.remainingPoints),
    resetMs: Math.max(0, result.msBeforeNext),
  })
  return {
    async take(key) {
      try {
        return decide(await limiter.consume(key), true)
      } catch (result) {
        if (result instanceof RateLimiterRes) return decide(result, false)
        throw result
      }
    },
    async look(key) {
      const result = await limiter.get(key)
      return result
        ? decide(result, result.consumedPoints < max)
        : { allowed: true, limit: max, remaining: max, resetMs: 0 }
    },
    async reset(key) {
      await limiter.delete(key)
    },
  }
}
