// A page that the disk gives back otherwise than it was written: PostgreSQL's own checksums stop the audit there, and this says where.
import type { Database } from '@fintwin/platform'
import type { Finding } from './audit-ledger.ts'

/** What an error of an audit says of the disk; undefined where it is about something else. */
export async function findUnreadablePage(database: Database, error: unknown): Promise<Finding | undefined> {
  const { code, message } = error as { code?: string; message: string }
  if (code !== 'XX001' && code !== 'XX002') return undefined
  const [, page, file] = /block (\d+) of relation "(?:[^"]*\/)?(\d+)/.exec(message) ?? []
  const [table] = file
    ? await database<{ name: string }[]>`
        select oid::regclass::text as name from pg_class where pg_relation_filenode(oid) = ${file}::oid`
    : []
  return {
    check: 'the disk gives back what was written to it',
    row: { table: table?.name, page: page && Number(page), said: message },
  }
}
