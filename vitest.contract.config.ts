// The end-to-end suites alone: against a deployment with FINTWIN_URL, otherwise against a quickstart of the run's own.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    // They kill what they run on, and read its secrets: never a deployment.
    exclude: process.env.FINTWIN_URL ? ['e2e/faults/**'] : [],
    globalSetup: ['@fintwin/testing/global-setup'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
