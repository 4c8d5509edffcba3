// One real PostgreSQL a test run, with a migrated template that every test file copies.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@fintwin/contracts'
import { startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import { readMigrationPlan } from '@fintwin/operator/migration-plan'
import { makeSecrets, migrate, readSecret } from '@fintwin/platform'
import type { TestProject } from 'vitest/node'
import { offerFinTwin } from './shared-fintwin.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { url: string; secretsRoot: string }
    /** Where a worker asks for the run's quickstart. */
    fintwinAskUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'fintwin-test-'))
  const secretsRoot = join(folder, 'secrets')
  await makeSecrets({ root: secretsRoot, services: services.map(({ name }) => name) })
  const operatorSecrets = join(secretsRoot, 'operator')
  const server = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    password: await readSecret(operatorSecrets, 'database-password'),
  })
  await migrate(await readMigrationPlan(server.url, operatorSecrets))
  project.provide('cluster', { url: server.url, secretsRoot })
  const fintwin = await offerFinTwin()
  project.provide('fintwinAskUrl', fintwin.askUrl)
  return async () => {
    await fintwin.stop()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
