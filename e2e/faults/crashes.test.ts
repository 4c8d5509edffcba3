// What dies in the middle: services, PostgreSQL, Redis, consumers; each a process, ended with SIGKILL.
import { connectRedis } from '@fintwin/platform'
import { type ProcessSystem, startProcessSystem } from '@fintwin/testing'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import {
  balanceOf,
  type Client,
  countNotes,
  deposit,
  get,
  ifAnswered,
  insist,
  openClients,
  post,
  transfer,
} from './clients.ts'
import { type CommitKeeper, startCommitKeeper } from './keep-back-commits.ts'
import { openPart } from './open-part.ts'
import { requireCleanLedger } from './require-clean-ledger.ts'

const fault = openPart('crashes')

let system: ProcessSystem
let keepers: Record<'transaction' | 'notification', CommitKeeper>

beforeAll(async () => {
  keepers = { transaction: await startCommitKeeper(), notification: await startCommitKeeper() }
  system = await startProcessSystem({
    services: ['account', 'transaction', 'risk', 'notification'],
    withRedis: true,
    databaseUrlOf: (name, url) =>
      name === 'transaction' || name === 'notification' ? keepers[name].urlFor(url) : url,
  })
}, 180_000)
afterAll(async () => {
  expect(await system?.stop()).toEqual([])
  for (const keeper of Object.values(keepers)) await keeper.stop()
}, 60_000)

const transactions = () => system.service('transaction')

async function restart(name: 'transaction' | 'notification' | 'account'): Promise<void> {
  system.service(name).start()
  await system.service(name).ready()
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** In tests that count by notes, each has its own. */
const notesFor = (what: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${what}-${index}`)

async function messagesOf(client: Client): Promise<string[]> {
  const { status, body, text } = await get(system.service('notification'), client, '/notifications?limit=500')
  expect(status, text).toBe(200)
  return body.map(({ message }: { message: string }) => message)
}

const toldOf = async (client: Client, note: string): Promise<number> =>
  (await messagesOf(client)).filter((message) => message.endsWith(`Note: ${note}`)).length

const soon = { timeout: 60_000, interval: 200 }

fault('hole: demo users', 'a deployment that just started', async () => {
  const people = await system.database.asAdmin((admin) => admin`select email from account.people`)
  expect(people).toHaveLength(0)
  for (const email of ['demo@fintwin.example', 'demo@example.com', 'admin@fintwin.com', 'test@test.com']) {
    for (const password of ['demo', 'password', 'password123', 'admin', 'fintwin']) {
      const { url } = system.service('account')
      const answer = await fetch(`${url}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
      expect(answer.status).toBe(401)
    }
  }
})

fault(
  'row 2',
  'the word of the commit is kept from the service until it is killed; fifty at once',
  async () => {
    const [asha, bela] = (await openClients(system, 2, 1_000)) as [Client, Client]
    const notes = notesFor('row-2', 50)
    const send = (note: string) => post(transactions(), asha, transfer(1, bela, note), note)
    keepers.transaction.keepBack()
    const unanswered = Promise.all(notes.map((note) => ifAnswered(send(note))))
    await vi.waitFor(async () => expect((await countNotes(system, notes)).size).toBeGreaterThan(0), soon)
    await transactions().kill()
    expect(await unanswered).toEqual(notes.map(() => undefined))
    const committed = await countNotes(system, notes)
    expect(committed.size).toBeGreaterThan(0)
    keepers.transaction.letThrough()
    await restart('transaction')

    const answers = await Promise.all(notes.map((note) => insist(() => send(note))))
    expect(answers.map(({ status }) => status)).toEqual(notes.map(() => 201))
    const again = await Promise.all(notes.map((note) => insist(() => send(note))))
    expect(again.map(({ text }) => text)).toEqual(answers.map(({ text }) => text))
    expect([...(await countNotes(system, notes)).values()]).toEqual(notes.map(() => 1))
    expect([await balanceOf(system, asha), await balanceOf(system, bela)]).toEqual([950, 1050])
    await requireCleanLedger(system)
  },
)

fault('row 3', 'three times, with all its processes, under 24 clients', async () => {
  const clients = await openClients(system, 24, 1_000)
  const sent: string[] = []
  const acknowledged: string[] = []
  let isOver = false
  const load = clients.map(async (client, index) => {
    const other = clients[(index + 1) % clients.length] as Client
    while (!isOver) {
      const note = `row 3 ${sent.length}`
      sent.push(note)
      const answer = await ifAnswered(post(transactions(), client, transfer('0.01', other, note)))
      if (answer?.status === 201) acknowledged.push(note)
      else await pause(100)
      if (answer) expect([201, 503], answer.text).toContain(answer.status)
    }
  })
  for (let kills = 0; kills < 3; kills += 1) {
    const before = acknowledged.length
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 100), soon)
    await system.database.crash()
    await system.database.ready()
  }
  const before = acknowledged.length
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 20), soon)
  isOver = true
  await Promise.all(load)
  const posted = await countNotes(system, sent)
  expect(acknowledged.filter((note) => posted.get(note) !== 1)).toEqual([])
  expect([...posted.values()].every((count) => count === 1)).toBe(true)
  expect(transactions().surprises).toEqual([])
  await requireCleanLedger(system)
})

fault(
  'hole: balances in three HTTP calls',
  'both services killed four times in the middle of ninety transfers',
  async () => {
    const [asha, bela] = (await openClients(system, 2, 500)) as [Client, Client]
    const notes = notesFor('three-calls', 90)
    let answered = 0
    const waiting = notes.values()
    const worker = async (): Promise<void> => {
      for (const note of waiting) {
        const [source, target] = Number(note.split('-').at(-1)) % 3 === 0 ? [bela, asha] : [asha, bela]
        const answer = await insist(() => post(transactions(), source, transfer(1, target, note), note))
        expect(answer.status, answer.text).toBe(201)
        answered += 1
      }
    }
    const working = Promise.all(Array.from({ length: 6 }, worker))
    for (const until of [10, 30, 50, 70]) {
      await vi.waitFor(() => expect(answered).toBeGreaterThanOrEqual(until), soon)
      await Promise.all([transactions().kill(), system.service('account').kill()])
      await Promise.all([restart('transaction'), restart('account')])
    }
    await working
    expect([...(await countNotes(system, notes)).values()]).toEqual(notes.map(() => 1))
    expect([await balanceOf(system, asha), await balanceOf(system, bela)]).toEqual([470, 530])
    await requireCleanLedger(system)
  },
)

/** Where there is no Redis on this machine, the signals go through PostgreSQL, and there is nothing to kill. */
fault('row 11', 'flushed and killed while sixty deposits are told', async () => {
  const [asha] = (await openClients(system, 1)) as [Client]
  const notes = notesFor('row-11', 60)
  const { redis } = system
  const flush = async (): Promise<void> => {
    if (!redis) return
    const client = connectRedis(redis.url)
    await vi.waitFor(() => client.flushall(), soon)
    client.disconnect()
  }
  for (const [index, note] of notes.entries()) {
    expect((await post(transactions(), asha, deposit(1, note))).status).toBe(201)
    if (index % 20 === 5) await flush()
    if (index % 20 === 10) await redis?.kill()
    if (index % 20 === 17) await redis?.restart()
  }
  for (const note of notes) await vi.waitFor(async () => expect(await toldOf(asha, note)).toBe(1), soon)
  const told = await messagesOf(asha)
  expect(told.filter((message) => message.includes('Note: row-11')).toSorted()).toHaveLength(60)
})

fault('row 12', 'killed while it handles, and after its commit before it hears of it', async () => {
  const [asha] = (await openClients(system, 1)) as [Client]
  // In the middle: its work waits for a lock, and is rolled back when it is gone.
  await system.database.asAdmin(async (admin) => {
    await admin.begin(async (tx) => {
      await tx`lock table notification.notifications in exclusive mode`
      await post(transactions(), asha, deposit(1, 'row 12 before'))
      const isWaiting = async (): Promise<void> => {
        const waiting = await tx`
          select from pg_stat_activity where application_name = 'fintwin_notification' and wait_event_type = 'Lock'`
        expect(waiting.count).toBeGreaterThan(0)
      }
      await vi.waitFor(isWaiting, soon)
      await system.service('notification').kill()
    })
  })
  await restart('notification')
  await vi.waitFor(async () => expect(await toldOf(asha, 'row 12 before')).toBe(1), soon)

  // Committed, but it never heard so.
  keepers.notification.keepBack()
  await post(transactions(), asha, deposit(1, 'row 12 after'))
  const countTold = () =>
    system.database.asAdmin(
      (admin) => admin`select from notification.notifications where message like '%Note: row 12 after'`,
    )
  await vi.waitFor(async () => expect(await countTold()).toHaveLength(1), soon)
  await system.service('notification').kill()
  keepers.notification.letThrough()
  await restart('notification')
  await post(transactions(), asha, deposit(1, 'row 12 then'))
  await vi.waitFor(async () => expect(await toldOf(asha, 'row 12 then')).toBe(1), soon)
  expect([await toldOf(asha, 'row 12 before'), await toldOf(asha, 'row 12 after')]).toEqual([1, 1])
})

fault('hole: notification failures swallowed', 'the service is away while a transfer is made', async () => {
  const [asha, bela] = (await openClients(system, 2, 10)) as [Client, Client]
  await system.service('notification').kill()
  expect((await post(transactions(), asha, transfer(4, bela, 'nobody home'))).status).toBe(201)
  await pause(1_000)
  await restart('notification')
  for (const person of [asha, bela])
    await vi.waitFor(async () => expect(await toldOf(person, 'nobody home')).toBe(1), soon)
})
