// The load generators: what they send is whole, what they count is what was answered.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { driveClosed, generateLoad, requestFileIn } from '../drive-load.ts'
import { writeRequests } from '../request-file.ts'

interface Seen {
  sender: string
  key: string | undefined
  target: string
}

const seen: Seen[] = []
let answerStatus = 201
let server: Server
let folder: string
let requestFile: string
let port: number

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({
        sender: `${request.headers.authorization}`.replace('Bearer ', ''),
        key: request.headers['idempotency-key'] as string | undefined,
        target: JSON.parse(body).to,
      })
      response.writeHead(answerStatus, { 'content-length': 2 }).end('ok')
    })
  })
  // As nginx does, a connection ends after some requests.
  server.maxRequestsPerSocket = 7
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  folder = await mkdtemp(join(tmpdir(), 'fintwin-bench-'))
  const senders = ['a', 'b', 'c'].map((token) => ({ token, path: '/', body: '{"to":"' }))
  requestFile = await requestFileIn(folder, 'three', writeRequests(senders, ['a"}', 'b"}', 'c"}']))
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(() => {
  seen.length = 0
  answerStatus = 201
})

const plan = () => ({ host: '127.0.0.1', port, requestFile, connections: 4, status: 201 })

describe('generate-load', () => {
  test('sends as many requests as it was told, from everyone to everyone else', async () => {
    const { answered, counted } = await generateLoad({ ...plan(), count: 200, countedText: 'ok' })
    expect(answered).toBe(200)
    expect(counted).toBe(200)
    expect(seen).toHaveLength(200)
    expect(new Set(seen.map(({ sender }) => sender))).toEqual(new Set(['a', 'b', 'c']))
    expect(seen.filter(({ sender, target }) => sender === target)).toEqual([])
  })

  test('keeps to a rate', async () => {
    const { answered, seconds } = await generateLoad({ ...plan(), perSecond: 200, seconds: 2 })
    expect(answered).toBe(seen.length)
    expect(answered).toBeGreaterThan(300)
    expect(answered).toBeLessThan(500)
    expect(seconds).toBeGreaterThan(1.9)
  })

  test('gives each request a key of its own where keys are asked for', async () => {
    await generateLoad({ ...plan(), count: 50, keyPrefix: 'run' })
    expect(new Set(seen.map(({ key }) => key)).size).toBe(50)
  })

  test('fails when an answer has another status', async () => {
    answerStatus = 503
    await expect(generateLoad({ ...plan(), count: 10 })).rejects.toThrow('10 had another status')
  })
})

const hasWrk = spawnSync('wrk', ['-v']).error === undefined

describe.runIf(hasWrk || process.env.CI === 'true')('wrk', () => {
  const load = () => ({
    url: `http://localhost:${port}`,
    requestFile,
    connections: 4,
    seconds: 1,
    status: 201,
  })

  test('sends whole requests, from everyone to everyone else', async () => {
    const { answered } = await driveClosed({ ...load(), keyPrefix: 'run' })
    expect(answered).toBeGreaterThan(10)
    expect(seen.length).toBeGreaterThanOrEqual(answered)
    expect(seen.filter(({ sender, target }) => sender === target)).toEqual([])
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length)
  })

  test('fails when an answer has another status', async () => {
    answerStatus = 200
    await expect(driveClosed(load())).rejects.toThrow('had another status')
  })
})
