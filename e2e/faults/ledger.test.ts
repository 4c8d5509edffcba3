// What the ledger must not do, however many ask at once: on two processes of the service beside each other, and one PostgreSQL.
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type CallAnswer,
  type ProcessSystem,
  type ServiceProcess,
  startProcessSystem,
} from '@fintwin/testing'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { auditLedger } from '../../apps/operator/src/audit-ledger.ts'
import { unknownId } from '../expectations.ts'
import {
  balanceOf,
  type Client,
  countNotes,
  deposit,
  get,
  insist,
  openAccount,
  openClients,
  post,
  transfer,
  withdrawal,
} from './clients.ts'
import { openPart } from './open-part.ts'
import { requireCleanLedger } from './require-clean-ledger.ts'

const fault = openPart('ledger')

let system: ProcessSystem
/** Two processes of the transaction service. */
let both: [ServiceProcess, ServiceProcess]

beforeAll(async () => {
  system = await startProcessSystem({
    services: ['account', 'transaction'],
    environment: { SEAL_EVERY: '1s' },
  })
  both = [system.service('transaction'), await system.startAnother('transaction')]
}, 180_000)
afterAll(async () => {
  expect(await system?.stop()).toEqual([])
}, 60_000)

/** Of many, every other one goes to the other process. */
const either = (index: number): ServiceProcess => both[index % 2] as ServiceProcess

const atOnce = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))

/** How many there are of each status. */
const statuses = (answers: CallAnswer[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, { length }]) => [status, length]),
  )

const codes = (answers: CallAnswer[]): string[] => [...new Set(answers.map(({ body }) => body.code))]

/** How many postings and entries there are, and what is set aside: nothing happened while it stays the same. */
const countAll = (): Promise<string> =>
  system.database.asAdmin(async (admin) =>
    JSON.stringify(
      await admin`
        select (select count(*)::int from transaction.postings) as postings, (select count(*)::int from transaction.entries) as entries,
          (select coalesce(sum(held_minor), 0)::int from transaction.accounts) as held, (select count(*)::int from transaction.holds) as holds`,
    ),
  )

fault(
  'row 1',
  'three hundred at once, drawn by lot; the sequences are in random-operations.test.ts',
  async () => {
    const clients = await openClients(system, 6, 100)
    const pick = <T>(from: T[]): T => from[Math.floor(Math.random() * from.length)] as T
    const answers = await atOnce(300, (index) => {
      const amount = (1 + Math.floor(Math.random() * 9_000)) / 100
      const body = pick([deposit(amount), withdrawal(amount), transfer(amount, pick(clients))])
      return post(either(index), pick(clients), body)
    })
    expect(answers.every(({ status }) => status === 201 || status === 422)).toBe(true)
    await requireCleanLedger(system)
    const sums = await system.database.asAdmin(
      (admin) =>
        admin`select currency, sum(balance_minor)::int as sum from transaction.accounts group by currency`,
    )
    expect(sums.every(({ sum }) => sum === 0)).toBe(true)
    const wrong = await system.database.asAdmin(
      (admin) => admin`
      select a.id from transaction.accounts a left join transaction.entries e on e.account_no = a.no
      group by a.id having a.balance_minor <> coalesce(sum(e.amount_minor), 0)`,
    )
    expect(wrong).toHaveLength(0)
  },
)

fault('row 4', 'to two processes, five times over', async () => {
  const [asha] = (await openClients(system, 1)) as [Client]
  for (let round = 0; round < 5; round += 1) {
    const send = (index: number) => post(either(index), asha, deposit(3, `row-4-${round}`), `row-4-${round}`)
    const answers = await atOnce(50, send)
    const posted = answers.filter(({ status }) => status === 201)
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(new Set(posted.map(({ text }) => text)).size).toBe(1)
    expect((await insist(() => send(round))).text).toBe(posted[0]?.text)
  }
  expect(await balanceOf(system, asha)).toBe(15)
})

fault('row 5', 'fifty at once, on both processes', async () => {
  const [asha] = (await openClients(system, 1, 100)) as [Client]
  expect((await post(either(0), asha, withdrawal(1), 'row-5')).status).toBe(201)
  const before = await countAll()
  const answers = await atOnce(50, (index) =>
    insist(() => post(either(index), asha, withdrawal(2 + index), 'row-5')),
  )
  expect(statuses(answers)).toEqual({ 422: 50 })
  expect(codes(answers)).toEqual(['idempotency_key_reused'])
  expect(await countAll()).toBe(before)
  expect(await balanceOf(system, asha)).toBe(99)
})

fault('row 6', 'twenty people at once, on the other process after the top-up', async () => {
  const clients = await openClients(system, 20, 5)
  const send = (service: ServiceProcess) => (client: Client) => post(service, client, withdrawal(6), 'row-6')
  const refused = await Promise.all(clients.map(send(either(0))))
  expect(statuses(refused)).toEqual({ 422: 20 })
  expect(codes(refused)).toEqual(['insufficient_funds'])
  await Promise.all(clients.map((client) => post(either(0), client, deposit(100))))
  const again = await Promise.all(clients.map(send(either(1))))
  expect(again.map(({ text }) => text)).toEqual(refused.map(({ text }) => text))
  for (const client of clients) expect(await balanceOf(system, client)).toBe(105)
})

fault('row 7', 'withdrawals, transfers, holds and batches on two processes', async () => {
  const [asha, bela] = (await openClients(system, 2)) as [Client, Client]
  await post(either(0), asha, deposit(30))
  const answers = await atOnce(100, (index) => {
    const service = either(index)
    if (index % 4 === 0) return post(service, asha, withdrawal(1))
    if (index % 4 === 1) return post(service, asha, transfer(1, bela))
    if (index % 4 === 2) return post(service, asha, { amount: 1 }, undefined, '/transactions/holds')
    const batch = { mode: 'atomic', transactions: [withdrawal(1)] }
    return post(service, asha, batch, undefined, '/transactions/batch')
  })
  expect(statuses(answers)).toEqual({ 201: 30, 422: 70 })
  const [account] = await system.database.asAdmin(
    (admin) => admin<{ left: number; lowest: number }[]>`
      select (a.balance_minor - a.held_minor)::int as left, (select min(e.balance_minor)::int from transaction.entries e where e.account_no = a.no) as lowest
      from transaction.accounts a where a.id = ${asha.id}`,
  )
  expect(account?.left).toBe(0)
  expect(account?.lowest).toBeGreaterThanOrEqual(0)
})

fault('row 8', 'single transfers and batches, both ways, on two processes', async () => {
  const [asha, bela] = (await openClients(system, 2, 1_000)) as [Client, Client]
  const countDeadlocks = () =>
    system.database.asAdmin(async (admin) => {
      const [row] = await admin<{ deadlocks: number }[]>`
        select deadlocks::int from pg_stat_database where datname = current_database()`
      return row?.deadlocks
    })
  const before = await countDeadlocks()
  const answers = await atOnce(200, (index) => {
    const [source, target] = index % 2 === 0 ? [asha, bela] : [bela, asha]
    const service = either(index >> 1)
    const body = transfer(1, target)
    const batch = { mode: 'independent', transactions: [body, body] }
    return index % 5 === 0
      ? post(service, source, batch, undefined, '/transactions/batch')
      : post(service, source, body)
  })
  expect(statuses(answers)).toEqual({ 201: 200 })
  expect((await balanceOf(system, asha)) + (await balanceOf(system, bela))).toBe(2_000)
  expect(await countDeadlocks()).toBe(before)
})

fault(
  'row 9',
  'twenty holds, each captured, released and timed out at once, by owner and recipient',
  async () => {
    const [asha, bela] = (await openClients(system, 2, 1_000)) as [Client, Client]
    const expires_at = new Date(Date.now() + 4_000).toISOString()
    const holds = await atOnce(20, async (index) => {
      const body = { amount: 10, to_account: bela.id, note: `row-9-${index}`, expires_at }
      const answer = await post(either(index), asha, body, undefined, '/transactions/holds')
      expect(answer.status, answer.text).toBe(201)
      return answer.body.id as string
    })
    const wins = await Promise.all(
      holds.map(async (id, index) => {
        // Some race well before the end, some at it, some after it.
        const startMs = Date.parse(expires_at) - 1_500 + index * 120
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, startMs - Date.now())))
        const answers = await atOnce(6, (attempt) => {
          const settle = attempt % 3 === 2 ? 'release' : 'capture'
          const by = attempt % 2 === 0 ? asha : bela
          return post(either(attempt), by, {}, undefined, `/transactions/holds/${id}/${settle}`)
        })
        expect(answers.every(({ status }) => status === 200 || status === 422)).toBe(true)
        return answers.filter(({ status }) => status === 200)
      }),
    )
    const settled = async (): Promise<string[]> => {
      const answers = await Promise.all(holds.map((id) => get(either(0), asha, `/transactions/holds/${id}`)))
      expect(answers.map(({ body }) => body.state)).not.toContain('placed')
      return answers.map(({ body }) => body.state)
    }
    const states = await vi.waitFor(settled, { timeout: 60_000, interval: 500 })
    for (const [index, state] of states.entries()) {
      const told = (wins[index] ?? []).map(({ body }) => body.state)
      expect(told).toEqual(state === 'expired' ? [] : [state])
    }
    const captured = states.filter((state) => state === 'captured').length
    expect(
      (
        await countNotes(
          system,
          holds.map((_, index) => `row-9-${index}`),
        )
      ).size,
    ).toBe(captured)
    expect([await balanceOf(system, asha), await balanceOf(system, bela)]).toEqual([
      1_000 - 10 * captured,
      1_000 + 10 * captured,
    ])
    await requireCleanLedger(system)
  },
)

fault(
  'row 10',
  'of a withdrawal, a transfer between own accounts and one received; forty at once',
  async () => {
    const [asha, bela] = (await openClients(system, 2, 100)) as [Client, Client]
    const trip = await openAccount(system, asha, 'INR')
    const spent = await post(either(0), asha, withdrawal(30))
    const moved = await post(either(0), asha, transfer(20, { id: trip }))
    const received = await post(either(0), bela, transfer(40, asha))
    for (const { body } of [spent, moved, received]) {
      const answers = await atOnce(40, (index) =>
        post(either(index), asha, {}, undefined, `/transactions/${body.id}/reversal`),
      )
      expect(statuses(answers)).toEqual({ 201: 1, 422: 39 })
      expect(codes(answers.filter(({ status }) => status === 422))).toEqual(['already_reversed'])
    }
    expect([await balanceOf(system, asha), await balanceOf(system, bela)]).toEqual([100, 100])
    expect(await balanceOf(system, asha, trip)).toBe(0)
  },
)

fault('row 13', 'each of them fifty times at once, single and in batches', async () => {
  const [asha] = (await openClients(system, 1, 100)) as [Client]
  const dollars = await openAccount(system, asha, 'USD')
  const bad: [number, unknown][] = [
    [400, deposit(0)],
    [400, deposit(-1)],
    [400, '{"type":"deposit","amount":1e400}'],
    [400, '{"type":"deposit","amount":NaN}'],
    [400, deposit('NaN')],
    [400, deposit('9223372036854775808')],
    [400, deposit('0.001')],
    [400, '{"type":"deposit","amount":0.001}'],
    [422, transfer(1, asha)],
    [422, transfer(1, { id: dollars })],
    [404, transfer(1, { id: unknownId })],
  ]
  const before = await countAll()
  for (const [status, body] of bad) {
    const answers = await atOnce(50, (index) => {
      if (index % 5 !== 0 || typeof body === 'string') return post(either(index), asha, body)
      const batch = { mode: 'atomic', transactions: [deposit(1), body] }
      return post(either(index), asha, batch, undefined, '/transactions/batch')
    })
    expect(statuses(answers), JSON.stringify(body)).toEqual({ [status]: 50 })
  }
  expect(await countAll()).toBe(before)
  expect(await balanceOf(system, asha)).toBe(100)
})

fault('hole: negative and zero amounts', 'wherever an amount is taken', async () => {
  const [asha, bela] = (await openClients(system, 2, 100)) as [Client, Client]
  const dollars = await openAccount(system, asha, 'USD')
  const hold = await post(either(0), asha, { amount: 5 }, undefined, '/transactions/holds')
  const today = new Date().toISOString().slice(0, 10)
  const before = await countAll()
  for (const amount of [-1, 0, '-0.01', '0.00', -100]) {
    const takes: [string, unknown][] = [
      ['/transactions', deposit(amount)],
      ['/transactions', withdrawal(amount)],
      ['/transactions', transfer(amount, bela)],
      ['/transactions', { ...transfer(1, { id: dollars }), to_amount: amount }],
      ['/transactions/batch', { mode: 'atomic', transactions: [withdrawal(amount)] }],
      ['/transactions/holds', { amount, to_account: bela.id }],
      [`/transactions/holds/${hold.body.id}/capture`, { amount }],
      [
        '/transactions/schedules',
        { ...deposit(amount), frequency: 'once', start_on: today, time_zone: 'UTC' },
      ],
    ]
    for (const [path, body] of takes) {
      const answer = await post(either(0), asha, body, undefined, path)
      expect(answer.status, `${path} ${JSON.stringify(body)}: ${answer.text}`).toBe(400)
    }
  }
  expect(await countAll()).toBe(before)
  expect([await balanceOf(system, asha), await balanceOf(system, bela)]).toEqual([100, 100])
})

fault('hole: no funds check', 'a paisa more than there is, everywhere money leaves', async () => {
  const [asha, bela] = (await openClients(system, 2, 100)) as [Client, Client]
  const dollars = await openAccount(system, asha, 'USD')
  const before = await countAll()
  const leaves: [string, unknown][] = [
    ['/transactions', withdrawal('100.01')],
    ['/transactions', transfer('100.01', bela)],
    ['/transactions', { ...transfer('100.01', { id: dollars }), to_amount: 1 }],
    [
      '/transactions',
      {
        type: 'journal',
        legs: [
          { account_id: asha.id, amount: '-100.01' },
          { account_id: null, amount: '100.01' },
        ],
      },
    ],
    ['/transactions/batch', { mode: 'atomic', transactions: [withdrawal(50), withdrawal('50.01')] }],
    ['/transactions/holds', { amount: '100.01' }],
  ]
  for (const [path, body] of leaves) {
    const answer = await post(either(0), asha, body, undefined, path)
    expect([answer.status, answer.body.code], `${path}: ${answer.text}`).toEqual([422, 'insufficient_funds'])
  }
  expect(await countAll()).toBe(before)
})

fault('hole: money as float', 'a hundred tenths at once, and fifteen digits', async () => {
  const [asha, bela] = (await openClients(system, 2)) as [Client, Client]
  await atOnce(100, (index) => post(either(index), asha, deposit(index % 2 === 0 ? 0.1 : '0.20')))
  expect(await balanceOf(system, asha)).toBe(15)
  await post(either(0), bela, deposit('9999999999999.98'))
  await post(either(0), bela, deposit(0.01))
  const shown = await get(system.service('account'), bela, `/accounts/${bela.id}`)
  expect(shown.text).toContain('"balance":9999999999999.99')
  const over = await post(either(0), bela, deposit(0.01))
  expect([over.status, over.body.code]).toEqual([422, 'balance_out_of_range'])
  for (const amount of [0.30000000000000004, 1.005, '1.005']) {
    expect((await post(either(0), asha, deposit(amount))).status).toBe(400)
  }
})

/** A process whose clock is wrong by so much. */
const withClock = (offsetMs: number): string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    const RealDate = Date
    globalThis.Date = class extends RealDate {
      constructor(...given) { given.length === 0 ? super(RealDate.now() + ${offsetMs}) : super(...given) }
      static now() { return RealDate.now() + ${offsetMs} }
    }`)}`,
]

fault(
  'row 16',
  'a process 20 minutes ahead, a database whose clock went back, and transactions of other days',
  async () => {
    const [asha] = (await openClients(system, 1, 1_000)) as [Client]
    const ahead = await system.startAnother('transaction', { nodeOptions: withClock(20 * 60_000) })
    const services = [either(0), ahead, either(1)]
    const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
    for (let index = 0; index < 30; index += 1) {
      // As if the last entry had been posted while the database's clock was two minutes ahead.
      if (index === 15)
        await system.database.asAdmin(
          (admin) => admin`
          update transaction.accounts set last_posted_at = clock_timestamp() + interval '2 minutes' where owner_id = ${asha.id}`,
        )
      const service = services[index % 3] as ServiceProcess
      const dated = index % 4 === 1 ? { effective_at: daysAgo(index) } : {}
      const body = index % 5 === 4 ? withdrawal(7.5) : deposit(index + 0.25)
      const answer = await post(service, asha, { ...body, ...dated })
      expect(answer.status, answer.text).toBe(201)
    }
    await ahead.stop()
    const entries = await readEntries(asha)
    expect(entries).toHaveLength(31)
    expect(entries.map(({ postedUs }) => postedUs)).toEqual(
      entries.map(({ postedUs }) => postedUs).toSorted(),
    )
    expect(new Set(entries.map(({ postedUs }) => postedUs)).size).toBe(31)
    await expectFolds(asha, entries)
    await requireCleanLedger(system)
  },
)

interface Entry {
  number: number
  amount: number
  /** RFC 3339, to the microsecond, so that they sort as texts. */
  postedUs: string
  effectiveOn: string
}

function readEntries({ id }: Client): Promise<Entry[]> {
  return system.database.asAdmin(
    (admin) => admin<Entry[]>`
      select e.number, e.amount_minor::int as amount, to_char(p.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "postedUs",
        to_char(e.effective_at at time zone 'UTC', 'YYYY-MM-DD') as "effectiveOn"
      from transaction.entries e join transaction.accounts a on a.no = e.account_no join transaction.postings p on p.id = e.posting_id
      where a.id = ${id} order by e.number`,
  )
}

/** Every answer is the naive sum over the entries, in both processes. */
async function expectFolds(client: Client, entries: Entry[]): Promise<void> {
  const sum = (of: Entry[]): number => of.reduce((total, { amount }) => total + amount, 0) / 100
  const ask = async (query: string): Promise<number> => {
    const answer = await get(
      either(query.length),
      client,
      `/transactions/account/${client.id}/balance?${query}`,
    )
    expect(answer.status, answer.text).toBe(200)
    return answer.body.balance
  }
  for (const [index, { number, postedUs, effectiveOn }] of entries.entries()) {
    const upToHere = sum(entries.slice(0, index + 1))
    expect(await ask(`as_of=${number}`), `position ${number}`).toBe(upToHere)
    expect(await ask(`as_of=${postedUs}`), postedUs).toBe(upToHere)
    const byThen = entries.filter((entry) => entry.effectiveOn <= effectiveOn)
    expect(await ask(`effective_as_of=${effectiveOn}`), effectiveOn).toBe(sum(byThen))
  }
  expect(await ask('as_of=1901-01-01T00:00:00Z')).toBe(0)
}

/** Last of all: it leaves a page of the table damaged. */
fault('row 14', 'as the service’s role, as the superuser, behind the triggers, and on the disk', async () => {
  const [asha] = (await openClients(system, 1, 100)) as [Client]
  await atOnce(10, (index) => post(either(index), asha, deposit(1)))
  const changes = [
    'update transaction.entries set amount_minor = amount_minor + 1',
    'delete from transaction.entries',
    'update transaction.postings set amount_minor = 1',
    'delete from transaction.postings',
    'truncate transaction.entries',
  ]
  for (const sql of changes) {
    await expect(system.database.asAdmin((admin) => admin.unsafe(sql))).rejects.toMatchObject({
      code: '23001',
    })
    const asService = system.database.asAdmin((admin) =>
      admin.begin((tx) => tx.unsafe(`set local role fintwin_transaction; ${sql}`).simple()),
    )
    await expect(asService).rejects.toMatchObject({ code: '42501' })
  }
  const [row] = await system.database.asAdmin(
    (admin) => admin<{ no: number }[]>`select no from transaction.accounts where id = ${asha.id}`,
  )
  const no = row?.no as number
  await tamper(`amount_minor = amount_minor + 1 where account_no = ${no} and number = 4`)
  const { findings } = await system.database.asAuditor((auditor) => auditLedger(auditor))
  const named = findings.filter(({ row }) => row.account_no === no && Number(row.number) === 4)
  expect(named.length).toBeGreaterThan(0)
  await tamper(`amount_minor = amount_minor - 1 where account_no = ${no} and number = 4`)
  await requireCleanLedger(system)

  await Promise.all(both.map((service) => service.stop()))
  await flipByteOnDisk()
  const audit = await runAudit()
  expect(audit.code).toBe(1)
  expect(audit.said).toMatch(/^WRONG the disk gives back what was written to it: .*transaction\.entries/m)
})

/** As only a superuser with the triggers off can. */
const tamper = (change: string): Promise<unknown> =>
  system.database.asAdmin((admin) =>
    admin
      .unsafe(
        `alter table transaction.entries disable trigger all; update transaction.entries set ${change}; alter table transaction.entries enable trigger all`,
      )
      .simple(),
  )

/** The server dies with its memory, so that it must read the page from the disk. */
async function flipByteOnDisk(): Promise<void> {
  const path = await system.database.asAdmin(async (admin) => {
    await admin`checkpoint`
    const [row] = await admin<{ path: string }[]>`
      select current_setting('data_directory') || '/' || pg_relation_filepath('transaction.entries') as path`
    return row?.path as string
  })
  await system.database.crash()
  const file = await open(path, 'r+')
  const at = 8_000
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at)
  buffer[0] = (buffer[0] ?? 0) ^ 0b0001_0000
  await file.write(buffer, 0, 1, at)
  await file.close()
  await system.database.ready()
}

async function runAudit(): Promise<{ code: number; said: string }> {
  const { url, secretsRoot } = system.database
  const audit = fileURLToPath(new URL('../../apps/operator/src/audit.ts', import.meta.url))
  const env = { ...process.env, DATABASE_URL: url, FINTWIN_SECRETS_DIR: join(secretsRoot, 'operator') }
  return promisify(execFile)(process.execPath, [audit], { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout }) => ({ code, said: stdout }),
  )
}
