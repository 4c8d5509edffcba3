// Idempotency-Key: the first answer again, byte for byte, and nothing done twice.
import { randomUUID } from 'node:crypto'
import type { CallAnswer } from '@fintwin/testing'
import { expect } from 'vitest'
import { eventually, expectProblem, unknownId } from '../expectations.ts'
import { readFixture } from '../fixtures/read-fixture.ts'
import { listOperations } from '../openapi.ts'
import { balanceOf, callApi, callsAs, deposit, newPerson, type Person } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('idempotency')

type Headers = Record<string, string>

const newKey = (): Headers => ({ 'idempotency-key': randomUUID() })

const futureDeposit = { type: 'deposit', amount: 5, frequency: 'monthly', start_on: '2090-01-31' }

/** A payment that falls due at once and that nobody has the money for. */
const refusedToday = () => ({
  type: 'withdrawal',
  amount: 5,
  frequency: 'once',
  start_on: new Date().toISOString().slice(0, 10),
  time_zone: 'UTC',
})

/** The one schedule of a person, planned when there is none yet. */
async function scheduleOf(asha: Person, plan: object): Promise<string> {
  const { body } = await asha.get('/transactions/schedules')
  return body[0]?.id ?? (await asha.post('/transactions/schedules', plan)).body.id
}

/** The one hold of a person, placed when there is none yet. */
async function holdOf(asha: Person): Promise<string> {
  const { body } = await asha.get('/transactions/holds')
  if (body[0]) return body[0].id
  await deposit(asha, 5)
  return (await asha.post('/transactions/holds', { amount: 5 })).body.id
}

/** A sound request for each POST, and how many things of its kind there are. */
const posts: Record<
  string,
  { send(asha: Person, headers: Headers): Promise<CallAnswer>; count(asha: Person): Promise<number> }
> = {
  '/accounts': {
    send: (asha, headers) => asha.post('/accounts/', { name: 'Trip', type: 'savings' }, headers),
    count: async (asha) => (await asha.get('/accounts/')).body.length,
  },
  '/transactions': {
    send: (asha, headers) => asha.post('/transactions/', { type: 'deposit', amount: 5 }, headers),
    count: async (asha) => (await asha.get('/transactions/')).body.length,
  },
  '/transactions/{id}/reversal': {
    send: async (asha, headers) => {
      const known = (await asha.get('/transactions/')).body
      const { id } =
        known.find(({ type }: { type: string }) => type === 'deposit') ?? (await deposit(asha, 5)).body
      return asha.post(`/transactions/${id}/reversal`, {}, headers)
    },
    count: async (asha) => (await asha.get('/transactions/')).body.length,
  },
  '/transactions/batch': {
    send: (asha, headers) =>
      asha.post(
        '/transactions/batch',
        { mode: 'independent', transactions: [{ type: 'deposit', amount: 5 }, {}] },
        headers,
      ),
    count: async (asha) => (await asha.get('/transactions/')).body.length,
  },
  '/transactions/import': {
    send: async (asha, headers) =>
      asha.post('/transactions/import', await readFixture('current-account.ofx'), {
        ...headers,
        'content-type': 'application/x-ofx',
      }),
    count: async (asha) => (await asha.get('/transactions/')).body.length,
  },
  '/transactions/holds': {
    send: async (asha, headers) => {
      if ((await balanceOf(asha)) === 0) await deposit(asha, 50)
      return asha.post('/transactions/holds', { amount: 5 }, headers)
    },
    count: async (asha) => (await asha.get('/transactions/holds')).body.length,
  },
  '/transactions/holds/{id}/capture': {
    send: async (asha, headers) =>
      asha.post(`/transactions/holds/${await holdOf(asha)}/capture`, { amount: 2 }, headers),
    count: async (asha) => (await asha.get('/transactions/')).body.length,
  },
  '/transactions/holds/{id}/release': {
    send: async (asha, headers) =>
      asha.post(`/transactions/holds/${await holdOf(asha)}/release`, undefined, headers),
    count: async (asha) => (await asha.get('/transactions/holds?state=released')).body.length,
  },
  '/transactions/schedules': {
    send: (asha, headers) => asha.post('/transactions/schedules', futureDeposit, headers),
    count: async (asha) => (await asha.get('/transactions/schedules')).body.length,
  },
  '/transactions/schedules/{id}/pause': {
    send: async (asha, headers) =>
      asha.post(`/transactions/schedules/${await scheduleOf(asha, futureDeposit)}/pause`, undefined, headers),
    count: async (asha) => (await asha.get('/transactions/schedules')).body.length,
  },
  '/transactions/schedules/{id}/resume': {
    send: async (asha, headers) =>
      asha.post(
        `/transactions/schedules/${await scheduleOf(asha, futureDeposit)}/resume`,
        undefined,
        headers,
      ),
    count: async (asha) => (await asha.get('/transactions/schedules')).body.length,
  },
  '/transactions/schedules/{id}/occurrences/{date}/retry': {
    send: async (asha, headers) => {
      const path = `/transactions/schedules/${await scheduleOf(asha, refusedToday())}`
      const { last } = await eventually(async () => {
        const { body } = await asha.get(path)
        expect(body.last).not.toBeNull()
        return body
      })
      if (last.state === 'refused' && (await balanceOf(asha)) === 0) await deposit(asha, 5)
      return asha.post(`${path}/occurrences/${last.date}/retry`, undefined, headers)
    },
    count: async (asha) => (await asha.get('/transactions/')).body.length,
  },
  '/simulate': {
    send: (asha, headers) =>
      asha.post('/simulate/', { account_id: asha.id, scenario: 'deposit', amount: 5 }, headers),
    count: async (asha) => (await asha.get(`/simulate/history/${asha.id}`)).body.length,
  },
  '/risk/analyze': {
    send: (asha, headers) => asha.post('/risk/analyze', { account_id: asha.id }, headers),
    count: async () => 0,
  },
  '/portfolio/holdings': {
    send: (asha, headers) =>
      asha.post(
        '/portfolio/holdings',
        { ticker: 'A', company_name: 'A', quantity: 1, buy_price: 1, current_price: 1 },
        headers,
      ),
    count: async (asha) => (await asha.get(`/portfolio/holdings/${asha.id}`)).body.length,
  },
}

line('every-post', 'each POST of the six documents is among those tested here', async (fintwin) => {
  const documented = (await listOperations(fintwin))
    .filter(
      ({ method, path, isInternal }) =>
        method === 'POST' && !isInternal && !path.startsWith('/auth/') && path !== '/notifications',
    )
    .map(({ path }) => path)
  expect(documented.toSorted()).toEqual(Object.keys(posts).toSorted())
})

for (const [path, { send, count }] of Object.entries(posts)) {
  line('bytes', `POST ${path}`, async (fintwin) => {
    const asha = await newPerson(fintwin)
    const headers = newKey()
    const [first, second] = [await send(asha, headers), await send(asha, headers)]
    expect(first.status, first.text).toBeLessThan(300)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
  })

  line('does-nothing', `POST ${path}`, async (fintwin) => {
    const asha = await newPerson(fintwin)
    const headers = newKey()
    await send(asha, headers)
    const after = await count(asha)
    await send(asha, headers)
    expect(await count(asha)).toBe(after)
  })
}

line('not-auth', 'two logins with one key are two sessions', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const login = () =>
    callApi(fintwin, 'POST', '/auth/login', { body: { email: asha.email, password: asha.password }, headers })
  const [first, second] = [await login(), await login()]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.headers.getSetCookie()).not.toEqual(first.headers.getSetCookie())
  const wrong = await callApi(fintwin, 'POST', '/auth/login', {
    body: { email: asha.email, password: 'wrong' },
    headers,
  })
  expectProblem(wrong, 401)
})

line('scope', 'another caller’s or another path’s same key is another key', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const headers = newKey()
  const body = { type: 'deposit', amount: 5 }
  const answers = [
    await asha.post('/transactions/', body, headers),
    await bela.post('/transactions/', body, headers),
    await asha.post('/accounts/', { name: 'Trip', type: 'savings' }, headers),
    await asha.post('/transactions/batch', { mode: 'atomic', transactions: [body] }, headers),
  ]
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([10, 5])
})

line('scope', 'the slash at the end makes no other path', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const body = { type: 'deposit', amount: 5 }
  const [first, second] = [
    await asha.post('/transactions', body, headers),
    await asha.post('/transactions/', body, headers),
  ]
  expect(second.text).toBe(first.text)
})

ownLine('24h', 'a key of almost a day ago still repeats', 'ages the key in the database', async (start) => {
  const fintwin = await start()
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const send = () => asha.post('/transactions/', { type: 'deposit', amount: 5 }, headers)
  const first = await send()
  await fintwin.database
    .admin`update transaction.idempotency_keys set created_at = now() - interval '23 hours 59 minutes'`
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect((await send()).text).toBe(first.text)
  expect(await balanceOf(asha)).toBe(5)
})

line('same-transaction', 'fifty parallel posts with one key have one effect', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const send = () => asha.post('/transactions/', { type: 'deposit', amount: 3 }, headers)
  const answers = await Promise.all(Array.from({ length: 50 }, send))
  const posted = answers.filter(({ status }) => status === 201)
  for (const answer of answers.filter(({ status }) => status !== 201))
    expectProblem(answer, 409, 'idempotency_key_in_flight')
  expect(new Set(posted.map(({ text }) => text)).size).toBe(1)
  expect((await send()).text).toBe(posted[0]?.text)
  expect(await balanceOf(asha)).toBe(3)
})

line('keeps-2xx', 'also when what it needs is gone since', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 10)
  const headers = newKey()
  const send = () => asha.post('/transactions/', { type: 'withdrawal', amount: 10 }, headers)
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(await balanceOf(asha)).toBe(0)
})

line('keeps-404', 'an unknown recipient', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 10)
  const headers = newKey()
  const send = (to_account: string) =>
    asha.post('/transactions/', { type: 'transfer', amount: 1, to_account }, headers)
  const first = await send(unknownId)
  expectProblem(first, 404, 'unknown_recipient')
  expect((await send(unknownId)).text).toBe(first.text)
  expectProblem(await send(asha.id), 422, 'idempotency_key_reused')
})

line('keeps-422', 'refused for want of funds, and still refused after a top-up', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const send = () => asha.post('/transactions/', { type: 'withdrawal', amount: 10 }, headers)
  const first = await send()
  expectProblem(first, 422, 'insufficient_funds')
  await deposit(asha, 100)
  const second = await send()
  expect([second.status, second.text]).toEqual([422, first.text])
  expect(await balanceOf(asha)).toBe(100)
})

line('not-400', 'the mended body is taken under the same key', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const wrong of [
    { type: 'deposit' },
    { type: 'deposit', amount: '0.001' },
    { type: 'transfer', amount: 1 },
    '{',
  ]) {
    const headers = newKey()
    expectProblem(await asha.post('/transactions/', wrong, headers), 400)
    expect((await asha.post('/transactions/', { type: 'deposit', amount: 1 }, headers)).status).toBe(201)
  }
})

line('not-401', 'the same request with a token is taken', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const body = { type: 'deposit', amount: 1 }
  expectProblem(await callsAs(fintwin, undefined).post('/transactions/', body, headers), 401)
  expectProblem(await callsAs(fintwin, `${asha.token}x`).post('/transactions/', body, headers), 401)
  expect((await asha.post('/transactions/', body, headers)).status).toBe(201)
})

line('not-403', 'the same key with an own account is taken', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const headers = newKey()
  const send = (account_id: string) =>
    asha.post('/simulate/', { account_id, scenario: 'deposit', amount: 1 }, headers)
  expectProblem(await send(bela.id), 403)
  expect((await send(asha.id)).status).toBe(200)
})

ownLine(
  'not-409',
  'the request that met itself is answered later',
  'holds a lock in the database',
  async (start) => {
    const fintwin = await start()
    const asha = await newPerson(fintwin)
    const headers = newKey()
    const send = () => asha.post('/transactions/', { type: 'deposit', amount: 10 }, headers)
    let first: Promise<CallAnswer> | undefined
    await fintwin.database.admin.begin(async (tx) => {
      await tx`select from transaction.accounts where id = ${asha.id} for update`
      first = send()
      await new Promise((resolve) => setTimeout(resolve, 300))
      expectProblem(await send(), 409)
    })
    const answers = [await first, await send()]
    expect(answers.map((answer) => answer?.status)).toEqual([201, 201])
    expect(answers[1]?.text).toBe(answers[0]?.text)
  },
)

ownLine('not-429', 'the request is taken once the limit allows', 'needs a low limit', async (start) => {
  const fintwin = await start({ RATE_LIMIT_USER: '2/s' })
  const asha = await newPerson(fintwin)
  const headers = newKey()
  const send = () => asha.post('/transactions/', { type: 'deposit', amount: 1 }, headers)
  for (let count = 0; count < 2; count += 1) await asha.get('/transactions/')
  expectProblem(await send(), 429)
  await new Promise((resolve) => setTimeout(resolve, 1200))
  expect((await send()).status).toBe(201)
})

ownLine(
  'not-5xx',
  'the request is taken once the dependency is back',
  'takes a service away',
  async (start) => {
    const fintwin = await start()
    const broken = await start({ TRANSACTION_URL: 'http://127.0.0.1:9' }, fintwin.database)
    const asha = await newPerson(fintwin)
    const headers = newKey()
    const body = { name: 'Trip', type: 'savings' }
    expectProblem(await callsAs(broken, asha.token).post('/accounts/', body, headers), 503)
    expect((await asha.post('/accounts/', body, headers)).status).toBe(201)
    expect((await asha.get('/accounts/')).body).toHaveLength(2)
  },
)

line('every-post', 'a malformed key is 400, a key of 255 characters is taken', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const body = { type: 'deposit', amount: 1 }
  expectProblem(await asha.post('/transactions/', body, { 'idempotency-key': 'k'.repeat(256) }), 400)
  expect((await asha.post('/transactions/', body, { 'idempotency-key': 'k'.repeat(255) })).status).toBe(201)
})
