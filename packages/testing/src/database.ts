// A database of a test file's own, copied from the migrated template.
import { connectDatabase, type Database, readSecret } from '@fintwin/platform'
import { inject } from 'vitest'

export interface TestDatabase {
  url: string
  /** As the superuser: to look at what row security hides from everyone else. */
  admin: Database
  /** As a service's own role; `pool` as a service would open it. */
  as(role: string, pool?: { max?: number; lockTimeoutMs?: number }): Promise<Database>
  drop(): Promise<void>
}

let copies = 0

export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: templateUrl, secretsRoot } = inject('cluster')
  const { username, password } = new URL(templateUrl)
  const maintenanceUrl = templateUrl.replace(/\/[^/]*$/, '/postgres')
  const maintenance = connectDatabase({ url: maintenanceUrl, role: username, password, max: 1 })
  const name = `test_${process.pid}_${++copies}_${Date.now()}`
  await maintenance.unsafe(`create database ${name} template fintwin`)
  const url = templateUrl.replace(/\/[^/]*$/, `/${name}`)
  const pools = [connectDatabase({ url, role: username, password, max: 2 })]
  return {
    url,
    admin: pools[0] as Database,
    async as(role, pool = {}) {
      const password = await readSecret(`${secretsRoot}/${role.replace('fintwin_', '')}`, 'database-password')
      const opened = connectDatabase({ url, role, password, ...pool })
      pools.push(opened)
      return opened
    },
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()))
      await maintenance.unsafe(`drop database ${name} with (force)`)
      await maintenance.end()
    },
  }
}
