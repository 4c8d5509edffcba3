// The ledger's walls, tried from inside the database: what the service's own role may not do, whatever its code says.

import { asNobody, asPerson, type Database, newId } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DecidedPosting,
  type LedgerAccountRow,
  listOwnAccounts,
  lockAccounts,
  openAccount,
  post,
} from '../src/store/ledger.ts'

let database: TestDatabase
let service: Database
const asha = newId()
const bela = newId()

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_transaction')
  for (const id of [asha, bela]) await open(id)
  await asPerson(service, asha, async (tx) => post(tx, [await deposit(asha, 1_000n)], new Date()))
})
afterAll(() => database.drop())

const open = (id: string) =>
  asPerson(service, id, (tx) =>
    openAccount(tx, { ownerId: id, id, type: 'savings', currency: 'INR' as never, floorMinor: 0n }),
  )

async function deposit(personId: string, amountMinor: bigint): Promise<DecidedPosting> {
  const external = await accountOf(personId, 'external')
  const own = await accountOf(personId, 'savings')
  return {
    id: newId(),
    callerId: personId,
    type: 'deposit',
    accountId: personId,
    toAccountId: null,
    isOut: false,
    amountMinor,
    legs: pay(external, own, amountMinor),
    isQuiet: true,
  }
}

async function accountOf(personId: string, type: string): Promise<LedgerAccountRow> {
  const own = await asPerson(service, personId, (tx) => listOwnAccounts(tx, personId))
  return own.find((account) => account.type === type) as LedgerAccountRow
}

const pay = (source: LedgerAccountRow, target: LedgerAccountRow, amountMinor: bigint) => [
  { accountNo: source.no, amountMinor: -amountMinor },
  { accountNo: target.no, amountMinor },
]

const balances = () =>
  database.admin`select id, balance_minor, entry_count from transaction.accounts order by id`

async function refused(story: () => Promise<unknown>, code: string): Promise<void> {
  const before = await balances()
  await expect(story()).rejects.toMatchObject({ code })
  expect(await balances()).toEqual(before)
}

describe('the service’s role', () => {
  it.each([
    ['insert an entry', `insert into entries select * from entries limit 1`],
    ['insert a posting', `insert into postings select * from postings limit 1`],
    ['change a balance', `update accounts set balance_minor = 99`],
    ['change an entry', `update entries set amount_minor = 99`],
    ['delete an entry', `delete from entries`],
    ['empty the entries', `truncate entries`],
    ['switch row security off', `alter table entries disable row level security`],
    ['read another service’s schema', `select * from account.people`],
  ])('may not %s', async (_what, sql) => {
    await refused(() => asPerson(service, asha, (tx) => tx.unsafe(sql)), '42501')
  })

  it('sees nothing when no person is set, and only the person’s rows when one is', async () => {
    expect(await asNobody(service, (tx) => tx`select * from accounts`)).toHaveLength(0)
    expect(await asNobody(service, (tx) => tx`select * from entries`)).toHaveLength(0)
    const seen = await asPerson(
      service,
      bela,
      (tx) => tx<{ ownerId: string }[]>`select owner_id as "ownerId" from accounts`,
    )
    expect(new Set(seen.map(({ ownerId }) => ownerId))).toEqual(new Set([bela]))
    expect(await asPerson(service, bela, (tx) => tx`select * from entries`)).toHaveLength(0)
  })
})

type Leg = DecidedPosting['legs'][number]

describe('the posting function', () => {
  const transfer = async (change: Partial<DecidedPosting>, amountMinor = 100n): Promise<DecidedPosting> => ({
    ...(await deposit(asha, amountMinor)),
    type: 'transfer',
    toAccountId: bela,
    isOut: true,
    legs: pay(await accountOf(asha, 'savings'), await accountOf(bela, 'savings'), amountMinor),
    ...change,
  })
  const postAs = (personId: string, postings: DecidedPosting[], base = new Date()) =>
    asPerson(service, personId, (tx) => post(tx, postings, base))

  it('refuses to pay out of an account that is not the caller’s', async () => {
    const posting = await transfer({ callerId: bela })
    await refused(() => postAs(bela, [posting]), '42501')
  })

  it('refuses to bring money from outside into somebody else’s account', async () => {
    const legs = pay(await accountOf(asha, 'external'), await accountOf(bela, 'savings'), 5n)
    const posting = { ...(await deposit(asha, 5n)), accountId: bela, legs }
    await refused(() => postAs(asha, [posting]), '42501')
  })

  it('refuses what would fall below the floor, also when the decision before it was wrong', async () => {
    const posting = await transfer({}, 1_001n)
    await refused(() => postAs(asha, [posting]), '23514')
  })

  it('refuses all of a call when one posting breaks a rule', async () => {
    const good = await transfer({}, 1n)
    const bad = await transfer({ id: newId() }, 5_000n)
    await refused(() => postAs(asha, [good, bad]), '23514')
  })

  it('refuses legs that do not sum to zero, and legs of no posting', async () => {
    const [give, take] = (await transfer({})).legs as [Leg, Leg]
    const unbalanced = await transfer({ legs: [give, { ...take, amountMinor: take.amountMinor + 1n }] })
    await refused(() => postAs(asha, [unbalanced]), '23514')
    const none = await transfer({ legs: [] })
    await refused(() => postAs(asha, [none]), '42501')
  })

  it('takes many people’s postings in a transaction that is nobody’s, and none of another person’s in one that is somebody’s', async () => {
    const mine = await deposit(asha, 7n)
    const hers = await deposit(bela, 7n)
    await refused(() => postAs(asha, [mine, hers]), '42501')
    const stolen = await transfer({ callerId: bela })
    await refused(() => asNobody(service, (tx) => post(tx, [mine, hers, stolen], new Date())), '42501')
    await asNobody(service, (tx) => post(tx, [mine, hers], new Date()))
    expect(await accountOf(bela, 'savings')).toMatchObject({ balanceMinor: 7n })
  })

  it('refuses to post before what was posted', async () => {
    const posting = await deposit(asha, 1n)
    await refused(() => postAs(asha, [posting], new Date(Date.now() - 60_000)), '23514')
  })

  it('numbers entries without gaps, under concurrency', async () => {
    const postings = await Promise.all(Array.from({ length: 30 }, () => deposit(asha, 1n)))
    const ids = [(await accountOf(asha, 'external')).id, asha]
    await Promise.all(
      postings.map((posting) =>
        asPerson(service, asha, async (tx) => {
          const { postedAfter } = await lockAccounts(tx, ids)
          await post(tx, [posting], postedAfter)
        }),
      ),
    )
    const numbers = await database.admin<
      { number: number }[]
    >`select number from transaction.entries e join transaction.accounts a on a.no = e.account_no where a.id = ${asha} order by number`
    expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, index) => index + 1))
  })
})

describe('even the superuser', () => {
  it('cannot change, delete or empty what was posted', async () => {
    for (const sql of [
      'update transaction.entries set amount_minor = 5',
      'delete from transaction.postings',
      'truncate transaction.entries',
    ]) {
      await expect(database.admin.unsafe(sql)).rejects.toMatchObject({ code: '23001' })
    }
  })

  it('cannot insert a posting that does not sum to zero', async () => {
    const insert = database.admin`
      insert into transaction.entries (account_no, number, posting_id, amount_minor, balance_minor, effective_at)
      select no, 1000, ${newId()}, 5, 5, now() from transaction.accounts where id = ${asha}`
    await expect(insert).rejects.toMatchObject({ code: '23514' })
  })
})

describe('the catalogue', () => {
  it('has forced row security and a policy on every table of ours', async () => {
    const open = await database.admin`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%'
        and c.relname <> 'migrations'
        and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`
    expect(open.map(({ name }) => name)).toEqual([])
  })

  it('has no login role of ours that owns a table, bypasses row security or may make roles', async () => {
    const strong = await database.admin`
      select r.rolname from pg_roles r where r.rolname like 'fintwin\\_%' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
        or exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p')))`
    expect(strong.map(({ rolname }) => rolname)).toEqual([])
  })

  it('pins the search path of every function with its definer’s rights, and lets nobody else run it', async () => {
    const loose = await database.admin`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('events', 'account', 'transaction', 'twin', 'risk', 'portfolio', 'notification') and p.prosecdef
        and (not coalesce(p.proconfig::text like '%search_path=pg_catalog%', false) or has_function_privilege('public', p.oid, 'execute'))`
    expect(loose.map(({ name }) => name)).toEqual([])
  })

  it('hides the migrations from the services', async () => {
    await expect(service`select * from migrations`).rejects.toMatchObject({ code: '42501' })
  })
})
