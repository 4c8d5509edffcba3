// What nobody may reach, learn or forge, at the quickstart that the run shares.
import { createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@fintwin/contracts'
import { createServiceCredentials, readKey, readKeySet } from '@fintwin/platform'
import { askForFinTwin, type CallAnswer, type SharedFinTwin } from '@fintwin/testing'
import { beforeAll, expect, inject } from 'vitest'
import { eventually, expectProblem, unknownId } from '../expectations.ts'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { sampleBody } from '../isolation/sample-body.ts'
import { type ApiOperation, listOperations } from '../openapi.ts'
import {
  addHolding,
  balanceOf,
  callApi,
  deposit,
  newPerson,
  openAccount,
  type Person,
  simulate,
} from '../person.ts'
import { openPart } from './open-part.ts'

const fault = openPart('walls')

let fintwin: FinTwin
let shared: SharedFinTwin
let asha: Person
let bela: Person

beforeAll(async () => {
  fintwin = await openFinTwin()
  shared = await askForFinTwin(inject('fintwinAskUrl'))
  asha = await newPerson(fintwin, 'Asha Rao')
  bela = await newPerson(fintwin, 'Bela Shah')
  await deposit(asha, 1000)
  await deposit(bela, 4321.09)
}, 180_000)

const publicCalls = /^(POST \/auth\/|GET \/(health|ready|events)$)/

/** Every route that takes an id from its caller. */
async function listRoutesWithIds(): Promise<ApiOperation[]> {
  return (await listOperations(fintwin)).filter(
    ({ method, path, pathParameters, isInternal }) =>
      !isInternal && pathParameters.length > 0 && !publicCalls.test(`${method} ${path}`),
  )
}

const isAboutAccounts = ({ path, pathParameters }: ApiOperation): boolean =>
  pathParameters.every((name) => name === 'account_id' || (path.startsWith('/accounts/{') && name === 'id'))

/** An id of Bela's of each kind. */
async function listThingsOfBela(): Promise<{ accounts: string[]; others: string[] }> {
  const accounts = [bela.id, await openAccount(bela)]
  const transaction = (await bela.get('/transactions/')).body[0].id
  const hold = (await bela.post('/transactions/holds', { amount: 1 })).body.id
  const holding = await addHolding(bela)
  const simulation = (await simulate(bela, { amount: 4000 })).body.id
  const notification = await eventually(async () => {
    const { body } = await bela.get('/notifications/')
    expect(body.length).toBeGreaterThan(0)
    return body[0].id
  })
  return { accounts, others: [transaction, hold, holding, simulation, notification] }
}

function callWith(operation: ApiOperation, id: string): Promise<CallAnswer> {
  const path = operation.path.replaceAll(/\{date\}/g, '2026-01-01').replaceAll(/\{\w+\}/g, id)
  return callApi(fintwin, operation.method, path, {
    token: asha.token,
    body: sampleBody(operation.body, asha.id),
  })
}

/** An id like those that are given out, and yet nobody's: as old as one that is somebody's. */
const strangerOf = (id: string): string => `${id.slice(0, -6)}${unknownId.slice(-6)}`

fault('row 15', 'each route, in pairs of one that exists and one that does not', async () => {
  const { accounts, others } = await listThingsOfBela()
  const routes = await listRoutesWithIds()
  expect(routes.length).toBeGreaterThanOrEqual(20)
  const leaks: string[] = []
  for (const route of routes) {
    const isAccount = isAboutAccounts(route)
    for (const id of isAccount ? accounts : others) {
      const [existing, unknown] = [await callWith(route, id), await callWith(route, strangerOf(id))]
      expectProblem(existing, isAccount ? 403 : 404)
      expect(existing.text).toBe(unknown.text)
    }
    const leak = await findLeakInTime(route, isAccount ? accounts : others)
    if (leak) leaks.push(`${route.method} ${route.path}: ${leak}`)
  }
  expect(leaks).toEqual([])
})

/** A leak shows each time it is looked for; what only the machine did does not. */
async function findLeakInTime(route: ApiOperation, ids: string[]): Promise<string | undefined> {
  let leak: string | undefined
  for (let look = 0; look < 3; look += 1) {
    leak = await lookForLeak(route, ids)
    if (!leak) return undefined
  }
  return leak
}

/** Pairs of one look. Of 30 equal ones, 7 or fewer on one side come once in 200 times. */
const pairs = 30

/**
 * Whatever else the machine does meets both of a pair. A leak shows in both ways: one of a pair is the slower one as a rule, and the medians are
 * apart.
 */
async function lookForLeak(route: ApiOperation, ids: string[]): Promise<string | undefined> {
  const times: Record<'existing' | 'unknown', number[]> = { existing: [], unknown: [] }
  for (let pair = 0; pair < pairs; pair += 1) {
    const id = ids[pair % ids.length] as string
    const turns = [
      ['existing', id],
      ['unknown', strangerOf(id)],
    ] as const
    // Whoever comes second may find things warm.
    for (const [kind, asked] of pair % 4 < 2 ? turns : turns.toReversed()) {
      const begunMs = performance.now()
      await callWith(route, asked)
      times[kind].push(performance.now() - begunMs)
    }
  }
  const slower = times.existing.filter((time, index) => time > (times.unknown[index] as number)).length
  const ratio = median(times.existing) / median(times.unknown)
  const isOneSided = slower <= 7 || slower >= pairs - 7
  const isApart = ratio < 0.8 || ratio > 1.25
  return isOneSided && isApart
    ? `the one that exists is slower in ${slower} of ${pairs} pairs, ${ratio.toFixed(2)} times at the median`
    : undefined
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number

fault('hole: lookup before ownership', 'another’s, an unknown and a malformed id of each kind', async () => {
  const { accounts, others } = await listThingsOfBela()
  const paths = (id: string): [string, number][] => [
    [`/accounts/${id}`, 403],
    [`/transactions/account/${id}`, 403],
    [`/risk/score/${id}`, 403],
    [`/transactions/${id}`, 404],
    [`/transactions/holds/${id}`, 404],
    [`/simulate/history/detail/${id}`, 404],
  ]
  const bodies = new Map<string, Set<string>>()
  for (const id of [...accounts, ...others, unknownId, 'x']) {
    for (const [path, status] of paths(id)) {
      const answer = await asha.get(path)
      expectProblem(answer, status)
      const kind = path.replace(id, '{id}')
      bodies.set(kind, (bodies.get(kind) ?? new Set()).add(answer.text))
    }
  }
  for (const texts of bodies.values()) expect(texts.size).toBe(1)
})

fault('hole: PUT /accounts/{id}/balance', 'every verb, by everyone, in every form', async () => {
  const body = { balance: 1_000_000, amount: 1_000_000, new_balance: 1_000_000 }
  for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
    for (const path of [
      `/accounts/${asha.id}/balance`,
      `/accounts/${asha.id}/balance/`,
      `/accounts/${bela.id}/balance`,
    ]) {
      for (const token of [asha.token, undefined]) {
        const answer = await callApi(fintwin, method, path, { token, body })
        expect([401, 404, 405], `${method} ${path}: ${answer.text}`).toContain(answer.status)
        const direct = await fetch(`${fintwin.serviceUrl('account')}${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
          body: JSON.stringify(body),
        })
        expect([401, 404, 405]).toContain(direct.status)
      }
    }
  }
  expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([1000, 4321.09])
})

fault('hole: any opening balance', 'every member that could be one', async () => {
  const wishes = [
    'balance',
    'opening_balance',
    'initial_balance',
    'initial_deposit',
    'amount',
    'balance_minor',
    'available',
  ]
  for (const wish of wishes) {
    const answer = await asha.post('/accounts/', { name: 'Rich', type: 'savings', [wish]: 1_000_000 })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body.balance).toBe(0)
    expect(await balanceOf(asha, answer.body.id)).toBe(0)
    expect((await asha.get(`/transactions/account/${answer.body.id}`)).body).toEqual([])
  }
})

fault('hole: /risk/analyze', 'a client that says it is rich, and one that says it is ruined', async () => {
  const person = await newPerson(fintwin)
  await deposit(person, 100)
  const honest = await person.post('/risk/analyze', { account_id: person.id })
  for (const current_balance of [10_000_000, -10_000_000, 0]) {
    const recent_transactions = Array.from({ length: 9 }, () => ({ type: 'withdrawal', amount: 1_000_000 }))
    const told = await person.post('/risk/analyze', {
      account_id: person.id,
      current_balance,
      recent_transactions,
    })
    expect(told.status, told.text).toBe(200)
    expect([told.body.score, told.body.flags]).toEqual([honest.body.score, honest.body.flags])
  }
})

const secretsRoot = (): string => join(shared.dataDir, 'secrets')

/** A token that says it is Asha's, signed otherwise. */
function forge(header: object, signed: (content: string) => string): string {
  const payload = (asha.token.split('.')[1] ?? '').toString()
  const content = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}`
  return `${content}.${signed(content)}`
}

const somePaths = (): string[] => [
  '/accounts/',
  '/transactions/',
  `/simulate/history/${asha.id}`,
  `/risk/score/${asha.id}`,
  '/portfolio/',
  '/notifications/',
]

fault('hole: one shared secret', 'tokens signed with every other key and secret there is', async () => {
  const original = JSON.parse(Buffer.from(asha.token.split('.')[0] ?? '', 'base64url').toString())
  const files = (await readdir(secretsRoot(), { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  )
  const signers = files
    .filter(({ name }) => name === 'token-signing-key.json')
    .map(({ parentPath }) => parentPath)
  expect(signers).toEqual([join(secretsRoot(), 'account')])
  const keys: KeyObject[] = []
  for (const { name } of services) {
    const jwk = await readKey(join(secretsRoot(), name), 'service-key.json')
    keys.push(createPrivateKey({ key: jwk as never, format: 'jwk' }))
  }
  const publics = keys.map((key) => JSON.stringify(key.export({ format: 'jwk' })))
  expect(new Set(publics).size).toBe(services.length)
  const secrets = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  )
  const guesses = [
    'secret',
    'supersecret',
    'your-secret-key',
    'fintwin',
    'jwt_secret',
    ...secrets.map((text) => text.trim()),
  ]
  const forged = [
    ...keys.map((key) =>
      forge(original, (content) => sign(null, Buffer.from(content), key).toString('base64url')),
    ),
    ...guesses.map((secret) =>
      forge({ ...original, alg: 'HS256' }, (content) =>
        createHmac('sha256', secret).update(content).digest('base64url'),
      ),
    ),
  ]
  for (const token of forged) {
    for (const path of somePaths()) expectProblem(await callApi(fintwin, 'GET', path, { token }), 401)
  }
  expect((await asha.get('/accounts/')).status).toBe(200)
})

fault('hole: a static internal key', 'headers and tokens at the doors between services', async () => {
  const password = (await readFile(join(secretsRoot(), 'transaction', 'database-password'), 'utf8')).trim()
  const notification = { account_id: asha.id, title: 'Hello', message: 'From inside', type: 'info' }
  const doors: [string, string, unknown][] = [
    [`${fintwin.serviceUrl('notification')}/notifications`, 'POST', notification],
    [
      `${fintwin.serviceUrl('transaction')}/ledger/accounts/${asha.id}/floor`,
      'PUT',
      { floor_minor: '-1000000' },
    ],
    [`${fintwin.serviceUrl('account')}/sessions/revoked`, 'GET', undefined],
  ]
  for (const [url, method, body] of doors) {
    for (const name of [
      'x-internal-key',
      'x-internal-token',
      'x-api-key',
      'x-service-key',
      'x-fintwin-service',
    ]) {
      for (const value of ['internal-secret', 'internal', 'fintwin-internal-key', password]) {
        for (const authorization of [
          {},
          { authorization: `Bearer ${asha.token}` },
          { authorization: `Bearer ${value}` },
        ]) {
          const answer = await fetch(url, {
            method,
            headers: { 'content-type': 'application/json', [name]: value, ...authorization },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          })
          expect([401, 403], `${method} ${url} with ${name}`).toContain(answer.status)
        }
      }
    }
  }
  const folder = join(secretsRoot(), 'risk')
  const credentials = await createServiceCredentials(
    'risk',
    await readKey(folder, 'service-key.json'),
    await readKeySet(folder, 'service-keys.json'),
  )
  const credential = await credentials.issue('all', 'calls:forwarded')
  const { iat, exp, scope } = JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString())
  expect([exp - iat, scope]).toEqual([60, 'calls:forwarded'])
})

fault('hole: CORS *', 'asked from elsewhere, before and with the request', async () => {
  for (const path of ['/accounts/', '/transactions/', '/auth/login', '/auth/refresh', '/health']) {
    for (const origin of ['https://evil.example', 'null', 'http://localhost:5173.evil.example']) {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      }
      for (const method of ['OPTIONS', 'GET', 'POST']) {
        const answer = await fetch(`${fintwin.url}/api${path}`, {
          method,
          headers: { ...headers, authorization: `Bearer ${asha.token}` },
        })
        const allowing = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-allow'))
        expect(allowing, `${method} ${path} from ${origin}`).toEqual([])
      }
    }
  }
})

/** What keys of model providers and the like look like, and names under which they are shipped. */
const keyLike =
  /\bsk-[A-Za-z0-9_-]{16,}|\bAIza[A-Za-z0-9_-]{30,}|\bgsk_[A-Za-z0-9]{20,}|\bhf_[A-Za-z0-9]{20,}|\bxai-[A-Za-z0-9]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY|api[_-]?key["'`]?\s*[:=]\s*["'`][^"'`]{8,}|(openai|anthropic|groq|gemini|generativelanguage|huggingface)\.(com|co|googleapis\.com)/i

fault('hole: an API key in the browser', 'every file that is served to it', async () => {
  const page = await (await fetch(`${fintwin.url}/`)).text()
  const seen = new Map([['/', page]])
  const waiting = assetsOf(page)
  while (waiting.length > 0) {
    const path = waiting.pop() as string
    if (seen.has(path)) continue
    const answer = await fetch(new URL(path, `${fintwin.url}/`))
    expect(answer.status, path).toBe(200)
    seen.set(path, await answer.text())
    waiting.push(...assetsOf(seen.get(path) ?? ''))
  }
  expect([...seen.keys()].some((path) => path.endsWith('.js'))).toBe(true)
  for (const [path, text] of seen) expect(keyLike.exec(text)?.[0], path).toBeUndefined()
  const policy = (await fetch(`${fintwin.url}/`)).headers.get('content-security-policy')
  expect(policy).toContain("default-src 'self'")
})

const assetsOf = (text: string): string[] =>
  [...text.matchAll(/["'`(](?:\.?\/)?(assets\/[\w.-]+\.(?:js|css|map))/g)].map(([, path]) => `/${path}`)
