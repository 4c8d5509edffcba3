// Writes that happen once: the answer to an `Idempotency-Key` is recorded in the same transaction as its effect.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { asPerson, type Database, type Tx } from './database.ts'
import { isRefusal, problemOf, type Refusal, Refused, refuse, statusOf } from './refusal.ts'

/** What a story answers when nothing stood in its way. */
export interface Answer {
  status: number
  body: unknown
}

/** An answer as it is kept and sent: the same bytes each time. */
export interface StoredAnswer {
  status: number
  content_type: string
  body: string
}

export interface WriteOptions {
  /** What makes two bodies the same; the parsed body unless told. */
  fingerprint?: string
  /** Whose rows are written when it is a service that calls: the story runs in that person's name. */
  ownerId?: string
  /** Runs after the commit, and not for a repeated answer. */
  afterCommit?: () => void
}

/** One kept answer in so many also clears away the person's own old ones: no job that sees everybody's is needed. */
const forgetChance = 1 / 100

/**
 * Runs a story as the caller in one transaction and sends its answer. With an `Idempotency-Key`, a repeat sends the first answer byte for
 * byte and does nothing. A story decides before it writes: answers of 2xx, 404 and 422 are kept with their transaction, any other refusal
 * rolls it back.
 */
export async function writeOnce(
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  story: (tx: Tx) => Promise<Answer | Refusal>,
  options: WriteOptions = {},
): Promise<void> {
  const keyed = readIdempotencyKey(request, options.fingerprint)
  const personId = options.ownerId ?? request.caller.personId
  let repeated = false
  const answer = await asPerson(database, personId, async (tx) => {
    if (keyed === undefined) return renderAnswer(await story(tx))
    const kept = await findKeptAnswer(tx, personId, keyed)
    if (kept) {
      repeated = true
      return kept
    }
    const rendered = renderAnswer(await story(tx))
    await keepAnswer(tx, personId, keyed, rendered)
    if (Math.random() < forgetChance) await forgetOldAnswers(tx, personId)
    return rendered
  })
  if (!repeated) options.afterCommit?.()
  sendAnswer(reply, answer)
}

export function sendAnswer(reply: FastifyReply, answer: StoredAnswer): void {
  reply.code(answer.status).header('content-type', answer.content_type).send(answer.body)
}

/** What an `Idempotency-Key` is of: the call, the key, and the digest of what came with it. */
export interface KeyedRequest {
  path: string
  key: string
  bodyHash: string
}

/** Undefined without the header. @throws Refused `malformed_request` when it is no key. */
export function readIdempotencyKey(request: FastifyRequest, fingerprint?: string): KeyedRequest | undefined {
  const key = idempotencyKey(request)
  if (key === undefined) return undefined
  const bodyHash = sha256(fingerprint ?? JSON.stringify([request.query, request.body ?? null]))
  return { key, path: pathOf(request), bodyHash }
}

/** Method and path; a service's calls are apart from the person's own. */
function pathOf({ method, url, callingService }: FastifyRequest): string {
  const call = `${method} ${url.split('?')[0]?.replace(/\/$/, '')}`
  return callingService ? `${callingService} ${call}` : call
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new Refused(
      refuse('malformed_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.'),
    )
  }
  return header
}

/**
 * The bytes of an answer that is kept: 2xx, 404 or 422.
 * @throws Refused any other refusal, which rolls its transaction back.
 */
export function renderAnswer(outcome: Answer | Refusal): StoredAnswer {
  if (!isRefusal(outcome)) {
    return {
      status: outcome.status,
      content_type: 'application/json; charset=utf-8',
      body: JSON.stringify(outcome.body),
    }
  }
  const status = statusOf(outcome)
  if (status !== 404 && status !== 422) throw new Refused(outcome)
  return {
    status,
    content_type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify(problemOf(outcome)),
  }
}

async function findKeptAnswer(
  tx: Tx,
  personId: string,
  { path, key, bodyHash }: KeyedRequest,
): Promise<StoredAnswer | undefined> {
  const [lock] = await tx<{ free: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${personId} ${path} ${key}`}, 0)) as free`
  if (!lock?.free) throw new Refused(keyInFlight)
  const [kept] = await tx<(StoredAnswer & { body_hash: string })[]>`
    select status, content_type, body, body_hash from idempotency_keys
    where owner_id = ${personId} and path = ${path} and key = ${key}`
  if (kept && kept.body_hash !== bodyHash) throw new Refused(keyReused)
  return kept
}

export const keyInFlight: Refusal = refuse(
  'idempotency_key_in_flight',
  'A request with this key is still being answered; try again.',
)
export const keyReused: Refusal = refuse(
  'idempotency_key_reused',
  'This Idempotency-Key was already used with another request.',
)

async function keepAnswer(
  tx: Tx,
  personId: string,
  { path, key, bodyHash }: KeyedRequest,
  answer: StoredAnswer,
): Promise<void> {
  await tx`
    insert into idempotency_keys (owner_id, path, key, body_hash, status, content_type, body)
    values (${personId}, ${path}, ${key}, ${bodyHash}, ${answer.status}, ${answer.content_type}, ${answer.body})`
}

/** Answers are promised for 24 hours; twice as long leaves room for clocks. Row security shows nobody else's. */
async function forgetOldAnswers(tx: Tx, personId: string): Promise<void> {
  await tx`delete from idempotency_keys where owner_id = ${personId} and created_at < now() - interval '48 hours'`
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')
