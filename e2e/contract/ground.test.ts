// The contract's ground rules: one gateway, identity, whose ids are whose.
import { services } from '@fintwin/contracts'
import { type CallAnswer, callUrl } from '@fintwin/testing'
import { expect } from 'vitest'
import {
  eventually,
  expectProblem,
  malformedIds,
  timestamp,
  unknownId,
  uuidv7,
  valuesOf,
} from '../expectations.ts'
import type { FinTwin } from '../fintwin.ts'
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
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('ground')

line('one-gateway', 'each prefix under /api is answered by its owner', async (fintwin) => {
  const documents = await Promise.all(
    services.map(({ name }) => callApi(fintwin, 'GET', `/docs/${name}/openapi.json`)),
  )
  expect(documents.map(({ body }) => body.info.title)).toEqual(
    services.map(({ name }) => expect.stringContaining(name)),
  )
  const asha = await newPerson(fintwin)
  for (const path of ['/accounts', '/transactions', '/portfolio', '/notifications']) {
    expect((await asha.get(path)).status, path).toBe(200)
  }
  for (const path of [
    `/simulate/history/${asha.id}`,
    `/risk/score/${asha.id}`,
    `/notifications/count/${asha.id}`,
  ]) {
    expect((await asha.get(path)).status, path).toBe(200)
  }
})

ownLine('one-gateway', '/api/x/… reaches its service as /x/…', 'reads past the gateway', async (start) => {
  const fintwin = await start()
  const asha = await newPerson(fintwin)
  const direct = await callUrl(`${fintwin.serviceUrl('account')}/accounts/${asha.id}`, 'GET', {
    token: asha.token,
  })
  expect(direct.text).toBe((await asha.get(`/accounts/${asha.id}`)).text)
})

line('web-app', 'a page, and every address that is not a file, gives the app', async (fintwin) => {
  for (const path of ['/', '/transactions', '/anything/else']) {
    const page = await callUrl(`${fintwin.url}${path}`, 'GET', {})
    expect(page.status, path).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text).toContain('id="root"')
  }
})

line('trailing-slash', 'every collection, read and written', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 1000)
  const reads = ['/accounts', '/transactions', '/portfolio', '/notifications', '/health']
  for (const path of [...reads, `/simulate/history/${asha.id}`, `/transactions/account/${asha.id}`]) {
    const [bare, slashed, asked] = await Promise.all([
      asha.get(path),
      asha.get(`${path}/`),
      asha.get(`${path}/?limit=5`),
    ])
    expect([bare.status, slashed.status, asked.status], path).toEqual([200, 200, 200])
  }
  const writes: [string, object, number][] = [
    ['/accounts', { name: 'Trip', type: 'savings' }, 201],
    ['/transactions', { type: 'deposit', amount: 1 }, 201],
    ['/simulate', { account_id: asha.id, scenario: 'deposit', amount: 1 }, 200],
    ['/risk/analyze', {}, 200],
    [
      '/portfolio/holdings',
      { ticker: 'A', company_name: 'A', quantity: 1, buy_price: 1, current_price: 1 },
      201,
    ],
  ]
  for (const [path, body, status] of writes) {
    const answers = [await asha.post(path, body), await asha.post(`${path}/`, body)]
    expect(
      answers.map((answer) => answer.status),
      path,
    ).toEqual([status, status])
  }
})

line(
  'identity-bearer',
  'the token opens what is its person’s, in any case of the scheme',
  async (fintwin) => {
    const asha = await newPerson(fintwin)
    for (const scheme of ['Bearer', 'bearer']) {
      const answer = await callApi(fintwin, 'GET', '/accounts/', {
        headers: { authorization: `${scheme} ${asha.token}` },
      })
      expect(answer.body[0].id).toBe(asha.id)
    }
    const other = await callApi(fintwin, 'GET', '/accounts/', { headers: { authorization: asha.token } })
    expectProblem(other, 401)
  },
)

line('identity-sub-only', 'headers, query, cookies and body name nobody', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  await deposit(bela, 700)
  const headers = {
    'x-user-id': bela.id,
    'x-account-id': bela.id,
    'x-forwarded-user': bela.id,
    cookie: `user_id=${bela.id}; ft_token=${bela.token}`,
  }
  const listed = await asha.get(`/accounts/?user_id=${bela.id}&sub=${bela.id}&token=${bela.token}`, headers)
  expect(listed.body.map(({ id }: { id: string }) => id)).toEqual([asha.id])
  const posted = await asha.post(
    '/transactions/',
    { type: 'deposit', amount: 5, user_id: bela.id, sub: bela.id },
    headers,
  )
  expect(posted.body.account_id).toBe(asha.id)
  expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([5, 700])
})

line(
  'public-calls',
  'every other operation of the six documents answers 401 without a token',
  async (fintwin) => {
    const isPublic = /^(POST \/auth\/(register|login|refresh)|GET \/(health|ready))$/
    const operations = (await listOperations(fintwin)).filter(({ isInternal }) => !isInternal)
    expect(operations.length).toBeGreaterThan(25)
    for (const operation of operations) {
      const name = `${operation.method} ${operation.path}`
      const answer = await callOperation(fintwin, operation)
      if (isPublic.test(name))
        expect(answer.status === 401 ? answer.body.code : '', name).not.toBe('unauthenticated')
      else expect(answer.status, name).toBe(401)
    }
  },
)

function callOperation(fintwin: FinTwin, { method, path }: ApiOperation): Promise<CallAnswer> {
  const body = method === 'POST' || method === 'PUT' ? {} : undefined
  return callApi(fintwin, method, path.replaceAll(/\{\w+\}/g, unknownId), { body })
}

line('sub-is-primary-account', 'sub, user.id and the first account are one id', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await openAccount(asha)
  const payload = JSON.parse(Buffer.from(asha.token.split('.')[1] ?? '', 'base64url').toString())
  const accounts = (await asha.get('/accounts/')).body
  expect([payload.sub, accounts[0].id]).toEqual([asha.id, asha.id])
})

line('more-accounts', 'another account has an id of its own and works as the first does', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const second = await openAccount(asha)
  const third = await openAccount(asha, { type: 'current' })
  expect(new Set([asha.id, second, third]).size).toBe(3)
  await deposit(asha, 40, { account_id: second })
  expect([await balanceOf(asha), await balanceOf(asha, second), await balanceOf(asha, third)]).toEqual([
    0, 40, 0,
  ])
})

const accountPaths = (id: string): [method: 'GET' | 'PUT' | 'DELETE', path: string][] => [
  ['GET', `/accounts/${id}`],
  ['GET', `/transactions/account/${id}`],
  ['GET', `/simulate/history/${id}`],
  ['DELETE', `/simulate/history/${id}`],
  ['GET', `/risk/score/${id}`],
  ['GET', `/risk/flags/${id}`],
  ['GET', `/risk/notifications/${id}`],
  ['GET', `/portfolio/summary/${id}`],
  ['GET', `/portfolio/holdings/${id}`],
  ['GET', `/notifications/${id}`],
  ['GET', `/notifications/count/${id}`],
  ['PUT', `/notifications/read-all/${id}`],
]

line(
  'not-your-account',
  'another’s, an unknown and malformed ids give 403 on each call with an account',
  async (fintwin) => {
    const [asha, bela] = await people(fintwin)
    for (const id of [bela.id, await openAccount(bela), unknownId, ...malformedIds, 'b'.repeat(1000)]) {
      for (const [method, path] of accountPaths(encodeURIComponent(id))) {
        expectProblem(await callApi(fintwin, method, path, { token: asha.token }), 403)
      }
    }
  },
)

line('not-your-account-detail', 'one body on every service', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  const bodies = new Set<string>()
  for (const id of [bela.id, unknownId, 'malformed']) {
    for (const [method, path] of accountPaths(id))
      bodies.add((await callApi(fintwin, method, path, { token: asha.token })).text)
    bodies.add((await asha.post('/simulate', { account_id: id, scenario: 'deposit', amount: 1 })).text)
  }
  expect([...bodies]).toHaveLength(1)
})

line('not-your-other', 'another’s, unknown and malformed ids give one 404', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  const holding = await addHolding(bela)
  const simulation = (await simulate(bela, { scenario: 'deposit' })).body.id
  await deposit(bela, 10)
  const notification = await eventually(async () => {
    const [newest] = (await bela.get('/notifications/')).body
    expect(newest).toBeDefined()
    return newest.id as string
  })
  const calls: [string, string, string, object?][] = [
    ['PUT', '/portfolio/holdings/', holding, { current_price: 5 }],
    ['DELETE', '/portfolio/holdings/', holding],
    ['GET', '/simulate/history/detail/', simulation],
    ['DELETE', '/simulate/history/detail/', simulation],
    ['PUT', '/notifications/read/', notification],
    ['DELETE', '/notifications/', notification],
  ]
  for (const [method, path, id, body] of calls) {
    const bodies = new Set<string>()
    for (const one of [id, unknownId, ...malformedIds]) {
      const answer = await callApi(fintwin, method, `${path}${encodeURIComponent(one)}`, {
        token: asha.token,
        body,
      })
      expectProblem(answer, 404)
      bodies.add(answer.text)
    }
    expect([...bodies], `${method} ${path}`).toHaveLength(1)
  }
})

line('ids-uuidv7', 'every id in the answers', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const answers = await answersOf(asha)
  const ids = valuesOf(answers, /^(id|\w*account_id)$/)
  expect(ids.length).toBeGreaterThan(10)
  for (const id of ids) expect(id).toMatch(uuidv7)
})

line(
  'forced-sender-transactions',
  'another’s, unknown and malformed account ids; the answer shows the primary one',
  async (fintwin) => {
    const [asha, bela] = await people(fintwin)
    await deposit(bela, 500)
    for (const account_id of [bela.id, unknownId, 'x', 7, null, { id: bela.id }]) {
      const answer = await asha.post('/transactions/', { account_id, type: 'deposit', amount: 10 })
      expect(answer, JSON.stringify(account_id)).toMatchObject({ status: 201, body: { account_id: asha.id } })
    }
    const taken = await asha.post('/transactions/', {
      account_id: bela.id,
      type: 'transfer',
      amount: 10,
      to_account: bela.id,
    })
    expect(taken.body).toMatchObject({ account_id: asha.id, to_account: bela.id })
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([50, 510])
  },
)

line('forced-sender-risk', 'the answer shows the primary account', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  for (const account_id of [bela.id, unknownId, 'x', 7, undefined]) {
    const answer = await asha.post('/risk/analyze', {
      account_id,
      current_balance: 1,
      recent_transactions: [],
    })
    expect(answer, JSON.stringify(account_id)).toMatchObject({ status: 200, body: { account_id: asha.id } })
  }
  const second = await openAccount(asha)
  expect((await asha.post('/risk/analyze', { account_id: second })).body.account_id).toBe(second)
})

line('forced-sender-simulate', '403, and no simulation is kept', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  for (const account_id of [bela.id, unknownId, 'x']) {
    expectProblem(await asha.post('/simulate/', { account_id, scenario: 'deposit', amount: 10 }), 403)
  }
  const histories = [
    await asha.get(`/simulate/history/${asha.id}`),
    await bela.get(`/simulate/history/${bela.id}`),
  ]
  expect(histories.map(({ body }) => body)).toEqual([[], []])
})

line('forced-sender-twins', '403; while there are no twins, 404', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  const hasTwins = (await listOperations(fintwin)).some(
    ({ method, path }) => method === 'POST' && path === '/twins',
  )
  const answer = await asha.post('/twins', { account_id: bela.id, name: 'Fork' })
  expectProblem(answer, hasTwins ? 403 : 404)
})

line('transfer-to-itself', 'named, or meant by an account that is not the caller’s', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  await deposit(asha, 100)
  for (const account_id of [undefined, asha.id, bela.id]) {
    const body = { account_id, type: 'transfer', amount: 10, to_account: asha.id }
    expectProblem(await asha.post('/transactions/', body), 422, 'same_account')
  }
  expect(await balanceOf(asha)).toBe(100)
})

line('unknown-members', 'no call trips over them, and none assigns them', async (fintwin) => {
  const [asha, bela] = await people(fintwin)
  const extra = {
    id: bela.id,
    owner_id: bela.id,
    user_id: bela.id,
    sub: bela.id,
    balance: 1e6,
    current_balance: 1e6,
    virtual_balance: 1e6,
    status: 'frozen',
    score: 0,
    is_admin: true,
    created_at: '2001-01-01T00:00:00Z',
    recent_transactions: [{ amount: 5 }],
    constructor: { prototype: { polluted: true } },
    prototype: { polluted: true },
  }
  const account = await asha.post('/accounts/', { ...extra, name: 'Trip', type: 'savings' })
  const transaction = await asha.post('/transactions/', { ...extra, type: 'deposit', amount: 5 })
  const simulation = await asha.post('/simulate/', {
    ...extra,
    account_id: asha.id,
    scenario: 'deposit',
    amount: 5,
  })
  const score = await asha.post('/risk/analyze', { ...extra, account_id: asha.id })
  const holding = await asha.post('/portfolio/holdings', {
    ...extra,
    ticker: 'A',
    company_name: 'A',
    quantity: 1,
    buy_price: 1,
    current_price: 2,
    current_value: 99,
  })
  expect([account, transaction, simulation, score, holding].map(({ status }) => status)).toEqual([
    201, 201, 200, 200, 201,
  ])
  for (const { body, text } of [account, transaction, simulation, score, holding]) {
    expect(body.id).not.toBe(bela.id)
    expect(text).not.toContain(bela.id)
    expect(text).not.toContain('2001-01-01')
    expect(body.is_admin).toBeUndefined()
  }
  expect(account.body).toMatchObject({ balance: 0, status: 'open' })
  expect(simulation.body.current_balance).toBe(5)
  expect(holding.body.current_value).toBe(2)
  const registered = await callApi(fintwin, 'POST', '/auth/register', {
    body: {
      ...extra,
      name: 'Chitra',
      email: `extra-${asha.id}@example.org`,
      password: 'a long enough passphrase',
    },
  })
  expect(registered.status).toBe(201)
  expect(registered.body.user.id).not.toBe(bela.id)
})

line('times', 'every time in the answers', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const times = valuesOf(await answersOf(asha), /_at$/)
  expect(times.length).toBeGreaterThan(5)
  for (const time of times) expect(time).toMatch(timestamp)
})

async function people(fintwin: FinTwin): Promise<[Person, Person]> {
  return Promise.all([newPerson(fintwin), newPerson(fintwin, 'Bela Shah')])
}

/** One answer of each kind that names ids and times. */
async function answersOf(asha: Person): Promise<unknown[]> {
  await deposit(asha, 1000)
  await openAccount(asha)
  await addHolding(asha)
  await simulate(asha)
  await eventually(async () => expect((await asha.get('/notifications/')).body).not.toEqual([]))
  const paths = [
    '/accounts/',
    '/transactions/',
    `/simulate/history/${asha.id}`,
    `/risk/score/${asha.id}`,
    '/portfolio/',
    '/notifications/',
  ]
  return Promise.all(paths.map(async (path) => (await asha.get(path)).body))
}
