// `npm run test:reference`: checks against figures that nobody here wrote, in FINTWIN_REFERENCE_DIR.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,services,apps}/**/reference/**/*.reference.test.ts'],
    globalSetup: ['@fintwin/testing/global-setup'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
