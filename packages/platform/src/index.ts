// What every service stands on.
export { type App, type AppOptions, announceLimit, createApp, rateLimited } from './app.ts'
export { type Cache, createMemory, createMemoryCache, createRedisCache } from './cache.ts'
export { callAsCaller, callService, pickOwnAccount, readAsCaller, type ServiceReply } from './calls.ts'
export { asNobody, asPerson, connectDatabase, type Database, isDatabaseDown, type Tx } from './database.ts'
export { createEvents, type Events, type Handlers, publish } from './events.ts'
export {
  type Answer,
  type KeyedRequest,
  keyInFlight,
  keyReused,
  readIdempotencyKey,
  renderAnswer,
  type StoredAnswer,
  sendAnswer,
  type WriteOptions,
  writeOnce,
} from './idempotency.ts'
export { isId, newId } from './ids.ts'
export { MigrationError, type MigrationPlan, migrate } from './migrations.ts'
export { outliveLostConnections } from './outlive-lost-connections.ts'
export { announceNextPage } from './pages.ts'
export { createRateLimiter, type RateDecision, type RateLimiter } from './rate-limits.ts'
export { connectRedis, type RedisClient } from './redis.ts'
export { isRefusal, notFound, notYourAccount, type Refusal, Refused, refuse, statusOf } from './refusal.ts'
export {
  type BuildService,
  createDeps,
  type DepsOptions,
  explainStart,
  type RunningService,
  runService,
  type ServiceDeps,
  serviceUrls,
  startService,
} from './run.ts'
export { makeSecrets, publicPart, readKey, readKeySet, readSecret, SecretsError } from './secrets.ts'
export {
  absolute,
  readSettings,
  type Settings,
  SettingsError,
  secretsRoot,
  settingsSchema,
} from './settings.ts'
export {
  type Caller,
  createServiceCredentials,
  createTokenSigner,
  createTokenVerifier,
  localKeys,
  type RevokedSessions,
  type ServiceCredentials,
  type TokenVerifier,
  watchRevokedSessions,
} from './tokens.ts'
