// How much larger the ledger's tables get with transfers, indexes included.
import type { Database } from '@fintwin/platform'
import { countPostings, settle } from './bench.ts'

export interface Growth {
  transfers: number
  /** Bytes by table; of another schema than the ledger's with its name. */
  bytesByTable: Record<string, number>
}

export interface GrowthWatch {
  /** Adds what a load does to the tables. */
  during<T>(run: () => Promise<T>): Promise<T>
  read(): Growth
}

/** Tables that do not grow with transfers, or forget. */
const passing = ['accounts', 'idempotency_keys', 'migrations']

export const isLasting = (table: string): boolean => !passing.includes(table) && !table.startsWith('events.')

export function watchGrowth(admin: Database): GrowthWatch {
  const growth: Growth = { transfers: 0, bytesByTable: {} }
  return {
    async during(run) {
      const before = await readSizes(admin)
      const postings = await countPostings(admin)
      const result = await run()
      // What seals and sums up in the background is part of it.
      await settle(async () => sumOf(await readSizes(admin)), 700)
      growth.transfers += (await countPostings(admin)) - postings
      for (const [table, bytes] of Object.entries(await readSizes(admin)))
        growth.bytesByTable[table] = (growth.bytesByTable[table] ?? 0) + bytes - (before[table] ?? 0)
      return result
    },
    read: () => growth,
  }
}

/** Bytes of each table, its indexes included, as they are after a checkpoint. */
export async function readSizes(admin: Database): Promise<Record<string, number>> {
  await admin.unsafe('checkpoint')
  const rows = await admin<{ table: string; bytes: bigint }[]>`
    select case when n.nspname = 'transaction' then c.relname else n.nspname || '.' || c.relname end as table,
      pg_total_relation_size(c.oid) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('transaction', 'events') and c.relkind in ('r', 'm') order by 1`
  return Object.fromEntries(rows.map(({ table, bytes }) => [table, Number(bytes)]))
}

const sumOf = (sizes: Record<string, number>): number =>
  Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0)
