// What a FinTwin database consists of: the platform's schema first, then one a service.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { services } from '@fintwin/contracts'
import { MigrationError, type MigrationPlan } from '@fintwin/platform'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Reads the roles' passwords from the operator's secrets folder. */
export async function readMigrationPlan(adminUrl: string, operatorSecrets: string): Promise<MigrationPlan> {
  const roles = await readFile(join(operatorSecrets, 'roles.json'), 'utf8').catch(() => {
    throw new MigrationError(
      `The operator’s secrets are missing in ${operatorSecrets}: run \`npm run secrets\`, or set FINTWIN_SECRETS_DIR.`,
    )
  })
  return {
    adminUrl: await withPassword(adminUrl, operatorSecrets),
    rolePasswords: JSON.parse(roles) as Record<string, string>,
    functionRoles: [
      'fintwin_events',
      'fintwin_sessions',
      'fintwin_ledger',
      'fintwin_sealer',
      'fintwin_scheduler',
    ],
    steps: [
      { schema: 'events', folder: join(root, 'packages/platform/migrations') },
      ...services.map(({ name }) => ({ schema: name, folder: join(root, 'services', name, 'migrations') })),
    ],
  }
}

async function withPassword(adminUrl: string, operatorSecrets: string): Promise<string> {
  const url = new URL(adminUrl)
  if (!url.password && url.hostname !== '') {
    const password = await readFile(join(operatorSecrets, 'database-password'), 'utf8').catch(() => '')
    if (password && url.username) url.password = password.trim()
  }
  return url.href
}
