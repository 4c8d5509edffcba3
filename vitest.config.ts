// `npm test`: everything that stands on what npm brings. Redis and nginx tests run wherever the servers are there, and must in CI.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,services,apps,infra,bench,scripts}/**/test/**/*.test.ts', 'e2e/**/*.test.ts'],
    globalSetup: ['@fintwin/testing/global-setup'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
