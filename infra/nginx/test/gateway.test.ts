// The gateway on a real nginx before stub services: what reaches a service, what never does, and what the gateway says itself.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServiceName, services } from '@fintwin/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findNginx, type GatewayProcess, startGateway } from '../start-gateway.ts'

interface Arrival {
  service: ServiceName
  method: string
  url: string
  headers: IncomingMessage['headers']
  /** Port of the gateway's end: one connection. */
  connection: number | undefined
}

const nginx = findNginx()
if (!nginx && process.env.CI === 'true')
  throw new Error('nginx is not installed, and CI must test the gateway on it.')
if (!nginx) console.warn('nginx is not installed: the gateway is not tested.')

describe.skipIf(!nginx)('gateway', () => {
  const arrivals: Arrival[] = []
  const stubs: Server[] = []
  let folder: string
  let gateway: GatewayProcess
  let port: number

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fintwin-gateway-'))
    await mkdir(join(folder, 'web/assets'), { recursive: true })
    await writeFile(join(folder, 'web/index.html'), '<!doctype html><title>FinTwin</title>')
    await writeFile(join(folder, 'web/assets/app-abc123.js'), `// ${'x'.repeat(4000)}`)
    const upstreams = {} as Record<ServiceName, string>
    for (const { name } of services) upstreams[name] = await startStub(name)
    upstreams.portfolio = `127.0.0.1:${await freePort()}`
    port = await freePort()
    const settings = { GATEWAY_RATE: '2000', GATEWAY_RATE_AUTH: '2', GATEWAY_CONNECTIONS: '50' }
    gateway = await startGateway({
      port,
      upstreams,
      webRoot: join(folder, 'web'),
      runFolder: join(folder, 'run'),
      settings,
    })
  })

  afterAll(async () => {
    await gateway?.stop()
    for (const stub of stubs) stub.closeAllConnections()
    for (const stub of stubs) stub.close()
    await rm(folder, { recursive: true, force: true })
  })

  beforeEach(() => {
    arrivals.length = 0
  })

  async function startStub(service: ServiceName): Promise<string> {
    const stub = createServer((request, response) => {
      const { method = '', url = '', headers, socket } = request
      arrivals.push({ service, method, url, headers, connection: socket.remotePort })
      answerAsStub(request, response)
    })
    stubs.push(stub)
    await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(stub.address() as AddressInfo).port}`
  }

  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })

  /** Sends bytes as they are; a client library would tidy them. */
  function send(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(answer))
      setTimeout(() => socket.end(), 300)
    })
  }

  const get = (path: string): Promise<string> =>
    send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  const statusOf = (answer: string): number => Number(answer.slice(9, 12))

  async function expectProblem(response: Response, status: number, code: string): Promise<void> {
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status, code, type: `urn:fintwin:problem:${code}` })
  }

  describe('routes', () => {
    const everyPrefix = services.flatMap(({ name, prefixes }) => prefixes.map((prefix) => ({ name, prefix })))
    test.each(everyPrefix.filter(({ name }) => name !== 'portfolio'))(
      'hands /api/$prefix to the $name service with and without a slash, without a redirect',
      async ({ name, prefix }) => {
        for (const tail of ['', '/', '/x/y?limit=2&offset=1']) {
          const response = await call(`/api/${prefix}${tail}`)
          expect(response.status).toBe(200)
          expect(arrivals.at(-1)).toMatchObject({ service: name, url: `/${prefix}${tail}` })
        }
      },
    )

    test.each(services.filter(({ name }) => name !== 'portfolio'))(
      'serves the API document of $name',
      async ({ name }) => {
        expect((await call(`/api/docs/${name}/openapi.json`)).status).toBe(200)
        expect(arrivals.at(-1)).toMatchObject({ service: name, url: '/openapi.json' })
      },
    )

    test('takes a prefix for a whole path segment', async () => {
      await expectProblem(await call('/api/accountsfoo'), 404, 'not_found')
      await expectProblem(await call('/api/healthz'), 404, 'not_found')
      expect(arrivals).toEqual([])
    })

    test('passes escaped characters on as they were meant', async () => {
      await get('/api/accounts/a%20b%3Fc%23d%25')
      expect(arrivals.at(-1)?.url).toBe('/accounts/a%20b%3Fc%23d%25')
    })
  })

  describe('internal routes', () => {
    const unreachable = [
      '/api/accounts/0199/exists', '/api/accounts/0199/status', '/api/accounts/0199/exists/', '/api/accounts/0199//status',
      '/api//accounts/0199/exists', '//api/accounts/0199/exists', '/api/accounts/0199/./exists',
      '/api/accounts/0199/x/../exists', '/api/accounts/0199%2Fexists', '/api/accounts/0199%2fexists',
      '/api/accounts%2F0199/exists', '/api%2Faccounts%2F0199%2Fstatus', '/api/accounts/0199/%65xists',
      '/api/accounts/0199/exists?x=1', '/api/accounts/0199/exists%2F', '/api/transactions/../accounts/0199/exists',
      '/api/ledger', '/api/ledger/accounts', '/api/accounts/../ledger/accounts', '/api/transactions/..%2fledger/x',
      '/api/accounts/%2e%2e/ledger/x', '/api/accounts/..%2F..%2Fready', '/ledger/x', '/ready', '/metrics', '/api/ready',
      '/api/metrics', '/api/openapi.json', '/api/.well-known/jwks.json', '/.well-known/jwks.json',
      '/api/auth/.well-known/jwks.json', '/api/accounts/../.well-known/jwks.json', '/api/docs/account',
      '/api/docs/ledger/openapi.json', '/api', '/api/', '/_problem/404',
    ] // biome-ignore format: a table
    test.each(unreachable)('%s is not there', async (path) => {
      const answer = await get(path)
      expect(statusOf(answer)).toBe(404)
      expect(answer).toContain('application/problem+json')
      expect(arrivals).toEqual([])
    })

    test.each(['/api/accounts/../../ready', '/api/accounts/..%00/ready', '/api/accounts/%zz'])(
      '%s is malformed or not there',
      async (path) => {
        expect([400, 404]).toContain(statusOf(await get(path)))
        expect(arrivals).toEqual([])
      },
    )

    test.each([
      '/api/notifications',
      '/api/notifications/',
      '/api//notifications//',
      '/api/notifications/?x',
      '/api/notifications/x/..',
    ])('POST %s is not there', async (path) => {
      const answer = await send(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
      )
      expect(statusOf(answer)).toBe(404)
      expect(arrivals).toEqual([])
    })

    test('a double-encoded slash stays one opaque segment', async () => {
      await get('/api/accounts/0199%252Fexists')
      expect(arrivals.at(-1)?.url).toBe('/accounts/0199%252Fexists')
    })
  })

  describe('forwarding headers', () => {
    test('are overwritten, whatever the client says', async () => {
      const forged = {
        'X-Forwarded-For': '6.6.6.6', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'for=6.6.6.6',
        'X-Real-IP': '6.6.6.6', 'X-Original-URL': '/ledger', 'X-Rewrite-URL': '/ledger', 'X-HTTP-Method-Override': 'DELETE',
        'X-Request-Id': 'forged', 'X-Forwarded-Port': '1', Via: 'evil',
      } // biome-ignore format: a table
      const response = await call('/api/accounts/', { headers: forged })
      const seen = arrivals[0]?.headers ?? {}
      expect(seen['x-forwarded-for']).toBe('127.0.0.1')
      expect(seen['x-forwarded-host']).toBe('127.0.0.1')
      expect(seen['x-forwarded-proto']).toBe('http')
      expect(seen['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
      expect(response.headers.get('x-request-id')).toBe(seen['x-request-id'])
      for (const name of [
        'forwarded',
        'x-real-ip',
        'x-original-url',
        'x-rewrite-url',
        'x-http-method-override',
        'x-forwarded-port',
        'via',
      ]) {
        expect(seen[name]).toBeUndefined()
      }
    })

    test('a header with an underscore, which some servers read as a dash, is dropped', async () => {
      await send(
        'GET /api/accounts/ HTTP/1.1\r\nHost: localhost\r\nX_Forwarded_For: 6.6.6.6\r\nConnection: close\r\n\r\n',
      )
      expect(Object.keys(arrivals[0]?.headers ?? {})).not.toContain('x_forwarded_for')
    })

    test('the token and the idempotency key arrive untouched', async () => {
      await call('/api/transactions/', {
        method: 'POST',
        body: '{}',
        headers: { Authorization: 'Bearer t', 'Idempotency-Key': 'k' },
      })
      expect(arrivals[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'idempotency-key': 'k' })
    })
  })

  describe('smuggling', () => {
    const smuggled = 'GET /accounts/0199/exists HTTP/1.1\r\nHost: x\r\n\r\n'
    const attempts: Record<string, string> = {
      'Content-Length beside Transfer-Encoding': `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      'Transfer-Encoding beside Content-Length': `Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${smuggled}`,
      'two different Content-Lengths': `Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}${smuggled}`,
      'the same Content-Length twice': `Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`,
      'a list in Content-Length': 'Content-Length: 2, 2\r\n\r\n{}',
      'a sign in Content-Length': 'Content-Length: +2\r\n\r\n{}',
      'an unknown Transfer-Encoding': `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
      'two Transfer-Encodings': `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${smuggled}`,
      'a space before the colon': `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
      'two Hosts': 'Host: other\r\nContent-Length: 2\r\n\r\n{}',
      'a bad chunk size': 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
    }
    test.each(Object.entries(attempts))('%s is refused', async (_name, rest) => {
      const answer = await send(`POST /api/transactions/ HTTP/1.1\r\nHost: localhost\r\n${rest}`)
      expect([400, 411, 501]).toContain(statusOf(answer))
      expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
      expect(arrivals).toEqual([])
    })

    test('a chunked body of HTTP/1.0 is refused', async () => {
      const answer = await send(
        `POST /api/transactions/ HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      )
      expect(statusOf(answer)).toBe(400)
      expect(arrivals).toEqual([])
    })

    test('a bare line feed in a path cannot add a header', async () => {
      await get('/api/accounts/x%0d%0aX-Injected:%201')
      expect(arrivals[0]?.headers['x-injected']).toBeUndefined()
    })
  })

  describe('limits', () => {
    test('a body over 1 MiB is refused, a statement or a batch may be larger', async () => {
      const body = 'x'.repeat(1_200_000)
      await expectProblem(
        await call('/api/transactions/', { method: 'POST', body }),
        413,
        'payload_too_large',
      )
      expect(arrivals).toEqual([])
      expect((await call('/api/transactions/batch/', { method: 'POST', body })).status).toBe(200)
      expect((await call('/api/transactions/import?preview=true', { method: 'POST', body })).status).toBe(200)
    })

    test('headers and addresses over 8 KiB are refused', async () => {
      await expectProblem(
        await call('/api/accounts/', { headers: { 'X-Long': 'x'.repeat(9000) } }),
        431,
        'payload_too_large',
      )
      await expectProblem(await call(`/api/accounts/${'x'.repeat(9000)}`), 414, 'payload_too_large')
    })

    test('sign-in is limited per address before anything else, with Retry-After', async () => {
      const responses = await Promise.all(
        Array.from({ length: 40 }, () => call('/api/auth/login', { method: 'POST', body: '{}' })),
      )
      const refused = responses.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThanOrEqual(15)
      expect(refused[0]?.headers.get('retry-after')).toBe('1')
      await expectProblem(refused[0] as Response, 429, 'rate_limited')
      expect((await call('/api/accounts/')).status).toBe(200)
    })
  })

  describe('answers of the gateway', () => {
    test('a service that does not answer is 503 with Retry-After', async () => {
      const response = await call('/api/portfolio/')
      expect(response.headers.get('retry-after')).toBe('5')
      await expectProblem(response, 503, 'dependency_down')
    })

    test('a problem of a service passes unchanged, and gets a Retry-After when it forgot one', async () => {
      const response = await call('/api/accounts/fails-503')
      expect(response.status).toBe(503)
      expect(await response.json()).toEqual({ from: 'service' })
      expect(response.headers.get('retry-after')).toBe('5')
      expect((await call('/api/accounts/fails-503-later')).headers.get('retry-after')).toBe('30')
    })

    test('a request that is not HTTP is a problem document', async () => {
      expect(await send('GET /api/accounts/ HTTP/1.1\r\n\r\n')).toMatch(
        /^HTTP\/1\.1 400 [\s\S]*"code":"malformed_request"/,
      )
    })

    test('a method that a page does not know is a problem document', async () => {
      await expectProblem(await call('/', { method: 'POST' }), 405, 'malformed_request')
    })

    test('carries the security headers everywhere, each once', async () => {
      for (const path of [
        '/',
        '/assets/app-abc123.js',
        '/api/accounts/',
        '/api/nowhere',
        '/api/portfolio/',
      ]) {
        const { headers } = await call(path)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('referrer-policy')).toBe('no-referrer')
        expect(headers.get('permissions-policy')).toContain('camera=()')
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
        expect(headers.get('content-security-policy')).not.toContain('unsafe')
        expect(headers.get('strict-transport-security')).toBeNull()
        expect(headers.get('server')).toBe('nginx')
        expect(headers.get('x-powered-by')).toBeNull()
      }
    })
  })

  describe('the web app', () => {
    test('answers every page of its own with index.html, asked for again each time', async () => {
      for (const path of ['/', '/accounts', '/twin/0199', '/index.html']) {
        const response = await call(path)
        expect(response.status).toBe(200)
        expect(response.headers.get('cache-control')).toBe('no-cache')
        expect(await response.text()).toContain('<title>FinTwin</title>')
      }
    })

    test('keeps hashed assets for ever and compresses them; a missing one is not a page', async () => {
      const response = await call('/assets/app-abc123.js', { headers: { 'Accept-Encoding': 'gzip' } })
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('content-encoding')).toBe('gzip')
      expect(response.headers.get('content-type')).toContain('javascript')
      const missing = await call('/assets/gone.js')
      expect(missing.headers.get('cache-control')).toBe('no-store')
      await expectProblem(missing, 404, 'not_found')
    })
  })

  test('server-sent events arrive one by one', async () => {
    const response = await call('/api/events')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const started = Date.now()
    const first = await reader.read()
    expect(Buffer.from(first.value ?? []).toString()).toBe('data: 1\n\n')
    expect(Date.now() - started).toBeLessThan(1000)
    await reader.cancel()
  })

  test('a request reaches its service over a kept connection', async () => {
    for (let index = 0; index < 10; index += 1) await call('/api/risk/x')
    const connections = new Set(arrivals.map(({ connection }) => connection))
    expect(connections.size).toBeLessThanOrEqual(2)
  })
})

function answerAsStub(request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  if (request.url === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: 1\n\n')
    return
  }
  response.setHeader('content-type', 'application/json')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-request-id', String(request.headers['x-request-id']))
  if (request.url?.startsWith('/accounts/fails-503')) {
    if (request.url.endsWith('later')) response.setHeader('retry-after', '30')
    response.statusCode = 503
  }
  request.on('end', () => response.end('{"from":"service"}'))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
