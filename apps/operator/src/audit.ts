// `npm run audit [-- --head HASH]`: recomputes the ledger from its first entry, and names the first row that does not agree. Exit 0 clean, 1 not.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findRunningServer, startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import {
  absolute,
  connectDatabase,
  type Database,
  readSecret,
  readSettings,
  type Settings,
  secretsRoot,
} from '@fintwin/platform'
import { findUnreadablePage } from './audit-disk.ts'
import { type AuditReport, auditLedger, type Finding } from './audit-ledger.ts'

async function main(): Promise<void> {
  const head = readHead()
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
    const { lines, isClean } = await auditLedger(database, head).then(
      (report) => ({ lines: describe(report), isClean: report.findings.length === 0 }),
      async (error: unknown) => ({ lines: await describeFailure(database, error), isClean: false }),
    )
    process.stdout.write(`${lines.join('\n')}\n`)
    process.exitCode = isClean ? 0 : 1
  } finally {
    await database.end()
    await stop()
  }
}

/** The head of the chain as an earlier audit told it. */
function readHead(): string | undefined {
  const { head } = parseArgs({ options: { head: { type: 'string' } } }).values
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head))
    throw new Error('--head is the head of the chain as an earlier audit told it: 64 hexadecimal digits.')
  return head
}

/** Each check with what it found, how far the ledger is sealed, and the verdict. */
function describe({ checks, findings, entries, accounts, seals }: AuditReport): string[] {
  const lines = checks.flatMap((check) => {
    const found = findings.filter((finding) => finding.check === check)
    return found.length === 0 ? [`ok    ${check}`] : found.map(describeFinding)
  })
  const { rounds, sealed, waiting, head } = seals
  const chain = head
    ? `Sealed: ${sealed} entries in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; ${waiting} are still to be. Head of the chain, after round ${head.round} at ${head.sealedAt.toISOString()}: ${head.hash}`
    : `Sealed: nothing yet; ${waiting} entries are still to be.`
  const advice =
    'Keep the head somewhere else: `npm run audit -- --head HASH` tells later whether anything up to it was rewritten.'
  const failed = new Set(findings.map(({ check }) => check)).size
  const verdict = failed === 0 ? 'clean' : `${failed} checks failed`
  return [
    ...lines,
    chain,
    ...(head ? [advice] : []),
    `${entries} entries of ${accounts} accounts: ${verdict}.`,
  ]
}

/** @throws what it was given, where that is no fault of the disk. */
async function describeFailure(database: Database, error: unknown): Promise<string[]> {
  const finding = await findUnreadablePage(database, error)
  if (!finding) throw error
  return [describeFinding(finding), 'The audit could not go on: bring the database back from a backup.']
}

function describeFinding({ check, row }: Finding): string {
  return `WRONG ${check}: ${JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? value.toString() : value))}`
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
