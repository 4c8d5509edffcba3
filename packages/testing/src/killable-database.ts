// A migrated PostgreSQL of a test's own that dies as a machine or one of the server's processes would, and comes back.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { services } from '@fintwin/contracts'
import { startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import { readMigrationPlan } from '@fintwin/operator/migration-plan'
import { connectDatabase, type Database, makeSecrets, migrate, readSecret } from '@fintwin/platform'
import { killNow, killTree } from './process-table.ts'

export interface KillableDatabase {
  url: string
  secretsRoot: string
  /** Kills the server and all its processes at once. It is started again by itself, and recovers. */
  crash(): Promise<void>
  /** Kills one of the processes that work for clients: the server ends the others and recovers. False when there is none. */
  killBackend(): Promise<boolean>
  /** Resolves when it answers. @throws after half a minute */
  ready(): Promise<void>
  /** Runs a story on a connection that is opened and ended for it, so that no crash finds it idle; as the superuser, or as the auditor. */
  asAdmin<T>(story: (database: Database) => Promise<T>): Promise<T>
  asAuditor<T>(story: (database: Database) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

/** Makes the cluster and everybody's secrets in the folder. */
export async function startKillableDatabase(folder: string): Promise<KillableDatabase> {
  const secretsRoot = join(folder, 'secrets')
  const operatorSecrets = join(secretsRoot, 'operator')
  await makeSecrets({ root: secretsRoot, services: services.map(({ name }) => name) })
  const password = await readSecret(operatorSecrets, 'database-password')
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), password })
  await migrate(await readMigrationPlan(server.url, operatorSecrets))
  const connect = async <T>(
    role: string,
    secret: string,
    story: (database: Database) => Promise<T>,
  ): Promise<T> => {
    const login = { url: server.url, role, password: await readSecret(operatorSecrets, secret), max: 1 }
    const database = connectDatabase(login)
    try {
      return await story(database)
    } finally {
      await database.end({ timeout: 1 })
    }
  }
  const asAdmin: KillableDatabase['asAdmin'] = (story) => connect('fintwin', 'database-password', story)
  return {
    url: server.url,
    secretsRoot,
    crash: () => killTree(server.pid()),
    killBackend: () => asAdmin(killOneBackend),
    async ready() {
      for (let attempt = 0; attempt < 300; attempt += 1) {
        const answers = await asAdmin((database) => database`select 1`).catch(() => undefined)
        if (answers) return
        await sleep(100)
      }
      throw new Error('The database does not answer.')
    },
    asAdmin,
    asAuditor: (story) => connect('fintwin_audit', 'audit-password', story),
    stop: server.stop,
  }
}

/** A busy one rather than an idle one. */
async function killOneBackend(database: Database): Promise<boolean> {
  const [busy] = await database<{ pid: number }[]>`
    select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
    order by state = 'idle', random() limit 1`
  if (busy) killNow(busy.pid)
  return busy !== undefined
}
