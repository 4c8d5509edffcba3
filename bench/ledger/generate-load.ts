// A load generator as a process of its own: raw HTTP over keep-alive connections. Closed (each connection sends when it was answered) or open
// (requests come at a rate, whether or not earlier ones were answered, and wait from the moment they were meant to be sent).
import { connect, type Socket } from 'node:net'
import { loadRequests, type RequestParts } from './request-file.ts'

export interface LoadPlan {
  host: string
  port: number
  requestFile: string
  connections: number
  /** The status that each answer must have. */
  status: number
  /** Text to count in the answers, to tell how many parts of a batch were posted. */
  countedText?: string
  /** Ends after this long, or after `count` answers. */
  seconds?: number
  count?: number
  /** Requests a second: open. They come independently of one another (Poisson), as those of many people do. */
  perSecond?: number
  /** Begins the Idempotency-Keys; without it none are sent. */
  keyPrefix?: string
}

export interface LoadResult {
  answered: number
  seconds: number
  /** Answers of another status. */
  refused: number
  /** Connections that broke. */
  failed: number
  /** Latencies in ms. */
  p50: number
  p90: number
  p99: number
  max: number
  counted?: number
}

interface Connection {
  socket: Socket
  /** When the request under way was sent, or was meant to be; none is under way without it. */
  sinceMs: number | undefined
  chunks: Buffer[]
  bytes: number
  expectedBytes: number
}

class Generator {
  readonly plan: LoadPlan
  readonly parts: RequestParts
  readonly latenciesMs: number[] = []
  readonly idle: Connection[] = []
  readonly dueMs: number[] = []
  refused = 0
  failed = 0
  counted = 0
  sent = 0
  underWay = 0

  constructor(plan: LoadPlan, parts: RequestParts) {
    this.plan = plan
    this.parts = parts
  }

  async run(): Promise<LoadResult> {
    const { connections, seconds = Number.POSITIVE_INFINITY, perSecond } = this.plan
    const opened = await Promise.all(Array.from({ length: connections }, () => this.open()))
    this.idle.push(...opened)
    const startedMs = performance.now()
    const endsMs = startedMs + seconds * 1000
    if (perSecond) await this.sendAtRate(startedMs, endsMs, perSecond)
    else await this.sendWhenAnswered(endsMs)
    const tookMs = performance.now() - startedMs
    for (const { socket } of this.idle) socket.destroy()
    return this.summarise(tookMs / 1000)
  }

  private async sendWhenAnswered(endsMs: number): Promise<void> {
    const { count = Number.POSITIVE_INFINITY } = this.plan
    const isOver = (): boolean => performance.now() >= endsMs || this.sent >= count
    await new Promise<void>((resolve) => {
      const next = (): void => {
        while (!isOver() && this.idle.length > 0)
          this.send(this.idle.shift() as Connection, performance.now())
        if (isOver() && this.underWay === 0) resolve()
      }
      this.onIdle = next
      next()
    })
  }

  private async sendAtRate(startedMs: number, endsMs: number, perSecond: number): Promise<void> {
    const gapMs = (): number => (-Math.log(1 - Math.random()) * 1000) / perSecond
    let nextMs = startedMs + gapMs()
    const sendDue = (): void => {
      while (this.dueMs.length > 0 && this.idle.length > 0)
        this.send(this.idle.shift() as Connection, this.dueMs.shift() as number)
    }
    this.onIdle = sendDue
    await new Promise<void>((resolve) => {
      const tick = (): void => {
        for (const nowMs = performance.now(); nextMs <= nowMs && nextMs < endsMs; nextMs += gapMs())
          this.dueMs.push(nextMs)
        sendDue()
        if (nextMs >= endsMs && this.dueMs.length === 0 && this.underWay === 0) resolve()
        else setTimeout(tick, Math.max(0, Math.min(nextMs - performance.now(), 1)))
      }
      tick()
    })
  }

  private onIdle: () => void = () => {}

  private send(connection: Connection, sinceMs: number): void {
    connection.sinceMs = sinceMs
    this.underWay += 1
    this.sent += 1
    connection.socket.write(this.compose())
  }

  private compose(): string {
    const { heads, bodies, endings } = this.parts
    const head = Math.floor(Math.random() * heads.length)
    let ending = Math.floor(Math.random() * endings.length)
    if (endings.length === heads.length && ending === head) ending = (ending + 1) % endings.length
    const { keyPrefix } = this.plan
    const key = keyPrefix ? `Idempotency-Key: ${keyPrefix}-${this.sent}\r\n` : ''
    return `${heads[head]}${key}${bodies[head]}${endings[ending]}`
  }

  private open(): Promise<Connection> {
    const { host, port } = this.plan
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true })
      const connection = { socket, sinceMs: undefined, chunks: [], bytes: 0, expectedBytes: 0 }
      socket.once('connect', () => resolve(connection))
      socket.once('error', reject)
      socket.on('data', (chunk) => this.receive(connection, chunk))
      socket.once('close', () => this.lose(connection))
    })
  }

  private receive(connection: Connection, chunk: Buffer): void {
    connection.chunks.push(chunk)
    connection.bytes += chunk.length
    if (connection.expectedBytes === 0) {
      const head = (connection.chunks.length === 1 ? chunk : Buffer.concat(connection.chunks)).toString(
        'latin1',
      )
      const headBytes = head.indexOf('\r\n\r\n') + 4
      if (headBytes < 4) return
      const length = /^content-length: (\d+)\r/im.exec(head)
      if (!length) throw new Error(`An answer without Content-Length: ${head.slice(0, 200)}`)
      connection.expectedBytes = headBytes + Number(length[1])
    }
    if (connection.bytes >= connection.expectedBytes) this.finish(connection)
  }

  private finish(connection: Connection): void {
    const { status, countedText } = this.plan
    const answer =
      connection.chunks.length === 1 ? (connection.chunks[0] as Buffer) : Buffer.concat(connection.chunks)
    this.latenciesMs.push(performance.now() - (connection.sinceMs as number))
    if (answer.toString('latin1', 9, 12) !== String(status)) this.refused += 1
    if (countedText) this.counted += answer.toString('latin1').split(countedText).length - 1
    const isLast = /\r\nconnection: close\r/i.test(answer.toString('latin1', 0, 2048))
    Object.assign(connection, { sinceMs: undefined, chunks: [], bytes: 0, expectedBytes: 0 })
    this.underWay -= 1
    if (isLast) this.replace(connection)
    else this.idle.push(connection)
    this.onIdle()
  }

  /** nginx closes a connection after a thousand requests; a new one takes its place. */
  private replace(connection: Connection): void {
    connection.socket.removeAllListeners('close').destroy()
    this.underWay += 1
    void this.open().then((fresh) => {
      this.underWay -= 1
      this.idle.push(fresh)
      this.onIdle()
    })
  }

  private lose(connection: Connection): void {
    const at = this.idle.indexOf(connection)
    if (at >= 0) this.idle.splice(at, 1)
    if (connection.sinceMs === undefined) return
    this.failed += 1
    connection.sinceMs = undefined
    this.underWay -= 1
    this.replace(connection)
  }

  private summarise(seconds: number): LoadResult {
    const sorted = Float64Array.from(this.latenciesMs).sort()
    const percentile = (share: number): number =>
      sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
    return {
      answered: this.latenciesMs.length,
      seconds,
      refused: this.refused,
      failed: this.failed,
      p50: percentile(0.5),
      p90: percentile(0.9),
      p99: percentile(0.99),
      max: percentile(1),
      ...(this.plan.countedText ? { counted: this.counted } : {}),
    }
  }
}

if (import.meta.main) {
  const plan = JSON.parse(process.argv[2] ?? '') as LoadPlan
  const result = await new Generator(plan, await loadRequests(plan.requestFile)).run()
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
