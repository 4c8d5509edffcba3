// Random sequences of operations against the service and against a model of plain numbers. After every step both must agree, and the ledger's
// invariants hold. A failure prints its seed, and the shortest sequence that still fails.
// FINTWIN_RANDOM_RUNS=1000 runs more of them, FINTWIN_RANDOM_SEED=… the same ones again.
import { buildAccountService } from '@fintwin/account'
import { type CallAnswer, startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'
import {
  accountsEach,
  isSeen,
  isTaken,
  isTransferable,
  letGo,
  type Model,
  type ModelAccount,
  type ModelHold,
  type ModelLeg,
  type ModelPosting,
  mirror,
  moved,
  openModel,
  overdraftMinor,
  placeHold,
  post,
} from './ledger-model.ts'

type Single =
  | { kind: 'deposit' | 'withdrawal'; account: number; amountMinor: number }
  | { kind: 'transfer'; from: number; to: number; amountMinor: number }

type Operation =
  | Single
  | { kind: 'exchange'; from: number; to: number; amountMinor: number; boughtMinor: number }
  | { kind: 'journal'; from: number; to: number; keptMinor: number; spentMinor: number }
  | { kind: 'hold'; from: number; to: number | null; amountMinor: number }
  | { kind: 'capture'; hold: number; percent: number }
  | { kind: 'release'; hold: number }
  | { kind: 'reversal'; posting: number; by: 0 | 1 }
  | { kind: 'state'; account: number; isFrozen: boolean }
  | { kind: 'batch'; owner: 0 | 1; isAtomic: boolean; parts: Single[] }
  | { kind: 'together'; parts: Single[] }
  | { kind: 'repeat'; step: number }

const anyAccount = fc.nat(2 * accountsEach - 1)
const anyOwner = fc.constantFrom(0 as const, 1 as const)
/** Small ones are taken as a rule, large ones refused. */
const anyAmount = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 1_000_000_00 }) },
)
const anySingle: fc.Arbitrary<Single> = fc.oneof(
  fc.record({ kind: fc.constantFrom('deposit', 'withdrawal'), account: anyAccount, amountMinor: anyAmount }),
  fc.record({ kind: fc.constant('transfer'), from: anyAccount, to: anyAccount, amountMinor: anyAmount }),
)
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 12, arbitrary: anySingle },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('exchange'),
      from: anyAccount,
      to: anyAccount,
      amountMinor: anyAmount,
      boughtMinor: anyAmount,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('journal'),
      from: anyAccount,
      to: anyAccount,
      keptMinor: anyAmount,
      spentMinor: anyAmount,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('hold'),
      from: anyAccount,
      to: fc.option(anyAccount),
      amountMinor: anyAmount,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('capture'),
      hold: fc.nat(),
      percent: fc.integer({ min: 1, max: 110 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release'), hold: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reversal'), posting: fc.nat(), by: anyOwner }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('state'), account: anyAccount, isFrozen: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('batch'),
      owner: anyOwner,
      isAtomic: fc.boolean(),
      parts: fc.array(anySingle, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('together'),
      parts: fc.array(anySingle, { minLength: 2, maxLength: 8 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat'), step: fc.nat() }) },
)

let services: TestServices

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())

interface Sent {
  path: string
  person: TestPerson
  body: unknown
  key: string
  answer: CallAnswer
}

/** One run: two new people, the model beside them, and what was sent. */
interface World {
  model: Model
  people: [TestPerson, TestPerson]
  accountIds: string[]
  postingIds: string[]
  holdIds: string[]
  sent: Sent[]
}

async function openWorld(): Promise<World> {
  const people = [
    await services.register('Asha Rao'),
    await services.register('Bela Shah'),
  ] as World['people']
  const accountIds: string[] = []
  for (const { id, token } of people) {
    const open = async (body: object): Promise<string> => {
      const answer = await services.call('account', 'POST', '/accounts', {
        token,
        body: { name: 'Another', ...body },
      })
      expect(answer.status, answer.text).toBe(201)
      return answer.body.id
    }
    accountIds.push(
      id,
      await open({ type: 'savings' }),
      await open({ type: 'current', overdraft_limit: overdraftMinor / 100 }),
      await open({ type: 'current', currency: 'USD' }),
    )
  }
  return { model: openModel(), people, accountIds, postingIds: [], holdIds: [], sent: [] }
}

const ownerOf = ({ model }: World, account: number): 0 | 1 => (model.accounts[account] as ModelAccount).owner
const major = (amountMinor: number): string => (amountMinor / 100).toFixed(2)

async function send(world: World, owner: 0 | 1, path: string, body: unknown): Promise<CallAnswer> {
  const person = world.people[owner]
  const key = `step-${world.sent.length}`
  const sent: Sent = { path, person, body, key, answer: undefined as never }
  world.sent.push(sent)
  sent.answer = await callAgain(sent)
  return sent.answer
}

const callAgain = ({ path, person, body, key }: Sent): Promise<CallAnswer> =>
  services.call('transaction', 'POST', path, {
    token: person.token,
    body,
    headers: { 'idempotency-key': key },
  })

/** What the ledger answered is what the model expects. */
function expectStatus(answer: CallAnswer, status: number): void {
  expect(answer.status, answer.text).toBe(status)
}

function singleOf({ accountIds }: World, single: Single): object {
  const amount = major(single.amountMinor)
  return single.kind === 'transfer'
    ? { type: 'transfer', account_id: accountIds[single.from], to_account: accountIds[single.to], amount }
    : { type: single.kind, account_id: accountIds[single.account], amount }
}

function legsOf(single: Single): ModelLeg[] {
  if (single.kind === 'transfer') return moved(single.from, single.to, single.amountMinor)
  const { kind, account, amountMinor } = single
  return [{ account, amountMinor: kind === 'deposit' ? amountMinor : -amountMinor }]
}

const payerOf = (single: Single): number => (single.kind === 'transfer' ? single.from : single.account)

function isSingleTaken(model: Model, single: Single): boolean {
  const isPossible = single.kind !== 'transfer' || isTransferable(model, single.from, single.to)
  return isPossible && isTaken(model, legsOf(single))
}

function keep(world: World, legs: ModelLeg[], kind: ModelPosting['kind'], id: string): void {
  post(world.model, legs, kind)
  world.postingIds.push(id)
}

const kindOf = (single: Single): ModelPosting['kind'] => (single.kind === 'transfer' ? 'transfer' : 'single')

async function step(world: World, operation: Operation): Promise<void> {
  const { model } = world
  switch (operation.kind) {
    case 'deposit':
    case 'withdrawal':
    case 'transfer': {
      const isExpected = isSingleTaken(model, operation)
      const answer = await send(
        world,
        ownerOf(world, payerOf(operation)),
        '/transactions',
        singleOf(world, operation),
      )
      expectStatus(answer, isExpected ? 201 : 422)
      if (isExpected) keep(world, legsOf(operation), kindOf(operation), answer.body.id)
      return
    }
    case 'exchange':
      return stepExchange(world, operation)
    case 'journal':
      return stepJournal(world, operation)
    case 'hold':
      return stepHold(world, operation)
    case 'capture':
    case 'release':
      return stepSettle(world, operation)
    case 'reversal':
      return stepReversal(world, operation)
    case 'state':
      return stepState(world, operation)
    case 'batch':
      return stepBatch(world, operation)
    case 'together':
      return stepTogether(world, operation)
    case 'repeat':
      return stepRepeat(world, operation)
  }
}

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

async function stepExchange(
  world: World,
  { from, to, amountMinor, boughtMinor }: Of<'exchange'>,
): Promise<void> {
  const { model, accountIds } = world
  const answer = await send(world, ownerOf(world, from), '/transactions', {
    type: 'transfer',
    account_id: accountIds[from],
    to_account: accountIds[to],
    amount: major(amountMinor),
    to_amount: major(boughtMinor),
  })
  const isBetweenOwn = ownerOf(world, from) === ownerOf(world, to)
  const isSameCurrency = model.accounts[from]?.currency === model.accounts[to]?.currency
  const legs = [...moved(from, null, amountMinor), { account: to, amountMinor: boughtMinor }]
  if (!isBetweenOwn) return expectStatus(answer, 422)
  if (isSameCurrency) return expectStatus(answer, 400)
  const isExpected = isTaken(model, legs)
  expectStatus(answer, isExpected ? 201 : 422)
  if (isExpected) keep(world, legs, 'exchange', answer.body.id)
}

async function stepJournal(world: World, { from, to, keptMinor, spentMinor }: Of<'journal'>): Promise<void> {
  const { model, accountIds } = world
  const answer = await send(world, ownerOf(world, from), '/transactions', {
    type: 'journal',
    legs: [
      { account_id: accountIds[from], amount: major(-keptMinor - spentMinor) },
      { account_id: accountIds[to], amount: major(keptMinor) },
      { account_id: null, amount: major(spentMinor) },
    ],
  })
  if (ownerOf(world, from) !== ownerOf(world, to)) return expectStatus(answer, 403)
  const legs = [
    { account: from, amountMinor: -keptMinor - spentMinor },
    { account: to, amountMinor: keptMinor },
  ]
  const isExpected = isTransferable(model, from, to) && isTaken(model, legs)
  expectStatus(answer, isExpected ? 201 : 422)
  if (isExpected) keep(world, legs, 'journal', answer.body.id)
}

async function stepHold(world: World, { from, to, amountMinor }: Of<'hold'>): Promise<void> {
  const { model, accountIds } = world
  const answer = await send(world, ownerOf(world, from), '/transactions/holds', {
    account_id: accountIds[from],
    amount: major(amountMinor),
    ...(to === null ? {} : { to_account: accountIds[to] }),
  })
  const isPossible = to === null || isTransferable(model, from, to)
  const isExpected = isPossible && isTaken(model, moved(from, to, amountMinor))
  expectStatus(answer, isExpected ? 201 : 422)
  if (!isExpected) return
  placeHold(model, { from, to, amountMinor })
  world.holdIds.push(answer.body.id)
}

/** By its owner or, every other time, by whom it is for. */
async function stepSettle(world: World, operation: Of<'capture'> | Of<'release'>): Promise<void> {
  const { model, holdIds } = world
  if (holdIds.length === 0) return
  const index = operation.hold % holdIds.length
  const hold = model.holds[index] as ModelHold
  const by = ownerOf(world, operation.hold % 2 === 1 && hold.to !== null ? hold.to : hold.from)
  const amountMinor =
    operation.kind === 'capture' ? Math.max(1, Math.floor((hold.amountMinor * operation.percent) / 100)) : 0
  const body = operation.kind === 'capture' ? { amount: major(amountMinor) } : {}
  const answer = await send(world, by, `/transactions/holds/${holdIds[index]}/${operation.kind}`, body)
  const legs = moved(hold.from, hold.to, amountMinor)
  const isExpected =
    hold.isPlaced &&
    (operation.kind === 'release' || (amountMinor <= hold.amountMinor && isTaken(model, legs, hold)))
  expectStatus(answer, isExpected ? 200 : 422)
  if (!isExpected) return
  letGo(model, hold)
  if (operation.kind === 'capture')
    keep(world, legs, hold.to === null ? 'single' : 'transfer', answer.body.transaction_id)
}

async function stepReversal(world: World, operation: Of<'reversal'>): Promise<void> {
  const { model, postingIds } = world
  if (postingIds.length === 0) return
  const index = operation.posting % postingIds.length
  const posting = model.postings[index] as ModelPosting
  const answer = await send(world, operation.by, `/transactions/${postingIds[index]}/reversal`, {})
  if (!isSeen(model, posting, operation.by)) return expectStatus(answer, 404)
  const legs = mirror(model, posting, operation.by)
  const isExpected = legs !== undefined && isTaken(model, legs)
  expectStatus(answer, isExpected ? 201 : 422)
  if (!isExpected) return
  posting.isReversed = true
  keep(world, legs, 'reversal', answer.body.id)
}

async function stepState(world: World, { account, isFrozen }: Of<'state'>): Promise<void> {
  const { token } = world.people[ownerOf(world, account)]
  const body = { status: isFrozen ? 'frozen' : 'open' }
  const answer = await services.call('account', 'PATCH', `/accounts/${world.accountIds[account]}`, {
    token,
    body,
  })
  expectStatus(answer, 200)
  ;(world.model.accounts[account] as ModelAccount).isFrozen = isFrozen
}

/** Parts of the other person's are left out: they would be taken from the primary account. */
async function stepBatch(world: World, { owner, isAtomic, parts }: Of<'batch'>): Promise<void> {
  const own = parts.filter((part) => ownerOf(world, payerOf(part)) === owner)
  if (own.length === 0) return
  const answer = await send(world, owner, '/transactions/batch', {
    mode: isAtomic ? 'atomic' : 'independent',
    transactions: own.map((part) => singleOf(world, part)),
  })
  const draft = structuredClone(world.model)
  const expected = own.map((part) => {
    const isExpected = isSingleTaken(draft, part)
    if (isExpected) post(draft, legsOf(part), kindOf(part))
    return isExpected
  })
  if (isAtomic && expected.includes(false)) return expectStatus(answer, 422)
  expectStatus(answer, 201)
  const { results } = answer.body
  expect(results.map(({ status }: { status: number }) => status === 201)).toEqual(expected)
  for (const [index, part] of own.entries())
    if (expected[index]) keep(world, legsOf(part), kindOf(part), results[index].transaction.id)
}

/** All at the same moment: which of them are taken is theirs to say; that they add up is looked at afterwards. */
async function stepTogether(world: World, { parts }: Of<'together'>): Promise<void> {
  const answers = await Promise.all(
    parts.map((part) => send(world, ownerOf(world, payerOf(part)), '/transactions', singleOf(world, part))),
  )
  for (const [index, part] of parts.entries()) {
    const answer = answers[index] as CallAnswer
    expect([201, 422], answer.text).toContain(answer.status)
    if (answer.status === 201) keep(world, legsOf(part), kindOf(part), answer.body.id)
  }
}

async function stepRepeat(world: World, operation: Of<'repeat'>): Promise<void> {
  if (world.sent.length === 0) return
  const sent = world.sent[operation.step % world.sent.length] as Sent
  // Neither is kept, and both would be decided anew.
  if (sent.answer.status === 400 || sent.answer.status === 403) return
  const again = await callAgain(sent)
  expect([again.status, again.text]).toEqual([sent.answer.status, sent.answer.text])
}

interface FoundAccount {
  id: string
  kind: string
  currency: string
  balance: number
  held: number
  floor: number | null
  position: number
  sum: number
  entries: number
  newest: number
  placed: number
}

async function checkInvariants({ model, people, accountIds }: World): Promise<void> {
  const owners = people.map(({ id }) => id)
  const found = await services.database.admin<FoundAccount[]>`
    select a.id, a.kind, a.currency, a.balance_minor::float8 as balance, a.held_minor::float8 as held, a.floor_minor::float8 as floor,
      a.entry_count::int as position, coalesce(e.sum, 0)::float8 as sum, e.entries::int, coalesce(e.newest, 0) as newest,
      coalesce(h.placed, 0)::float8 as placed
    from transaction.accounts a
    cross join lateral (
      select sum(amount_minor) as sum, count(*) as entries, max(number) as newest from transaction.entries where account_no = a.no) e
    cross join lateral (
      select sum(amount_minor) as placed from transaction.holds where account_id = a.id and state = 'placed') h
    where a.owner_id = any(${owners}::uuid[])`
  for (const [currency, accounts] of Map.groupBy(found, (row) => row.currency)) {
    const sum = accounts.reduce((total, { balance }) => total + balance, 0)
    expect(sum, `the sum of all balances in ${currency}`).toBe(0)
  }
  for (const row of found) {
    expect({
      ...row,
      sum: row.balance,
      entries: row.position,
      newest: row.position,
      placed: row.held,
    }).toEqual(row)
    if (row.floor !== null && row.kind === 'person')
      expect(row.balance - row.held, `the floor of ${row.id}`).toBeGreaterThanOrEqual(row.floor)
  }
  const known = new Map(found.map((row) => [row.id, row]))
  const shown = accountIds.map((id) => ({
    balanceMinor: known.get(id)?.balance,
    heldMinor: known.get(id)?.held,
  }))
  expect(shown).toEqual(model.accounts.map(({ balanceMinor, heldMinor }) => ({ balanceMinor, heldMinor })))
}

const runs = Number(process.env.FINTWIN_RANDOM_RUNS ?? 0)
const seed = Number(process.env.FINTWIN_RANDOM_SEED ?? 0)

it('does what the model does, step by step, whatever the sequence', { timeout: 3_600_000 }, async () => {
  const property = fc.asyncProperty(
    fc.array(anyOperation, { minLength: 1, maxLength: 40 }),
    async (operations) => {
      const world = await openWorld()
      await step(world, { kind: 'deposit', account: 0, amountMinor: 50_000 })
      await step(world, { kind: 'deposit', account: accountsEach, amountMinor: 50_000 })
      for (const operation of operations) {
        await step(world, operation)
        await checkInvariants(world)
      }
    },
  )
  await fc.assert(property, {
    ...(seed ? { seed } : {}),
    ...(runs ? { numRuns: runs } : { numRuns: 40, interruptAfterTimeLimit: 15_000 }),
    markInterruptAsFailure: false,
  })
})
