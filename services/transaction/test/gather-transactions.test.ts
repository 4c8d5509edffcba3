// The one place that acts for many people in one transaction: everybody gets their own answer and nobody else's, whatever happens to the others,
// to their accounts or to the connection.
import {
  asPerson,
  type Database,
  isDatabaseDown,
  isRefusal,
  newId,
  Refused,
  type StoredAnswer,
} from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createGatherer, type GatheredRequest, type Gatherer } from '../src/gather-transactions.ts'
import { propose, type TransactionBody } from '../src/post-transactions.ts'
import type { Proposal } from '../src/rules/propose-transaction.ts'
import { type LedgerAccountRow, listOwnAccounts, openAccount } from '../src/store/ledger.ts'

interface Person {
  id: string
  own: LedgerAccountRow[]
}

/** One process of the service, as far as posting is concerned. */
interface Writer {
  gatherer: Gatherer
  wakes: () => number
}

let database: TestDatabase
/** What everything else of the service shares. */
let pool: Database
let writers: Writer[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  pool = await database.as('fintwin_transaction')
})
afterAll(() => database.drop())
afterEach(async () => {
  await Promise.all(writers.map(({ gatherer }) => gatherer.stop()))
  writers = []
})

/** As `service.ts` starts it: a writer of one connection that waits 100 ms for a row, and another one that waits for a second. */
async function startWriter({ lockTimeoutMs = 100 } = {}): Promise<Writer> {
  const connection = await database.as('fintwin_transaction', { max: 1, lockTimeoutMs })
  const patient = await database.as('fintwin_transaction', { max: 1, lockTimeoutMs: 1_000 })
  const afterCommit = vi.fn()
  const gatherer = createGatherer({ writer: connection, patient, locale: 'en-IN', afterCommit })
  const writer = { gatherer, wakes: () => afterCommit.mock.calls.length }
  writers.push(writer)
  return writer
}

async function openPeople(count: number, funds = 0): Promise<Person[]> {
  const people = await Promise.all(
    Array.from({ length: count }, async (): Promise<Person> => {
      const id = newId()
      const account = { ownerId: id, id, type: 'savings', currency: 'INR' as never, floorMinor: 0n }
      await asPerson(pool, id, (tx) => openAccount(tx, account))
      return { id, own: await asPerson(pool, id, (tx) => listOwnAccounts(tx, id)) }
    }),
  )
  if (funds > 0) {
    const { gatherer } = await startWriter()
    await Promise.all(people.map((person) => gatherer.submit(request(person, deposit(funds)))))
  }
  return people
}

const deposit = (amount: number | string, note?: string): TransactionBody => ({
  type: 'deposit',
  amount,
  ...(note === undefined ? {} : { note }),
})
const withdrawal = (amount: number): TransactionBody => ({ type: 'withdrawal', amount })
const transfer = (amount: number, to: Person, note?: string): TransactionBody => ({
  type: 'transfer',
  amount,
  to_account: to.id,
  ...(note === undefined ? {} : { note }),
})

function request(person: Person, body: TransactionBody, key?: string): GatheredRequest {
  const keyed = key === undefined ? undefined : { path: 'POST /transactions', key, bodyHash: hashOf(body) }
  const proposal = propose(body, person.own, { locale: 'en-IN', now: new Date() })
  return { callerId: person.id, body, proposal, keyed }
}

const hashOf = (body: TransactionBody): string => JSON.stringify(body)

interface Shown {
  id: string
  account_id: string
  amount: number
  note: string | null
  to_account: string | null
}

const shown = ({ body }: StoredAnswer): Shown => JSON.parse(body) as Shown
const codeOf = ({ body }: StoredAnswer): string => (JSON.parse(body) as { code: string }).code

async function balanceOf({ id }: Person): Promise<bigint> {
  const [row] = await database.admin<{ balance: bigint }[]>`
    select balance_minor as balance from transaction.accounts where id = ${id}`
  return row?.balance ?? -1n
}

async function notesOf({ id }: Person): Promise<(string | null)[]> {
  const rows = await database.admin<{ note: string | null }[]>`
    select p.note from transaction.entries e join transaction.accounts a on a.no = e.account_no
    join transaction.postings p on p.id = e.posting_id where a.id = ${id} order by e.number`
  return rows.map(({ note }) => note)
}

/** What came of it, an error included. */
const outcome = (answer: Promise<StoredAnswer>): Promise<StoredAnswer | Error> =>
  answer.catch((error: Error) => error)

function refusalOf(error: unknown): string | undefined {
  return error instanceof Refused ? error.refusal.refused : undefined
}

/** Until it is answered, as a client with a key does: what is in flight or cut off is sent again. */
async function insist(send: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const answer = await outcome(send())
    if (!(answer instanceof Error)) return answer
    if (refusalOf(answer) !== 'idempotency_key_in_flight' && !isDatabaseDown(answer)) throw answer
    await pause(5 + Math.random() * 20)
  }
  throw new Error('It was never answered.')
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Holds accounts as an open transaction does, until told. */
async function hold(...people: Person[]): Promise<() => Promise<void>> {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let held = (): void => {}
  const isHeld = new Promise<void>((resolve) => {
    held = resolve
  })
  const holding = database.admin.begin(async (tx) => {
    await tx`select from transaction.accounts where id = any(${people.map(({ id }) => id)}::uuid[]) order by id for update`
    held()
    await released
  })
  await isHeld
  return async () => {
    release()
    await holding
  }
}

describe('a crowd in one call', () => {
  it('gives each of 100 people their own answer and nobody else’s', async () => {
    const people = await openPeople(100)
    const { gatherer, wakes } = await startWriter()
    const answers = await Promise.all(
      people.map((person, index) =>
        gatherer.submit(request(person, deposit(index + 1, `note ${index}`), 'k')),
      ),
    )
    for (const [index, person] of people.entries()) {
      const answer = answers[index] as StoredAnswer
      expect(answer.status).toBe(201)
      expect(shown(answer)).toMatchObject({ account_id: person.id, amount: index + 1, note: `note ${index}` })
      expect(await balanceOf(person)).toBe(BigInt(index + 1) * 100n)
      expect(await notesOf(person)).toEqual([`note ${index}`])
    }
    expect(new Set(answers.map((answer) => shown(answer).id)).size).toBe(100)
    expect(wakes()).toBeLessThan(10)
  })

  it('keeps each answer under its own person’s key, though all of them used the same one', async () => {
    const people = await openPeople(50)
    const { gatherer } = await startWriter()
    const send = (person: Person) => gatherer.submit(request(person, deposit(5), 'the same'))
    const first = await Promise.all(people.map(send))
    const again = await Promise.all(people.toReversed().map(send))
    expect(again.toReversed()).toEqual(first)
    for (const person of people) expect(await balanceOf(person)).toBe(500n)
  })

  it('shows the recipient’s balance to nobody: a refusal of a transfer tells of the sender’s account alone', async () => {
    const [rich, poor] = (await openPeople(2)) as [Person, Person]
    const { gatherer } = await startWriter()
    await gatherer.submit(request(rich, deposit(987_654)))
    const refused = await gatherer.submit(request(poor, transfer(1, rich)))
    expect(codeOf(refused)).toBe('insufficient_funds')
    expect(refused.body).not.toMatch(/987|654/)
  })

  it('refuses one without failing its neighbours', async () => {
    const people = await openPeople(60, 10)
    const { gatherer } = await startWriter()
    const nobody: Person = { id: newId(), own: [] }
    const wanted = people.map((_person, index): TransactionBody => {
      if (index % 3 === 0) return withdrawal(11)
      if (index % 3 === 1) return transfer(1, nobody)
      return withdrawal(4)
    })
    const answers = await Promise.all(
      people.map((person, index) => gatherer.submit(request(person, wanted[index] as TransactionBody))),
    )
    for (const [index, person] of people.entries()) {
      expect(answers[index]?.status).toBe([422, 404, 201][index % 3])
      expect(await balanceOf(person)).toBe(index % 3 === 2 ? 600n : 1000n)
    }
  })

  it('decides on what the ones before it left: a hundred want the last rupee, one gets it', async () => {
    const [asha] = (await openPeople(1, 1)) as [Person]
    const { gatherer } = await startWriter()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => gatherer.submit(request(asha, withdrawal(1)))),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers[0]?.status).toBe(201)
    expect(await balanceOf(asha)).toBe(0n)
  })
})

describe('what no decision foresaw', () => {
  it.each<[string, (body: GatheredRequest) => GatheredRequest, string]>([
    ['a note with a NUL', ({ body, ...rest }) => ({ ...rest, body: { ...body, note: 'a\u0000b' } }), '22P05'],
    [
      'a note with half a character',
      ({ body, ...rest }) => ({ ...rest, body: { ...body, note: 'a\ud800b' } }),
      '22P02',
    ],
    [
      'an amount beyond all numbers',
      (one) => ({ ...one, proposal: withAmount(one.proposal, 10n ** 30n) }),
      'RangeError',
    ],
  ])('%s fails that one alone', async (_what, poison, expected) => {
    const people = await openPeople(40)
    const { gatherer } = await startWriter()
    const answers = await Promise.all(
      people.map((person, index) => {
        const sound = request(person, deposit(7), 'k')
        return outcome(gatherer.submit(index === 17 ? poison(sound) : sound))
      }),
    )
    const failed = answers.filter((answer) => answer instanceof Error)
    expect(failed).toHaveLength(1)
    const { name, code } = answers[17] as Error & { code?: string }
    expect(code ?? name).toBe(expected)
    for (const [index, person] of people.entries()) {
      expect(await balanceOf(person)).toBe(index === 17 ? 0n : 700n)
    }
    const mended = await gatherer.submit(request(people[17] as Person, deposit(7), 'k'))
    expect(mended.status).toBe(201)
  })

  it('a decision that pays out of another person’s account fails that one alone, and moves nothing', async () => {
    const people = await openPeople(20, 10)
    const [thief, victim] = people as [Person, Person]
    const { gatherer } = await startWriter()
    const stolen = {
      ...request(victim, transfer(5, thief)),
      callerId: thief.id,
    }
    const answers = await Promise.all([
      outcome(gatherer.submit(stolen)),
      ...people.slice(2).map((person) => gatherer.submit(request(person, withdrawal(1)))),
    ])
    expect(answers[0]).toMatchObject({ code: '42501' })
    expect(answers.slice(1).every((answer) => (answer as StoredAnswer).status === 201)).toBe(true)
    expect([await balanceOf(thief), await balanceOf(victim)]).toEqual([1000n, 1000n])
  })
})

/** Balanced legs of a sound size, under an amount that no column holds. */
function withAmount(proposal: GatheredRequest['proposal'], amountMinor: bigint): Proposal {
  if (isRefusal(proposal)) throw new Error('It was refused already.')
  return { ...proposal, amountMinor }
}

describe('an account that somebody else holds', () => {
  it('delays only those who touch it; the others, and reads, are answered within a moment', async () => {
    const people = await openPeople(60, 100)
    const [held, ...others] = people as [Person, ...Person[]]
    const { gatherer } = await startWriter()
    const release = await hold(held)
    const begun = performance.now()
    let areLateAnswered = false
    const late = Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        gatherer.submit(request(held, deposit(1, `late ${index}`), `late ${index}`)),
      ),
    ).then((answers) => {
      areLateAnswered = true
      return answers
    })
    const rounds: StoredAnswer[][] = []
    for (let round = 0; round < 3; round += 1) {
      rounds.push(await Promise.all(others.map((person) => gatherer.submit(request(person, withdrawal(1))))))
      await asPerson(pool, held.id, (tx) => listOwnAccounts(tx, held.id))
    }
    const tookMs = performance.now() - begun
    expect(rounds.flat().every(({ status }) => status === 201)).toBe(true)
    expect(areLateAnswered).toBe(false)
    expect(tookMs).toBeLessThan(5_000)
    await release()
    expect((await late).every(({ status }) => status === 201)).toBe(true)
    expect(await balanceOf(held)).toBe(14_000n)
  })

  it('gets what waited for it in the order in which it came, and before what came later', async () => {
    const [held] = (await openPeople(1)) as [Person]
    const { gatherer } = await startWriter()
    const release = await hold(held)
    const send = (note: string) => gatherer.submit(request(held, deposit(1, note)))
    const early = Array.from({ length: 30 }, (_, index) => send(`${index}`))
    await pause(400)
    const afterwards = Array.from({ length: 30 }, (_, index) => send(`${30 + index}`))
    await release()
    await Promise.all([...early, ...afterwards])
    expect(await notesOf(held)).toEqual(Array.from({ length: 60 }, (_, index) => `${index}`))
  })

  it('may be two accounts held by two transactions, one after the other', async () => {
    const people = await openPeople(12, 10)
    const [first, second, ...others] = people as [Person, Person, ...Person[]]
    const { gatherer } = await startWriter()
    const releases = [await hold(first), await hold(second)]
    const late = [
      gatherer.submit(request(first, transfer(1, second))),
      gatherer.submit(request(second, transfer(2, first))),
    ]
    await Promise.all(others.map((person) => gatherer.submit(request(person, withdrawal(1)))))
    for (const release of releases) await release()
    expect((await Promise.all(late)).map(({ status }) => status)).toEqual([201, 201])
    expect([await balanceOf(first), await balanceOf(second)]).toEqual([1100n, 900n])
  })
})

describe('a key', () => {
  it('in flight gives 409 to its repeat, which is answered once the first one is', async () => {
    const [asha] = (await openPeople(1)) as [Person]
    const { gatherer } = await startWriter()
    const send = () => gatherer.submit(request(asha, deposit(5), 'salary'))
    const release = await hold(asha)
    const first = send()
    await pause(300)
    expect(refusalOf(await outcome(send()))).toBe('idempotency_key_in_flight')
    await release()
    expect((await first).status).toBe(201)
    expect(await send()).toEqual(await first)
    expect(await balanceOf(asha)).toBe(500n)
  })

  it('in flight in two processes has one effect, and both get the one answer', async () => {
    const [asha] = (await openPeople(1)) as [Person]
    const both = [await startWriter(), await startWriter({ lockTimeoutMs: 0 })]
    const release = await hold(asha)
    const sent = both.map(({ gatherer }) =>
      insist(() => gatherer.submit(request(asha, deposit(5), 'salary'))),
    )
    await pause(300)
    await release()
    const [first, second] = await Promise.all(sent)
    expect(second).toEqual(first)
    expect(first?.status).toBe(201)
    expect(await balanceOf(asha)).toBe(500n)
  })

  it('is answered with the first answer after a restart, refusals included', async () => {
    const people = await openPeople(20, 5)
    const send = ({ gatherer }: Writer) =>
      Promise.all(
        people.map((person, index) =>
          gatherer.submit(request(person, withdrawal(index % 2 === 0 ? 5 : 6), 'k')),
        ),
      )
    const before = await startWriter()
    const first = await send(before)
    await before.gatherer.stop()
    await Promise.all(people.map((person) => before.gatherer.submit(request(person, deposit(50)))))
    const again = await send(await startWriter())
    expect(again).toEqual(first)
    expect(first.map(({ status }) => status)).toEqual(people.map((_, index) => (index % 2 === 0 ? 201 : 422)))
  })

  it('used for another body is refused, and does nothing', async () => {
    const [asha] = (await openPeople(1)) as [Person]
    const { gatherer } = await startWriter()
    await gatherer.submit(request(asha, deposit(5), 'k'))
    const other = await outcome(gatherer.submit(request(asha, deposit(6), 'k')))
    const code = other instanceof Error ? refusalOf(other) : codeOf(other)
    expect(code).toBe('idempotency_key_reused')
    expect(await balanceOf(asha)).toBe(500n)
  })

  it('sent to two processes at the same moment has one effect and one answer, and nobody meets an error', async () => {
    const [asha] = (await openPeople(1)) as [Person]
    const both = [await startWriter(), await startWriter()]
    const rounds = 40
    for (let round = 0; round < rounds; round += 1) {
      const send = ({ gatherer }: Writer) =>
        insist(() => gatherer.submit(request(asha, deposit(1, `round ${round}`), `round ${round}`)))
      const answers = await Promise.all([...both, ...both].map(send))
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    }
    expect(await balanceOf(asha)).toBe(BigInt(rounds) * 100n)
  })
})

describe('order', () => {
  it('is kept for each account, for a client that sends without waiting', async () => {
    const people = await openPeople(10)
    const { gatherer } = await startWriter()
    const each = 120
    const sent: Promise<StoredAnswer>[] = []
    for (let index = 0; index < each; index += 1) {
      for (const person of people) sent.push(gatherer.submit(request(person, deposit(1, `${index}`))))
      if (index % 10 === 0) await pause(1)
    }
    await Promise.all(sent)
    for (const person of people) {
      expect(await notesOf(person)).toEqual(Array.from({ length: each }, (_, index) => `${index}`))
    }
  })
})

describe('the writer’s connection', () => {
  /** Ends every connection of the service that is at work, as an administrator or a crash does; gives how many. */
  const hangUp = async (): Promise<number> => {
    const ended = await database.admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'fintwin_transaction' and state <> 'idle'`
    return ended.count
  }

  it('killed in the middle of a call: nobody is told that it happened, and with keys it happens once', async () => {
    const people = await openPeople(30)
    const { gatherer } = await startWriter({ lockTimeoutMs: 0 })
    const release = await hold(people[29] as Person)
    const send = (person: Person) => gatherer.submit(request(person, deposit(3), 'k'))
    const cut = Promise.all(people.map((person) => outcome(send(person))))
    await vi.waitFor(async () => expect(await hangUp()).toBeGreaterThan(0), { timeout: 10_000 })
    for (const answer of await cut) expect(isDatabaseDown(answer)).toBe(true)
    await release()
    const answers = await Promise.all(people.map((person) => insist(() => send(person))))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    for (const person of people) expect(await balanceOf(person)).toBe(300n)
  })

  it('killed thirty times under load: each key has one effect and one answer, in the order they were sent', async () => {
    const people = await openPeople(20)
    const { gatherer } = await startWriter()
    const each = 40
    let kills = 0
    let isDone = false
    const killing = (async () => {
      while (!isDone && kills < 30) {
        await pause(10 + Math.random() * 30)
        kills += await hangUp()
      }
    })()
    const work = async (person: Person): Promise<StoredAnswer[]> => {
      const answers: StoredAnswer[] = []
      for (let index = 0; index < each; index += 1) {
        const body = deposit(1, `${index}`)
        answers.push(await insist(() => gatherer.submit(request(person, body, `${index}`))))
      }
      return answers
    }
    const answers = await Promise.all(people.map(work))
    isDone = true
    await killing
    expect(kills).toBeGreaterThan(0)
    for (const [index, person] of people.entries()) {
      const own = (answers[index] as StoredAnswer[]).map(shown)
      expect(await notesOf(person)).toEqual(own.map(({ note }) => note))
      expect(new Set(own.map(({ id }) => id)).size).toBe(each)
      expect(await balanceOf(person)).toBe(BigInt(each) * 100n)
    }
  })
})

describe('stop', () => {
  it('ends after all that is waiting is answered, what waits for an account included', async () => {
    const people = await openPeople(40)
    const { gatherer } = await startWriter()
    const release = await hold(people[0] as Person)
    const answers = people.map((person) => gatherer.submit(request(person, deposit(2))))
    let isStopped = false
    await pause(300)
    const stopped = gatherer.stop().then(() => {
      isStopped = true
    })
    await Promise.all(answers.slice(1))
    await pause(100)
    expect(isStopped).toBe(false)
    await release()
    await stopped
    expect((await Promise.all(answers)).every(({ status }) => status === 201)).toBe(true)
    for (const person of people) expect(await balanceOf(person)).toBe(200n)
  })
})
