// A client: sends what the table of operations makes, one request after another, and asks again under the same key until it is answered.
import { setTimeout as sleep } from 'node:timers/promises'
import { Violation } from './book.ts'
import { type Answer, operations, type Request, type Scene } from './operations.ts'

export interface Load {
  transactionUrl: string
  /** Names the run in every key. */
  runName: string
  isOver(): boolean
}

let keys = 0

/** Works until the load is over, and ends when its last request is answered. @throws Violation */
export async function runClient(scene: Scene, load: Load): Promise<void> {
  while (!load.isOver()) {
    const request = scene.random.pickWeighted(operations).prepare(scene)
    if (request) await perform(scene, load, request)
    await sleep(scene.random.between(20, 120))
  }
}

/** Keyed requests are sent until they are answered; one without a key is sent once. */
async function perform(scene: Scene, load: Load, request: Request): Promise<void> {
  const { book } = scene
  const key = request.key === undefined ? `${load.runName}-key-${++keys}` : request.key
  const begunMs = performance.now()
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    if (attempt > 1) book.counts.retried += 1
    const answer = await send(scene, load, request, key)
    if (answer && isFinal(answer)) {
      const nowMs = performance.now()
      if (answer.status < 300) book.acknowledgedAtMs.push(nowMs)
      if (attempt === 1 && answer.status < 300) book.latenciesMs.push(nowMs - begunMs)
      checkStatus(request, answer)
      request.settle(answer)
      if (key !== null) await keep(scene, load, { request, key, answer, wasCutOff: attempt > 1 })
      return
    }
    book.counts.cutOff += 1
    if (key === null) return request.lose?.()
    await sleep(scene.random.between(50, Math.min(2_000, 200 * attempt)))
  }
  throw new Violation(
    `${request.path} was not answered after ${mostAttempts} tries: ${JSON.stringify(request.body)}`,
  )
}

/** Some minutes of them. */
const mostAttempts = 300

/** Undefined when the connection died. @throws Violation for an answer that no fault excuses. */
async function send(
  { person }: Scene,
  { transactionUrl }: Load,
  { path, body }: Request,
  key: string | null,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${transactionUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${person.token}`,
        'content-type': 'application/json',
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(40_000),
    })
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  }
}

/** 409: it is being answered elsewhere. 503: something is down, and whether it was done is not known. */
const isFinal = ({ status }: Answer): boolean => status !== 409 && status !== 503

function checkStatus({ path, body, refusals, isAlwaysRefused }: Request, { status, text }: Answer): void {
  const isRight = status < 300 ? !isAlwaysRefused : refusals.includes(status)
  if (!isRight)
    throw new Violation(`POST ${path} ${JSON.stringify(body)} was answered with ${status} ${text}`)
}

/** So many a client remembers to repeat, however long the run is. */
const mostKept = 20_000

interface Answered {
  request: Request
  key: string
  answer: Answer
  wasCutOff: boolean
}

/** Kept answers are sent for again now and then; one that came after a cut-off, at once. */
async function keep(scene: Scene, load: Load, { request, key, answer, wasCutOff }: Answered): Promise<void> {
  const { status, text } = answer
  const isKept = status < 300 || status === 404 || status === 422
  const isOwn = request.key === undefined
  if (!isKept || !isOwn) return
  const { path, body } = request
  const { kept } = scene.book
  kept.push({ callerId: scene.person.id, path, key, body, status, text })
  if (kept.length > mostKept) kept.splice(0, mostKept / 2)
  if (!wasCutOff) return
  const again = await send(scene, load, request, key)
  if (again && isFinal(again) && (again.status !== status || again.text !== text))
    throw new Violation(
      `${key} was answered with ${status} ${text} and then with ${again.status} ${again.text}`,
    )
}
