// What tests stand on: real databases, real services, people.
export { createTestDatabase, type TestDatabase } from './database.ts'
export { findFreePorts } from './free-ports.ts'
export { type ProcessSystem, startProcessSystem } from './process-system.ts'
export { startTestRedis, type TestRedis } from './redis.ts'
export { type ServiceProcess, startServiceProcess } from './service-process.ts'
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
