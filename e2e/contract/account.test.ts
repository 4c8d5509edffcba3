// The account service's calls.
import { type CallAnswer, callUrl } from '@fintwin/testing'
import { expect } from 'vitest'
import { eventually, expectProblem, timestamp, unknownId, uuidv7 } from '../expectations.ts'
import type { FinTwin } from '../fintwin.ts'
import { balanceOf, callApi, callsAs, deposit, newPerson, openAccount, type Person } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('account')

let emails = 0
const newEmail = (): string => `line-${process.pid}-${Date.now()}-${++emails}@example.org`

const register = (fintwin: FinTwin, body: unknown): Promise<CallAnswer> =>
  callApi(fintwin, 'POST', '/auth/register', { body })
const login = (fintwin: FinTwin, body: unknown): Promise<CallAnswer> =>
  callApi(fintwin, 'POST', '/auth/login', { body })
const sound = () => ({ name: 'Asha Rao', email: newEmail(), password: 'a long enough passphrase' })

const sessionShape = (email: string) => ({
  token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  ft_token: expect.any(String),
  user: { id: expect.stringMatching(uuidv7), name: 'Asha Rao', email },
  expires_in: 3600,
})

line('register', 'no token is needed', async (fintwin) => {
  const body = sound()
  const answer = await register(fintwin, body)
  expect(answer.status).toBe(201)
  expect(answer.body).toEqual(sessionShape(body.email))
})

line('register-one-token', 'at register and at login', async (fintwin) => {
  const body = sound()
  for (const answer of [await register(fintwin, body), await login(fintwin, body)]) {
    expect(answer.body.ft_token).toBe(answer.body.token)
  }
})

line('register-payload', 'readable by a client that decodes it', async (fintwin) => {
  const { body } = await register(fintwin, sound())
  const payload = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString())
  expect(payload).toMatchObject({ sub: body.user.id, name: 'Asha Rao' })
  expect(payload.exp - Date.now() / 1000).toBeGreaterThan(3500)
  expect(payload.exp - Date.now() / 1000).toBeLessThanOrEqual(3600)
})

line('register-checks', 'each member, one by one', async (fintwin) => {
  for (const member of ['name', 'email', 'password']) {
    expectProblem(await register(fintwin, { ...sound(), [member]: undefined }), 400)
    expectProblem(await register(fintwin, { ...sound(), [member]: '' }), 400)
    expectProblem(await register(fintwin, { ...sound(), [member]: 5 }), 400)
  }
})

line('login', 'by e-mail in any case of its letters', async (fintwin) => {
  const body = sound()
  await register(fintwin, body)
  for (const email of [body.email, body.email.toUpperCase()]) {
    const answer = await login(fintwin, { ...body, email })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(sessionShape(body.email))
  }
})

line('login-text', 'one answer, but for its request id', async (fintwin) => {
  const body = sound()
  await register(fintwin, body)
  const wrongPassword = await login(fintwin, { ...body, password: 'a wrong passphrase' })
  const wrongEmail = await login(fintwin, { ...body, email: newEmail() })
  expectProblem(wrongPassword, 401, 'wrong_credentials')
  expect([wrongEmail.status, wrongEmail.text]).toEqual([wrongPassword.status, wrongPassword.text])
  const headers = (answer: CallAnswer) => [...answer.headers.keys()].toSorted()
  expect(headers(wrongEmail)).toEqual(headers(wrongPassword))
})

line('login-time', 'medians of nine, within a factor of two', async (fintwin) => {
  const bodies = [sound(), sound()]
  for (const body of bodies) await register(fintwin, body)
  const times: Record<'email' | 'password', number[]> = { email: [], password: [] }
  for (let round = 0; round < 9; round += 1) {
    const body = bodies[round % 2] as ReturnType<typeof sound>
    times.password.push(await timeOf(() => login(fintwin, { ...body, password: 'a wrong passphrase' })))
    times.email.push(await timeOf(() => login(fintwin, { ...body, email: newEmail() })))
  }
  const ratio = median(times.email) / median(times.password)
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number

line('list', 'two people see two lists', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const own = [asha.id, await openAccount(asha), await openAccount(asha, { type: 'current' })]
  const ids = async (person: Person) =>
    (await person.get('/accounts/')).body.map(({ id }: { id: string }) => id)
  expect(await ids(asha)).toEqual(own)
  expect(await ids(bela)).toEqual([bela.id])
})

line('shape', 'in the list, alone and when it is opened', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const opened = await asha.post('/accounts/', { name: 'Trip', type: 'current', currency: 'USD' })
  const shape = {
    id: expect.stringMatching(uuidv7),
    email: asha.email,
    balance: 0,
    created_at: expect.stringMatching(timestamp),
  }
  const savings = { ...shape, name: expect.any(String), type: 'savings', currency: 'INR' }
  const trip = { ...shape, name: 'Trip', type: 'current', currency: 'USD' }
  expect((await asha.get('/accounts/')).body).toMatchObject([savings, trip])
  expect((await asha.get(`/accounts/${asha.id}`)).body).toMatchObject(savings)
  expect(opened.body).toMatchObject(trip)
})

line('types', 'the original’s three and ours; no other', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const type of ['savings', 'current', 'portfolio', 'credit', 'loan', 'cash']) {
    expect((await asha.post('/accounts/', { name: 'One', type })).body.type).toBe(type)
  }
  expectProblem(await asha.post('/accounts/', { name: 'One', type: 'pocket' }), 400)
})

line('get', 'an own one, and another’s', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const second = await openAccount(asha)
  for (const id of [asha.id, second]) expect((await asha.get(`/accounts/${id}`)).body.id).toBe(id)
  expectProblem(await asha.get(`/accounts/${bela.id}`), 403)
})

line('open', 'with a name, a type and perhaps a currency', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const answer = await asha.post('/accounts/', { name: 'Trip', type: 'savings' })
  expect(answer).toMatchObject({
    status: 201,
    body: { name: 'Trip', type: 'savings', currency: 'INR', balance: 0 },
  })
  expect(answer.body.id).not.toBe(asha.id)
  expect((await asha.get('/accounts/')).body).toHaveLength(2)
  expectProblem(await asha.post('/accounts/', { type: 'savings' }), 400)
  expectProblem(await asha.post('/accounts/', { name: 'Trip', type: 'savings', currency: 'XXX1' }), 400)
})

line('open-at-zero', 'money enters only by a posted transaction', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const opening = { balance: 5000, opening_balance: 5000, initial_balance: '5000', available_balance: 1 }
  const id = await openAccount(asha, opening)
  expect(await balanceOf(asha, id)).toBe(0)
  expect((await asha.get(`/transactions/account/${id}`)).body).toEqual([])
  expectProblem(await asha.post('/transactions/', { account_id: id, type: 'withdrawal', amount: 1 }), 422)
  await deposit(asha, 12, { account_id: id })
  expect(await balanceOf(asha, id)).toBe(12)
})

ownLine('exists', 'under the user’s token', 'calls the service past the gateway', async (start) => {
  const fintwin = await start()
  const { asha, bela, read } = await besideTheGateway(fintwin)
  expect(await read(`/accounts/${asha.id}/exists`, asha.token)).toMatchObject({
    status: 200,
    body: { exists: true },
  })
  const answers = [bela.id, unknownId, 'malformed'].map((id) => read(`/accounts/${id}/exists`, asha.token))
  const bodies = new Set((await Promise.all(answers)).map(({ status, text }) => `${status} ${text}`))
  expect([...bodies]).toEqual([expect.stringMatching(/^404 /)])
  expectProblem(await read(`/accounts/${asha.id}/exists`), 401)
})

ownLine('status', 'open, frozen or closed', 'calls the service past the gateway', async (start) => {
  const fintwin = await start()
  const { asha, bela, read } = await besideTheGateway(fintwin)
  for (const status of ['open', 'frozen', 'closed']) {
    await fintwin.database.admin`update transaction.accounts set status = ${status} where id = ${asha.id}`
    expect((await read(`/accounts/${asha.id}/status`, asha.token)).body).toEqual({ id: asha.id, status })
  }
  for (const id of [bela.id, unknownId, 'malformed'])
    expectProblem(await read(`/accounts/${id}/status`, asha.token), 404)
  expectProblem(await read(`/accounts/${asha.id}/status`), 401)
})

async function besideTheGateway(fintwin: FinTwin) {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const read = (path: string, token?: string) =>
    callUrl(`${fintwin.serviceUrl('account')}${path}`, 'GET', { token })
  return { asha, bela, read }
}

line('not-through-gateway', 'with the owner’s own token', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const path of ['exists', 'status', 'exists/', 'status/', 'exists?x=1']) {
    expectProblem(await asha.get(`/accounts/${asha.id}/${path}`), 404)
  }
})

const cookieOf = (answer: CallAnswer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const refresh = (fintwin: FinTwin, cookie: string): Promise<CallAnswer> =>
  callApi(fintwin, 'POST', '/auth/refresh', { headers: cookie ? { cookie } : {} })

line('refresh', 'the cookie is HttpOnly, strict, and another each time', async (fintwin) => {
  const body = sound()
  const registered = await register(fintwin, body)
  expect(registered.headers.getSetCookie()[0]).toMatch(/HttpOnly/i)
  expect(registered.headers.getSetCookie()[0]).toMatch(/SameSite=Strict/i)
  const refreshed = await refresh(fintwin, cookieOf(registered))
  expect(refreshed.status).toBe(200)
  expect(refreshed.body).toEqual({ ...sessionShape(body.email), user: registered.body.user })
  expect(cookieOf(refreshed)).not.toBe(cookieOf(registered))
  expect((await callsAs(fintwin, refreshed.body.token).get('/accounts/')).body[0].id).toBe(
    registered.body.user.id,
  )
  for (const cookie of ['', 'fintwin_session=made-up']) expectProblem(await refresh(fintwin, cookie), 401)
})

line('logout', 'by the cookie, or by the token', async (fintwin) => {
  const registered = await register(fintwin, sound())
  const byCookie = await callApi(fintwin, 'POST', '/auth/logout', {
    headers: { cookie: cookieOf(registered) },
  })
  expect([byCookie.status, byCookie.text]).toEqual([204, ''])
  expectProblem(await refresh(fintwin, cookieOf(registered)), 401)
  const asha = await newPerson(fintwin)
  expect((await asha.post('/auth/logout')).status).toBe(204)
})

line(
  'logout-tokens-die',
  'within five seconds, on every service; other sessions live on',
  async (fintwin) => {
    const asha = await newPerson(fintwin)
    const other = callsAs(fintwin, (await login(fintwin, asha)).body.token)
    const paths = [
      '/accounts/',
      '/transactions/',
      `/simulate/history/${asha.id}`,
      `/risk/score/${asha.id}`,
      '/portfolio/',
      '/notifications/',
    ]
    for (const path of paths) expect((await asha.get(path)).status, path).toBe(200)
    await asha.post('/auth/logout')
    await eventually(async () => {
      for (const path of paths) expect((await asha.get(path)).status, path).toBe(401)
    })
    expect((await other.get('/accounts/')).status).toBe(200)
  },
)

line('no-balance-put', 'nobody mints money', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 5)
  for (const body of [{ balance: 1e6 }, { amount: 1e6 }, 1e6]) {
    const answer = await asha.put(`/accounts/${asha.id}/balance`, body)
    expect([404, 405]).toContain(answer.status)
  }
  for (const method of ['POST', 'PUT']) {
    const answer = await callApi(fintwin, method, `/accounts/${asha.id}`, {
      token: asha.token,
      body: { balance: 1e6 },
    })
    expect([404, 405]).toContain(answer.status)
  }
  const change = (body: object) =>
    callApi(fintwin, 'PATCH', `/accounts/${asha.id}`, { token: asha.token, body })
  expect((await change({ balance: 1e6 })).status).toBe(400)
  expect(
    (await change({ name: 'Rich', balance: 1e6, available_balance: 1e6, floor_minor: -1e9 })).body,
  ).toMatchObject({
    name: 'Rich',
    balance: 5,
    available_balance: 5,
    overdraft_limit: 0,
  })
  expect(await balanceOf(asha)).toBe(5)
})
