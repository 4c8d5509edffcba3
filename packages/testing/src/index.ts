// What tests stand on: real databases, real services, people.
export { createTestDatabase, type TestDatabase } from './database.ts'
export { startTestRedis, type TestRedis } from './redis.ts'
export {
  type CallAnswer,
  type CallOptions,
  callUrl,
  findFreePorts,
  registerPerson,
  startTestServices,
  type TestPerson,
  type TestServices,
} from './services.ts'
