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
  /** For what has to wait for its row. */
  patient: Database
  locale: string
  afterCommit: () => void
}

/** Postings of one call. More would make the first of them wait for the last. */
const mostAtOnce = 500

interface Waiting extends GatheredRequest {
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
  const aside = new Set<Promise<void>>()

  const run = async (): Promise<void> => {
    // What else arrived in this turn of the event loop comes along.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    while (waiting.length > 0) {
      const call = waiting.slice(0, mostAtOnce)
      waiting = waiting.slice(mostAtOnce)
      const late = await writeCall(options, call)
      for (const request of late) {
        const writing = writeAlone(options.patient, options, request).finally(() => aside.delete(writing))
        aside.add(writing)
      }
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
          waiting.push({ ...request, resolve, reject })
          running ??= run()
        })
      } finally {
        if (name !== undefined) underWay.delete(name)
      }
    },
    async stop() {
      await running
      await Promise.all(aside)
    },
  }
}

/** Writes what was gathered, and gives back those that must wait for an account that somebody else is holding. */
async function writeCall(options: GathererOptions, call: Waiting[]): Promise<Waiting[]> {
  try {
    settle(await asNobody(options.writer, (tx) => answerAll(tx, call, options.locale)), options)
    return []
  } catch (error) {
    if (isLockTimeout(error)) return writeWithoutLocked(options, call)
    if (call.length === 1 || isDatabaseDown(error)) {
      for (const { reject } of call) reject(error)
      return []
    }
    // One of them breaks something that no decision foresaw: each alone, so that it fails by itself.
    for (const request of call) await writeAlone(options.writer, options, request)
    return []
  }
}

/** A long import, say, holds somebody's accounts: theirs wait, the others' do not. */
async function writeWithoutLocked(options: GathererOptions, call: Waiting[]): Promise<Waiting[]> {
  const ids = accountsOf(call.map(({ proposal }) => proposal))
  const locked = await asNobody(options.writer, (tx) => findLockedAccounts(tx, ids)).catch(() => new Set(ids))
  const isFree = ({ proposal }: Waiting): boolean =>
    isRefusal(proposal) || !proposal.legs.some(({ accountId }) => locked.has(accountId))
  const free = call.filter(isFree)
  const late = call.filter((request) => !isFree(request))
  if (free.length === 0) return late
  return [...late, ...(late.length === 0 ? free : await writeCall(options, free))]
}

async function writeAlone(database: Database, options: GathererOptions, request: Waiting): Promise<void> {
  try {
    settle(await asNobody(database, (tx) => answerAll(tx, [request], options.locale)), options)
  } catch (error) {
    request.reject(error)
  }
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

const isLockTimeout = (error: unknown): boolean => (error as { code?: string } | null)?.code === '55P03'
