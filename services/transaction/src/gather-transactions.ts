// Gathers the transactions that arrive while the last ones are being written, and posts them in one call: the one place that acts for many
// people in one transaction.
import {
  type Answer,
  asNobody,
  type Database,
  isDatabaseDown,
  isRefusal,
  type KeyedRequest,
  keyInFlight,
  keyReused,
  type Refusal,
  Refused,
  renderAnswer,
  type StoredAnswer,
  type Tx,
} from '@fintwin/platform'
import { accountsOf, asRow, decide, type TransactionBody } from './post-transactions.ts'
import { renderTransaction } from './render-transaction.ts'
import type { Proposal } from './rules/propose-transaction.ts'
import { findAnswers, keepAnswers } from './store/answers.ts'
import { type DecidedPosting, lockAccounts, post } from './store/ledger.ts'
import { findLockedAccounts } from './store/locked-accounts.ts'
import { createWaitingRoom, divideByHeld } from './wait-for-accounts.ts'

export interface GatheredRequest {
  callerId: string
  body: TransactionBody
  proposal: Proposal | Refusal
  keyed: KeyedRequest | undefined
}

export interface Gatherer {
  /**
   * Posts or refuses one, together with whatever else is waiting. Refusals of 404 and 422 are answers, as they are kept under their key.
   * @throws Refused any other refusal
   */
  submit(request: GatheredRequest): Promise<StoredAnswer>
  /** Ends after what is waiting. */
  stop(): Promise<void>
}

export interface GathererOptions {
  /** One connection, whose statements give up waiting for a row after a moment. */
  writer: Database
  /** Another one, whose statements wait about a second: for those whose account somebody else is holding. */
  patient: Database
  locale: string
  afterCommit: () => void
}

/** Postings of one call. More would make the first of them wait for the last. */
const mostAtOnce = 500

interface Waiting extends GatheredRequest {
  accountIds: string[]
  resolve: (answer: StoredAnswer) => void
  reject: (error: unknown) => void
}

/**
 * No timer: a call is written as soon as the one before it is, with all that arrived meanwhile, so a lone request waits for nobody and a crowd
 * shares one commit. One writer keeps the order of arrival for every account.
 */
export function createGatherer(options: GathererOptions): Gatherer {
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined
  const underWay = new Set<string>()
  const aside = createWaitingRoom<Waiting>({
    findHeld: (requests) => findHeld(options.patient, requests),
    write: (requests) => writeCall(options.patient, options, requests),
    giveUp: ({ reject }, error) => reject(error),
    mostAtOnce,
  })

  const run = async (): Promise<void> => {
    // What else arrived in this turn of the event loop comes along.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    while (waiting.length > 0) {
      const call = aside.keepBack(waiting.slice(0, mostAtOnce))
      waiting = waiting.slice(mostAtOnce)
      const { late, held } = await writeFree(options, call)
      if (late.length > 0) aside.add(late, held)
    }
    running = undefined
  }

  return {
    async submit(request) {
      const name = request.keyed && `${request.callerId} ${request.keyed.path} ${request.keyed.key}`
      if (name !== undefined) {
        if (underWay.has(name)) throw new Refused(keyInFlight)
        underWay.add(name)
      }
      try {
        return await new Promise<StoredAnswer>((resolve, reject) => {
          waiting.push({ ...request, accountIds: accountsOf([request.proposal]), resolve, reject })
          running ??= run()
        })
      } finally {
        if (name !== undefined) underWay.delete(name)
      }
    },
    async stop() {
      await running
      await aside.empty()
    },
  }
}

/**
 * Writes what was gathered, but for those whose account somebody else is holding, for a long import, say: gives them back, with the accounts that
 * are held.
 */
async function writeFree(
  options: GathererOptions,
  call: Waiting[],
): Promise<{ late: Waiting[]; held: Set<string> }> {
  if (call.length === 0) return { late: [], held: new Set() }
  const unwritten = await writeCall(options.writer, options, call)
  if (unwritten.length === 0) return { late: [], held: new Set() }
  const held = await findHeld(options.writer, unwritten).catch(() => new Set<string>())
  const { free, late } = divideByHeld(unwritten, held)
  if (free.length === 0 || late.length === 0) return { late: unwritten, held }
  const rest = await writeFree(options, free)
  return { late: [...late, ...rest.late], held: held.union(rest.held) }
}

function findHeld(database: Database, requests: readonly Waiting[]): Promise<Set<string>> {
  const ids = accountsOf(requests.map(({ proposal }) => proposal))
  return asNobody(database, (tx) => findLockedAccounts(tx, ids))
}

/** Writes and answers in one transaction; gives back those who have to wait for an account. */
async function writeCall(database: Database, options: GathererOptions, call: Waiting[]): Promise<Waiting[]> {
  let settled: Settled[]
  try {
    settled = await asNobody(database, (tx) => answerAll(tx, call, options.locale))
  } catch (error) {
    if (isLockTimeout(error)) return call
    if (isKeyTaken(error)) return writeCall(database, options, call)
    if (call.length === 1 || isDatabaseDown(error)) {
      for (const { reject } of call) reject(error)
      return []
    }
    // One of them breaks something that no decision foresaw: each alone, so that it fails by itself.
    const late: Waiting[] = []
    for (const request of call) late.push(...(await writeCall(database, options, [request])))
    return late
  }
  settle(settled, options)
  return []
}

interface Settled {
  request: Waiting
  outcome: StoredAnswer | Refused
}

function settle(settled: Settled[], { afterCommit }: GathererOptions): void {
  for (const { request, outcome } of settled) {
    if (outcome instanceof Refused) request.reject(outcome)
    else request.resolve(outcome)
  }
  afterCommit()
}

/** Looks for kept answers, locks, decides in order, posts and keeps, in one transaction that is nobody's. */
async function answerAll(tx: Tx, call: Waiting[], locale: string): Promise<Settled[]> {
  const [known, accounts] = await Promise.all([
    findKnown(tx, call),
    lockAccounts(tx, accountsOf(call.map(({ proposal }) => proposal))),
  ])
  const postings: DecidedPosting[] = []
  const settled = call.map((request): Settled => {
    const answered = known.get(request)
    if (answered) return { request, outcome: answered }
    const { proposal, body, callerId } = request
    const decision = isRefusal(proposal) ? proposal : decide(proposal, body, accounts, { callerId, locale })
    if (isRefusal(decision)) return { request, outcome: answerOf(decision) }
    postings.push(decision)
    const answer = { status: 201, body: renderTransaction(asRow(decision, accounts)) }
    return { request, outcome: answerOf(answer) }
  })
  const kept = settled.flatMap(({ request, outcome }) =>
    request.keyed && !known.has(request) && !(outcome instanceof Refused)
      ? [{ call: { ...request.keyed, callerId: request.callerId }, answer: outcome }]
      : [],
  )
  await Promise.all([
    postings.length > 0 ? post(tx, postings, accounts.postedAfter) : undefined,
    kept.length > 0 ? keepAnswers(tx, kept) : undefined,
  ])
  return settled
}

function answerOf(outcome: Answer | Refusal): StoredAnswer | Refused {
  try {
    return renderAnswer(outcome)
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

/** Requests whose answer does not need a decision: answered before, answered elsewhere now, or a key used for something else. */
async function findKnown(tx: Tx, call: Waiting[]): Promise<Map<Waiting, StoredAnswer | Refused>> {
  const keyed = call.filter((request) => request.keyed !== undefined)
  if (keyed.length === 0) return new Map()
  const found = await findAnswers(
    tx,
    keyed.map((request) => ({ ...(request.keyed as KeyedRequest), callerId: request.callerId })),
  )
  const known = new Map<Waiting, StoredAnswer | Refused>()
  for (const [index, request] of keyed.entries()) {
    const before = found[index]
    if (!before?.isFree) known.set(request, new Refused(keyInFlight))
    else if (before.answer && before.bodyHash !== request.keyed?.bodyHash)
      known.set(request, new Refused(keyReused))
    else if (before.answer) known.set(request, before.answer)
  }
  return known
}

/** Another process kept its answer to the same key at this very moment: there it is now. */
function isKeyTaken(error: unknown): boolean {
  const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string }
  return code === '23505' && constraint === 'idempotency_keys_pkey'
}

const isLockTimeout = (error: unknown): boolean => (error as { code?: string } | null)?.code === '55P03'
