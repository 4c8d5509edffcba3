// `npm run migrate`: creates roles and schemas and runs the migrations, on DATABASE_URL as an administrator.
import { join } from 'node:path'
import { absolute, migrate, readSettings, secretsRoot } from '@fintwin/platform'
import { readMigrationPlan } from './migration-plan.ts'

try {
  const settings = readSettings(process.env)
  if (!settings.DATABASE_URL)
    throw new Error('DATABASE_URL is not set: it names the database to migrate, as an administrator.')
  const operatorSecrets = absolute(settings.FINTWIN_SECRETS_DIR ?? join(secretsRoot(settings), 'operator'))
  await migrate(await readMigrationPlan(settings.DATABASE_URL, operatorSecrets))
  process.stdout.write('The database is up to date.\n')
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
