// One real PostgreSQL a test run, with a migrated template that every test file copies.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@fintwin/contracts'
import { readMigrationPlan } from '@fintwin/operator/migration-plan'
import { makeSecrets, migrate, readSecret } from '@fintwin/platform'
import { startEmbeddedPostgres } from '@fintwin/quickstart/embedded-postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { url: string; secretsRoot: string }
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
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
