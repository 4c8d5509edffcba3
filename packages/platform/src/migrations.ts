// Roles, schemas and migrations: everything a database needs, in one transaction, so that it is all there or nothing is.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import Postgrator from 'postgrator'
import type postgres from 'postgres'
import { openPool } from './postgres-driver.ts'

export interface MigrationPlan {
  /** URL of an administrator: may create roles and schemas. */
  adminUrl: string
  /** Login role → password; one for each service, and the auditor. */
  rolePasswords: Record<string, string>
  /** Roles that only own functions: nobody can log in as them. */
  functionRoles: readonly string[]
  /** In this order: folder of `NNNN.do.title.sql` files and the schema they live in. */
  steps: { schema: string; folder: string }[]
}

/** A sentence for the person who runs it. */
export class MigrationError extends Error {}

/** Brings a database to the newest state. Safe to run again and from several places at once. */
export async function migrate({
  adminUrl,
  rolePasswords,
  functionRoles,
  steps,
}: MigrationPlan): Promise<void> {
  const sql = openPool(adminUrl, { max: 1, onnotice: () => {}, connect_timeout: 5, idle_timeout: 5 })
  try {
    const [server] = await sql`select current_setting('server_version_num')::int as version`
    if (server?.version < 180000) {
      throw new MigrationError(
        `FinTwin needs PostgreSQL 18 or newer, and DATABASE_URL answers as ${server?.version}.`,
      )
    }
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(7203155)`
      await createRoles(tx, rolePasswords)
      await createFunctionRoles(tx, functionRoles)
      for (const { schema, folder } of steps) await migrateSchema(tx, schema, folder)
    })
  } finally {
    await sql.end()
  }
}

async function createRoles(tx: postgres.TransactionSql, passwords: Record<string, string>): Promise<void> {
  for (const [role, password] of Object.entries(passwords)) {
    const [existing] = await tx`select from pg_roles where rolname = ${role}`
    const verb = existing ? 'alter' : 'create'
    await tx.unsafe(
      `${verb} role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit password '${quoteSafe(password)}'`,
    )
  }
}

async function createFunctionRoles(tx: postgres.TransactionSql, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    const [existing] = await tx`select from pg_roles where rolname = ${role}`
    if (!existing) await tx.unsafe(`create role ${role} nologin nosuperuser nobypassrls noinherit`)
    await tx.unsafe(`grant ${role} to current_user`)
  }
}

/** Generated passwords are base64url, so anything else is a mistake rather than something to escape. */
function quoteSafe(password: string): string {
  if (!/^[\w-]{16,}$/.test(password))
    throw new MigrationError('A role’s password must be 16 or more letters, digits, - or _.')
  return password
}

async function migrateSchema(tx: postgres.TransactionSql, schema: string, folder: string): Promise<void> {
  const files = await readdir(folder)
  if (!files.some((file) => file.endsWith('.sql'))) return
  await tx.unsafe(`create schema if not exists ${schema}`)
  const postgrator = new Postgrator({
    driver: 'pg',
    migrationPattern: join(folder, '*.sql'),
    schemaTable: `${schema}.migrations`,
    validateChecksums: true,
    execQuery: async (query) => ({ rows: await tx.unsafe(query) }),
    execSqlScript: async (script) => {
      await tx.unsafe(script).simple()
    },
  })
  await postgrator.migrate()
}
