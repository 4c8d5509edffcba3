// What is for calls between services stays inside, whatever a path looks like.
import { connect } from 'node:net'
import { services } from '@fintwin/contracts'
import { callUrl } from '@fintwin/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { type ApiOperation, listOperations } from '../openapi.ts'
import { deposit, newPerson, type Person } from '../person.ts'

let fintwin: FinTwin
let internal: ApiOperation[]
let asha: Person

beforeAll(async () => {
  fintwin = await openFinTwin()
  internal = (await listOperations(fintwin)).filter(({ isInternal }) => isInternal)
  asha = await newPerson(fintwin)
  await deposit(asha, 10)
}, 120_000)

interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  status: number
  body: string
}

/** A request as it is written, without a client that tidies its path. */
function ask(method: string, target: string, extra = ''): Promise<RawAnswer> {
  const { hostname, port } = new URL(fintwin.url)
  const body = /^(POST|PUT)/.test(method) ? '{}' : ''
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port || 80), hostname)
    let answer = ''
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString()
      if (isComplete(answer)) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(readAnswer(answer)))
    socket.write(
      `${method} ${target} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${asha.token}\r\nConnection: close\r\n` +
        `${extra}${body ? `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n` : ''}\r\n${body}`,
    )
  })
}

function isComplete(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /^content-length: (\d+)/im.exec(answer.slice(0, end))?.[1]
  return length ? Buffer.byteLength(answer.slice(end + 4)) >= Number(length) : answer.endsWith('0\r\n\r\n')
}

const readAnswer = (answer: string): RawAnswer => ({
  status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0),
  body: answer.slice(answer.indexOf('\r\n\r\n') + 4),
})

/** The internal calls as somebody outside would write them, with own ids so that nothing but the gateway refuses. */
function internalTargets(): [method: string, path: string][] {
  const documented = internal.map(({ method, path }): [string, string] => [
    method,
    path.replaceAll(/\{\w+\}/g, asha.id),
  ])
  return [
    ...documented,
    ['GET', '/.well-known/jwks.json'],
    ['GET', '/ready'],
    ['GET', '/metrics'],
    ['GET', '/openapi.json'],
  ]
}

/** One path, written in other ways. */
function disguises(path: string): string[] {
  const last = path.lastIndexOf('/') + 1
  const encoded = `${path.slice(0, last)}%${path.charCodeAt(last).toString(16)}${path.slice(last + 1)}`
  const [, first = ''] = path.split('/')
  return [
    path,
    `${path}/`,
    `${path}?x=1`,
    `${path}#x`,
    `/${path}`,
    `/accounts/..${path}`,
    `/accounts/%2e%2e${path}`,
    `/./${path.slice(1)}`,
    `/%2e${path}`,
    encoded,
    encoded.replace('%', '%25'),
    path.replace(`/${first}`, `/${first}/`),
    path.replaceAll('/', '%2f').replace('%2f', '/'),
    path.replaceAll('/', '\\').replace('\\', '/'),
    `${path};x=1`,
    `${path}%20`,
    `${path}%00`,
    `${path}.json`,
    `/health/..${path}`,
    `/docs/account/openapi.json/../../..${path}`,
    `/docs/account/openapi.json${path}`,
  ]
}

const isRefusal = (status: number): boolean => [400, 403, 404, 405, 414].includes(status)

describe('an internal call', () => {
  it('is known to the documents', () => {
    const names = internal.map(({ method, path }) => `${method} ${path}`)
    for (const call of [
      'GET /accounts/{id}/exists',
      'GET /accounts/{id}/status',
      'POST /notifications',
      'GET /ledger/accounts',
    ]) {
      expect(names).toContain(call)
    }
  })

  it('is not reached through the gateway, by any spelling of its path', async () => {
    for (const [method, path] of internalTargets()) {
      const spellings = [
        ...disguises(path).map((disguise) => `/api${disguise}`),
        ...['//api', '/api/', '/api/.', '/API', '/%61pi'].map((prefix) => prefix + path),
      ]
      const answers = await Promise.all(spellings.map((spelling) => ask(method, spelling)))
      for (const [index, { status, body }] of answers.entries()) {
        const isPage = status === 200 && body.includes('id="root"')
        expect(
          isPage ? 404 : status,
          `${method} ${spellings[index]}: ${status} ${body.slice(0, 200)}`,
        ).toSatisfy(isRefusal)
        if (status === 403) expect(body).toContain('not_your_account')
      }
    }
  }, 120_000)

  it('is not reached by a request line that names the whole address', async () => {
    const { host } = new URL(fintwin.url)
    for (const [method, path] of internalTargets()) {
      for (const target of [
        `http://${host}/api${path}`,
        `http://elsewhere/api${path}`,
        `https://${host}/api${path}`,
      ]) {
        const { status, body } = await ask(method, target)
        expect([0, 400, 404], `${method} ${target}: ${status} ${body.slice(0, 200)}`).toContain(status)
      }
    }
  })

  it('is not reached by a header that names another path or method', async () => {
    const headers = [
      'X-Original-URL: /accounts/x/exists\r\n',
      `X-Rewrite-URL: /accounts/${asha.id}/exists\r\n`,
      'X-HTTP-Method-Override: POST\r\n',
    ]
    for (const header of headers) {
      const { status, body } = await ask('GET', '/api/notifications', header)
      expect(status).toBe(200)
      expect(body).not.toContain('exists')
    }
  })
})

describe('the gateway', () => {
  it('serves each service’s document and nothing beside it', async () => {
    for (const { name } of services) {
      expect((await callUrl(`${fintwin.url}/api/docs/${name}/openapi.json`, 'GET', {})).status).toBe(200)
      for (const path of [
        `/api/docs/${name}/`,
        `/api/docs/${name}/openapi.json/health`,
        `/api/docs/${name}/ready`,
        '/api/docs/',
      ]) {
        expect((await callUrl(`${fintwin.url}${path}`, 'GET', {})).status, path).toBe(404)
      }
    }
  })

  it('sends its security headers with each answer, and no server’s name', async () => {
    for (const path of ['/api/health', '/api/accounts/', '/api/nothing', '/']) {
      const { headers } = await callUrl(`${fintwin.url}${path}`, 'GET', {})
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('content-security-policy'), path).toMatch(/default-src '(none|self)'/)
      expect(headers.get('x-powered-by'), path).toBeNull()
      expect(headers.get('access-control-allow-origin'), path).toBeNull()
      expect(headers.get('server') ?? '', path).not.toMatch(/\d/)
    }
  })

  it('gives no other origin leave to call', async () => {
    const preflight = await callUrl(`${fintwin.url}/api/accounts/`, 'OPTIONS', {
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
    const answer = await asha.get('/accounts/', { origin: 'https://evil.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})
