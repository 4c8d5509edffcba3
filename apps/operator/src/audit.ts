// `npm run audit`: recomputes the ledger from its first entry, and names the first row that does not agree. Exit 0 clean, 1 not.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findRunningServer, startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import {
  absolute,
  connectDatabase,
  readSecret,
  readSettings,
  type Settings,
  secretsRoot,
} from '@fintwin/platform'
import { auditLedger, type Finding } from './audit-ledger.ts'

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const operatorSecrets = absolute(settings.FINTWIN_SECRETS_DIR ?? join(secretsRoot(settings), 'operator'))
  const { url, stop } = await findDatabase(settings, operatorSecrets)
  const database = connectDatabase({
    url,
    role: 'fintwin_audit',
    password: await readSecret(operatorSecrets, 'audit-password'),
    max: 1,
  })
  try {
    const { findings, entries, accounts } = await auditLedger(database)
    for (const finding of findings) process.stdout.write(`${describe(finding)}\n`)
    const verdict = findings.length === 0 ? 'clean' : `${findings.length} checks failed`
    process.stdout.write(`${entries} entries of ${accounts} accounts: ${verdict}.\n`)
    process.exitCode = findings.length === 0 ? 0 : 1
  } finally {
    await database.end()
    await stop()
  }
}

function describe({ check, row }: Finding): string {
  return `${check}: ${JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? value.toString() : value))}`
}

/** DATABASE_URL, or the embedded database of the data folder: the running one, else started for the audit alone. */
async function findDatabase(
  settings: Settings,
  operatorSecrets: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, stop: async () => {} }
  const folder = join(absolute(settings.FINTWIN_DATA_DIR), 'postgres')
  const running = await findRunningServer(folder)
  if (running) return { url: `postgresql://127.0.0.1:${running.port}/fintwin`, stop: async () => {} }
  const exists = await readFile(join(folder, 'PG_VERSION')).catch(() => undefined)
  if (!exists)
    throw new Error(
      `There is no database in ${folder}: start FinTwin once, or set DATABASE_URL or FINTWIN_DATA_DIR.`,
    )
  return startEmbeddedPostgres({ folder, password: await readSecret(operatorSecrets, 'database-password') })
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
})
