// What clients do, in one table: each operation makes a request, and knows what an answer to it means for the book.
import { type AskedHold, type AskedPosting, type Book, type Move, Violation } from './book.ts'
import type { Account, Person } from './people.ts'
import type { Random } from './random.ts'

export interface Scene {
  random: Random
  person: Person
  people: readonly Person[]
  book: Book
}

export interface Answer {
  status: number
  text: string
}

export interface Request {
  path: string
  /** A text is sent as it is. */
  body: unknown
  /** The key to send; a new one where undefined, and null for none. */
  key?: string | null
  /** Statuses, beside 2xx, that are right. */
  refusals: readonly number[]
  /** 2xx would be wrong. */
  isAlwaysRefused?: boolean
  /** Writes down what the answer says. @throws Violation where it says what must not be. */
  settle(answer: Answer): void
  /** Cut off, and sent without a key. */
  lose?(): void
}

export interface Operation {
  name: string
  weight: number
  /** Undefined while there is nothing to do it to. */
  prepare(scene: Scene): Request | undefined
}

/** A new operation is a line here and a function below. */
export const operations: readonly Operation[] = [
  { name: 'deposit', weight: 18, prepare: (scene) => prepareSingle(scene, 'deposit') },
  { name: 'withdrawal', weight: 14, prepare: (scene) => prepareSingle(scene, 'withdrawal') },
  {
    name: 'transfer between own accounts',
    weight: 8,
    prepare: (scene) => prepareTransfer(scene, [scene.person]),
  },
  { name: 'transfer to anyone', weight: 18, prepare: (scene) => prepareTransfer(scene, scene.people) },
  { name: 'backdated deposit', weight: 3, prepare: prepareBackdated },
  { name: 'exchange', weight: 5, prepare: prepareExchange },
  { name: 'journal', weight: 4, prepare: prepareJournal },
  { name: 'atomic batch', weight: 3, prepare: (scene) => prepareBatch(scene, 'atomic') },
  { name: 'independent batch', weight: 3, prepare: (scene) => prepareBatch(scene, 'independent') },
  { name: 'hold', weight: 5, prepare: (scene) => prepareHold(scene, undefined) },
  { name: 'delayed transfer', weight: 2, prepare: (scene) => prepareHold(scene, 'captured') },
  { name: 'hold that expires', weight: 2, prepare: (scene) => prepareHold(scene, 'expired') },
  { name: 'capture', weight: 5, prepare: prepareCapture },
  { name: 'release', weight: 3, prepare: prepareRelease },
  { name: 'reversal', weight: 5, prepare: prepareReversal },
  { name: 'schedule of today', weight: 1, prepare: prepareSchedule },
  { name: 'the same again', weight: 6, prepare: prepareRepeat },
  { name: 'a key for something else', weight: 2, prepare: prepareReuse },
  { name: 'malformed', weight: 5, prepare: prepareMalformed },
]

const amountOf = (random: Random): number =>
  random.chance(0.04) ? random.between(10_000_000, 900_000_000) : random.between(1, 60_000)

const major = (amountMinor: number): string => (amountMinor / 100).toFixed(2)

const bodyOf = ({ text }: Answer) => JSON.parse(text)

/** Some send no key, as clients of the original do. */
const sometimesNone = (random: Random): { key?: null } => (random.chance(0.15) ? { key: null } : {})

function prepareSingle({ random, person, book }: Scene, type: 'deposit' | 'withdrawal'): Request {
  const account = random.pick(person.accounts)
  const amountMinor = amountOf(random)
  const signedMinor = type === 'deposit' ? amountMinor : -amountMinor
  const asked = book.ask(person.id, [{ accountId: account.id, amountMinor: signedMinor }])
  const body = { account_id: account.id, type, amount: major(amountMinor), note: asked.note }
  return { ...postOne(book, asked, body), ...sometimesNone(random) }
}

function prepareTransfer({ random, person, book }: Scene, recipients: readonly Person[]): Request {
  const source = random.pick(person.accounts)
  const target = random.pick(random.pick(recipients).accounts)
  const amountMinor = amountOf(random)
  const asked = book.ask(person.id, movesBetween(source, target, amountMinor))
  const body = {
    account_id: source.id,
    type: 'transfer',
    amount: major(amountMinor),
    to_account: target.id,
    note: asked.note,
  }
  const isImpossible = source.id === target.id || source.currency !== target.currency
  return { ...postOne(book, asked, body), isAlwaysRefused: isImpossible, ...sometimesNone(random) }
}

const movesBetween = (source: Account, target: Account, amountMinor: number): Move[] => [
  { accountId: source.id, amountMinor: -amountMinor },
  { accountId: target.id, amountMinor },
]

/** One transaction at POST /transactions. */
function postOne(book: Book, asked: AskedPosting, body: object): Request {
  return {
    path: '/transactions',
    body,
    refusals: [404, 422],
    settle: (answer) => settleOne(book, asked, answer),
    lose: () => lose(book, asked),
  }
}

function settleOne(book: Book, asked: AskedPosting, answer: Answer): void {
  if (answer.status === 201) take(book, asked, bodyOf(answer))
  else refuse(book, asked)
}

function take(book: Book, asked: AskedPosting, shown: { id: string; note: string | null }): void {
  if (shown.note !== asked.note)
    throw new Violation(`${asked.note} was answered with the transaction of ${shown.note}.`)
  asked.fate = 'taken'
  asked.id = shown.id
  book.counts.acknowledged += 1
}

function refuse(book: Book, asked: AskedPosting): void {
  asked.fate = 'refused'
  book.counts.refused += 1
}

function lose(book: Book, asked: AskedPosting): void {
  asked.fate = 'lost'
  book.counts.lost += 1
}

function prepareBackdated({ random, person, book }: Scene): Request {
  const account = random.pick(person.accounts)
  const amountMinor = amountOf(random)
  const asked = book.ask(person.id, [{ accountId: account.id, amountMinor }])
  const effective_at = new Date(Date.now() - random.between(2, 400) * 86_400_000).toISOString()
  return postOne(book, asked, {
    account_id: account.id,
    type: 'deposit',
    amount: major(amountMinor),
    note: asked.note,
    effective_at,
  })
}

function prepareExchange({ random, person, book }: Scene): Request {
  const rupees = person.accounts.filter(({ currency }) => currency === 'INR')
  const dollars = person.accounts.filter(({ currency }) => currency === 'USD')
  const [source, target] = random.shuffle([random.pick(rupees), random.pick(dollars)]) as [Account, Account]
  const amountMinor = amountOf(random)
  const boughtMinor = Math.max(1, Math.round(source.currency === 'INR' ? amountMinor / 83 : amountMinor * 83))
  const asked = book.ask(person.id, [
    { accountId: source.id, amountMinor: -amountMinor },
    { accountId: target.id, amountMinor: boughtMinor },
  ])
  return postOne(book, asked, {
    account_id: source.id,
    type: 'transfer',
    amount: major(amountMinor),
    to_account: target.id,
    to_amount: major(boughtMinor),
    note: asked.note,
  })
}

/** From one own account into another one and out of FinTwin, in one posting. */
function prepareJournal({ random, person, book }: Scene): Request {
  const [source, target] = person.accounts as [Account, Account]
  const [keptMinor, spentMinor] = [random.between(1, 20_000), random.between(1, 20_000)]
  const asked = book.ask(person.id, [
    { accountId: source.id, amountMinor: -keptMinor - spentMinor },
    { accountId: target.id, amountMinor: keptMinor },
  ])
  return postOne(book, asked, {
    type: 'journal',
    note: asked.note,
    legs: [
      { account_id: source.id, amount: major(-keptMinor - spentMinor) },
      { account_id: target.id, amount: major(keptMinor) },
      { account_id: null, amount: major(spentMinor) },
    ],
  })
}

function prepareBatch(scene: Scene, mode: 'atomic' | 'independent'): Request {
  const { random, book } = scene
  const parts = Array.from({ length: random.between(2, 15) }, () => {
    const type = random.pick(['deposit', 'withdrawal', 'transfer'])
    const request =
      type === 'transfer'
        ? prepareTransfer(scene, scene.people)
        : prepareSingle(scene, type as 'deposit' | 'withdrawal')
    return { asked: book.postings.at(-1) as AskedPosting, body: request.body }
  })
  return {
    path: '/transactions/batch',
    body: { mode, transactions: parts.map(({ body }) => body) },
    refusals: [404, 422],
    settle(answer) {
      const results = answer.status === 201 ? bodyOf(answer).results : parts
      if (results.length !== parts.length) throw new Violation('A batch got another number of results.')
      for (const [index, { asked }] of parts.entries()) {
        const { status, transaction } = results[index]
        if (status === 201) take(book, asked, transaction)
        else refuse(book, asked)
      }
    },
  }
}

function prepareHold({ random, person, people, book }: Scene, byClock: AskedHold['byClock']): Request {
  const source = random.pick(person.accounts)
  const recipients = people.flatMap(({ accounts }) => accounts).filter(isPayableFrom(source))
  const isTransfer = byClock === 'captured' || random.chance(0.5)
  const target = isTransfer ? random.pick(recipients) : undefined
  const amountMinor = amountOf(random)
  const moves = target
    ? movesBetween(source, target, amountMinor)
    : [{ accountId: source.id, amountMinor: -amountMinor }]
  const asked = book.ask(person.id, moves)
  const inS = random.between(1, 6)
  const clock = byClock === 'captured' ? { capture_in_s: inS } : byClock ? { expires_in_s: inS } : {}
  return {
    path: '/transactions/holds',
    body: {
      account_id: source.id,
      amount: major(amountMinor),
      note: asked.note,
      ...(target ? { to_account: target.id } : {}),
      ...clock,
    },
    refusals: [422],
    settle(answer) {
      if (answer.status !== 201) return refuse(book, asked)
      const { id } = bodyOf(answer)
      asked.fate = 'due'
      book.counts.acknowledged += 1
      book.holds.push({
        id,
        note: asked.note,
        callerId: person.id,
        accountId: source.id,
        toAccount: target?.id ?? null,
        amountMinor,
        byClock,
        acknowledged: undefined,
      })
    },
  }
}

const isPayableFrom =
  (source: Account) =>
  ({ id, currency }: Account): boolean =>
    id !== source.id && currency === source.currency

/** One of the newest holds that the person placed or may take, settled or not. A delayed transfer is its sender's alone. */
function pickHold({ random, person, book }: Scene): AskedHold | undefined {
  const isFor = ({ toAccount, byClock }: AskedHold): boolean =>
    byClock !== 'captured' && person.accounts.some(({ id }) => id === toAccount)
  const seen = book.holds.filter((hold) => hold.callerId === person.id || isFor(hold)).slice(-6)
  return seen.length > 0 ? random.pick(seen) : undefined
}

function prepareCapture(scene: Scene): Request | undefined {
  const { random, book } = scene
  const hold = pickHold(scene)
  if (!hold) return undefined
  const amountMinor = random.chance(0.5) ? random.between(1, hold.amountMinor) : hold.amountMinor
  return {
    path: `/transactions/holds/${hold.id}/capture`,
    body: amountMinor === hold.amountMinor ? {} : { amount: major(amountMinor) },
    refusals: [422],
    settle(answer) {
      if (answer.status !== 200) return countRefusal(book)
      acknowledge(hold, 'captured')
      book.counts.acknowledged += 1
      const asked = book.postings.find(({ note }) => note === hold.note) as AskedPosting
      asked.fate = 'taken'
      asked.id = bodyOf(answer).transaction_id
      asked.moves = asked.moves.map(({ accountId, amountMinor: held }) => ({
        accountId,
        amountMinor: Math.sign(held) * amountMinor,
      }))
    },
  }
}

function prepareRelease(scene: Scene): Request | undefined {
  const { book } = scene
  const hold = pickHold(scene)
  if (!hold) return undefined
  return {
    path: `/transactions/holds/${hold.id}/release`,
    body: {},
    refusals: [422],
    settle(answer) {
      if (answer.status !== 200) return countRefusal(book)
      acknowledge(hold, 'released')
      book.counts.acknowledged += 1
    },
  }
}

function countRefusal(book: Book): void {
  book.counts.refused += 1
}

function acknowledge(hold: AskedHold, settled: 'captured' | 'released'): void {
  if (hold.acknowledged)
    throw new Violation(`Hold ${hold.note} was ${settled} after it had been ${hold.acknowledged}.`)
  hold.acknowledged = settled
}

/** Takes back something that the person did or received; often something that was, or cannot be, taken back. */
function prepareReversal({ random, person, book }: Scene): Request | undefined {
  const own = person.accounts.map(({ id }) => id)
  const seen = book.postings
    .slice(-300)
    .filter(
      ({ fate, id, moves }) =>
        fate === 'taken' && id && moves.some(({ accountId }) => own.includes(accountId)),
    )
  if (seen.length === 0) return undefined
  const original = random.pick(seen)
  const moves = original.moves.map(({ accountId, amountMinor }) => ({ accountId, amountMinor: -amountMinor }))
  const asked = book.ask(person.id, moves)
  return {
    path: `/transactions/${original.id}/reversal`,
    body: { note: asked.note },
    refusals: [422],
    settle(answer) {
      settleOne(book, asked, answer)
      if (answer.status !== 201) return
      original.reversals += 1
      if (original.reversals > 1) throw new Violation(`${original.note} was taken back twice.`)
    },
  }
}

function prepareSchedule({ random, person, book }: Scene): Request {
  const account = random.pick(person.accounts)
  const amountMinor = amountOf(random)
  const asked = book.ask(person.id, [{ accountId: account.id, amountMinor }])
  return {
    path: '/transactions/schedules',
    body: {
      account_id: account.id,
      type: 'deposit',
      amount: major(amountMinor),
      note: asked.note,
      frequency: 'once',
      start_on: new Date().toISOString().slice(0, 10),
      time_zone: 'UTC',
    },
    // Sent again after midnight, its day is over.
    refusals: [400],
    settle(answer) {
      if (answer.status !== 201) return refuse(book, asked)
      asked.fate = 'due'
      book.counts.acknowledged += 1
    },
  }
}

function prepareRepeat({ random, person, book }: Scene): Request | undefined {
  const own = book.kept.filter(({ callerId }) => callerId === person.id)
  if (own.length === 0) return undefined
  const { path, body, key, status, text } = random.pick(own)
  return {
    path,
    body,
    key,
    refusals: [404, 422],
    settle(answer) {
      book.counts.repeated += 1
      if (answer.status !== status || answer.text !== text)
        throw new Violation(
          `The repeat of ${key} was answered with ${answer.status} ${answer.text}, not ${status} ${text}.`,
        )
    },
  }
}

function prepareReuse({ random, person, book }: Scene): Request | undefined {
  const own = book.kept.filter(({ callerId, path }) => callerId === person.id && path === '/transactions')
  if (own.length === 0) return undefined
  const { path, key } = random.pick(own)
  const asked = book.ask(person.id, [])
  return {
    path,
    key,
    body: { type: 'deposit', amount: 1, note: asked.note },
    refusals: [422],
    isAlwaysRefused: true,
    settle: () => refuse(book, asked),
  }
}

/** What must be refused whatever there is in the accounts, and with which status. */
function prepareMalformed({ random, person, book }: Scene): Request {
  const [first, , dollars] = person.accounts as [Account, Account, Account]
  const asked = book.ask(person.id, [])
  const deposit = { account_id: first.id, type: 'deposit', note: asked.note }
  const transfer = { ...deposit, type: 'transfer', amount: 1 }
  const [status, body] = random.pick<[number, unknown]>([
    [400, { ...deposit, amount: 0 }],
    [400, { ...deposit, amount: -1 }],
    [400, { ...deposit, amount: '0.001' }],
    [400, { ...deposit, amount: 'NaN' }],
    [400, { ...deposit, amount: '9223372036854775808' }],
    [400, { ...deposit, amount: 1, note: `${asked.note}\u0000` }],
    [400, `{"type":"deposit","amount":1e400,"note":"${asked.note}"}`],
    [400, `{"type":"deposit",`],
    [400, { ...deposit }],
    [400, transfer],
    [422, { ...transfer, to_account: first.id }],
    [422, { ...transfer, to_account: dollars.id }],
    [404, { ...transfer, to_account: '01890000-0000-7000-8000-000000000000' }],
  ])
  return {
    path: '/transactions',
    body,
    refusals: [status],
    isAlwaysRefused: true,
    settle: () => refuse(book, asked),
  }
}
