// What tests stand on: real databases, real services, people.
export { createTestDatabase, type TestDatabase } from './database.ts'
export { findFreePorts } from './free-ports.ts'
export { startTestRedis, type TestRedis } from './redis.ts'
export {
  type CallAnswer,
  type CallOptions,
  callUrl,
  registerPerson,
  startTestServices,
  type TestPerson,
  type TestServices,
} from './services.ts'
export { askForFinTwin, raisedLimits, type SharedFinTwin } from './shared-fintwin.ts'
export { validateOpenApi } from './validate-openapi.ts'
