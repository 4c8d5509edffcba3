// The twin's database role has no way into the ledger: not to write it, not to read it, not to see that it is there.
import { asPerson, type Database, newId, type Tx } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

let database: TestDatabase
let twin: Database

beforeAll(async () => {
  database = await createTestDatabase()
  twin = await database.as('fintwin_twin')
})
afterAll(() => database.drop())

const attempts: [string, (tx: Tx) => Promise<unknown>][] = [
  ['read entries', (tx) => tx`select from transaction.entries`],
  ['read accounts', (tx) => tx`select from transaction.accounts`],
  ['add an entry', (tx) => tx`insert into transaction.entries (account_no, number) values (1, 1)`],
  ['change a balance', (tx) => tx`update transaction.accounts set balance_minor = 1`],
  ['remove entries', (tx) => tx`delete from transaction.entries`],
  ['empty the ledger', (tx) => tx`truncate transaction.entries`],
  ['post through the ledger’s function', (tx) => tx`select transaction.post('[]'::jsonb)`],
  ['become the transaction service', (tx) => tx`set role fintwin_transaction`],
  ['become the ledger', (tx) => tx`set role fintwin_ledger`],
]

it.each(attempts)('refuses to %s', async (_name, attempt) => {
  await expect(asPerson(twin, newId(), attempt)).rejects.toMatchObject({ code: '42501' })
})

it('has no privilege on the schema, nor on any table in it', async () => {
  const [schema] = await database.admin`
    select has_schema_privilege('fintwin_twin', 'transaction', 'usage, create') as any_right`
  expect(schema?.any_right).toBe(false)
  const tables = await database.admin`
    select relname, has_table_privilege('fintwin_twin', oid, 'select, insert, update, delete, truncate, references, trigger') as any_right
    from pg_class where relnamespace = 'transaction'::regnamespace and relkind in ('r', 'v', 'm', 'p')`
  expect(tables.length).toBeGreaterThan(3)
  expect(tables.filter(({ any_right }) => any_right)).toEqual([])
})
