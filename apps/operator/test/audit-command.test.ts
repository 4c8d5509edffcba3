// `npm run audit` as people call it: on a running and on a stopped database, with a head that was noted, and on a disk that lost a bit.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { services } from '@fintwin/contracts'
import { startEmbeddedPostgres } from '@fintwin/embedded-postgres'
import { connectDatabase, makeSecrets, migrate, newId, readSecret } from '@fintwin/platform'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMigrationPlan } from '../src/migration-plan.ts'

let folder: string
let operatorSecrets: string
/** The file of the table of postings, and a note that is in it. */
let postingsFile: string
const note = 'Rent of a quiet flat'

const start = async () =>
  startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    password: await readSecret(operatorSecrets, 'database-password'),
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fintwin-audit-'))
  operatorSecrets = join(folder, 'secrets', 'operator')
  await makeSecrets({ root: join(folder, 'secrets'), services: services.map(({ name }) => name) })
  const server = await start()
  await migrate(await readMigrationPlan(server.url, operatorSecrets))
  const { username: role, password } = new URL(server.url)
  const admin = connectDatabase({ url: server.url, role, password, max: 1 })
  const person = newId()
  await admin`select transaction.open_account(${person}, ${person}, 'savings', 'INR', 0)`
  const posting = {
    id: newId(),
    caller: person,
    type: 'deposit',
    account_id: person,
    is_out: false,
    amount_minor: '5',
    note,
  }
  await admin`
    select transaction.post(${admin.json([posting])}, array[1, 1], array[a.no, e.no], array[5, -5]::bigint[], now())
    from transaction.accounts a, transaction.accounts e where a.id = ${person} and e.owner_id = ${person} and e.type = 'external'`
  await admin`select transaction.seal(10)`
  const [file] = await admin<{ path: string }[]>`select pg_relation_filepath('transaction.postings') as path`
  postingsFile = join(folder, 'postgres', file?.path ?? '')
  await admin.end()
  expect(await audit()).toMatchObject({ code: 0 })
  await server.stop()
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  code: number
  out: string
}

/** Runs the command as it stands in package.json. */
function audit(...options: string[]): Promise<Ended> {
  const script = fileURLToPath(new URL('../src/audit.ts', import.meta.url))
  const env = { ...process.env, FINTWIN_DATA_DIR: folder, FINTWIN_SECRETS_ROOT: '', DATABASE_URL: '' }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...options], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
    )
  })
}

it('says what it looked at, and gives the head to keep', async () => {
  const { code, out } = await audit()
  expect(out).toContain('ok    each sealed entry is as it was sealed\n')
  expect(out).toMatch(/^2 entries of 4 accounts: clean\.$/m)
  expect(code).toBe(0)
  const head =
    /^Sealed: 2 entries in 1 round; 0 are still to be\. Head .*: ([0-9a-f]{64})$/m.exec(out)?.[1] ?? ''
  expect(await audit('--head', head)).toMatchObject({ code: 0 })
  const other = await audit(
    '--head',
    head.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
  )
  expect(other.code).toBe(1)
  expect(other.out).toContain('WRONG the head that was noted is in the chain')
  expect(await audit('--head', 'abc')).toMatchObject({ code: 1 })
}, 60_000)

it('names the table and the page when a bit is flipped on the disk', async () => {
  const whole = await readFile(postingsFile)
  const flipped = Buffer.from(whole)
  const at = whole.indexOf(note)
  expect(at).toBeGreaterThan(0)
  flipped[at] = (whole[at] ?? 0) ^ 1
  await writeFile(postingsFile, flipped)
  const { code, out } = await audit()
  await writeFile(postingsFile, whole)
  expect(code).toBe(1)
  expect(out).toContain('WRONG the disk gives back what was written to it')
  expect(out).toContain('"table":"transaction.postings","page":0')
  expect(await audit()).toMatchObject({ code: 0 })
}, 60_000)
