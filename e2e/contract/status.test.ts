// Which status means what.
import { randomUUID } from 'node:crypto'
import { callUrl } from '@fintwin/testing'
import { expect } from 'vitest'
import { expectProblem, unknownId } from '../expectations.ts'
import { balanceOf, callApi, deposit, newPerson, openAccount } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('status')

const key = (): Record<string, string> => ({ 'idempotency-key': randomUUID() })

line('400-malformed', 'what cannot be read or has no meaning', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const body of [
    '{',
    { amount: 1 },
    { type: 'deposit', amount: '1.234' },
    { type: 'transfer', amount: 1 },
  ]) {
    expectProblem(await asha.post('/transactions/', body), 400)
  }
  expectProblem(await asha.post('/accounts/', { name: 'A', type: 'savings', currency: 'ZZZ' }), 400)
  expectProblem(await asha.get('/transactions/?limit=none'), 400)
})

line('401-token', 'no token, a bad one, and one of another scheme', async (fintwin) => {
  for (const authorization of ['', 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic YTpi', 'Token x']) {
    expectProblem(
      await callApi(fintwin, 'GET', '/accounts/', { headers: authorization ? { authorization } : {} }),
      401,
    )
  }
})

line('403-not-yours', 'an account that is not the caller’s', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  expectProblem(await asha.get(`/accounts/${bela.id}`), 403, 'not_your_account')
})

line('404-unknown', 'ids and addresses that are not there', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const path of [`/simulate/history/detail/${unknownId}`, '/nothing', '/accounts/a/b', '/']) {
    expectProblem(await asha.get(path), 404)
  }
  expectProblem(await asha.delete(`/notifications/${unknownId}`), 404)
  expectProblem(await asha.put(`/portfolio/holdings/${unknownId}`, { current_price: 1 }), 404)
})

line('409-email', 'in any case of its letters', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const email of [asha.email, asha.email.toUpperCase()]) {
    const body = { name: 'Again', email, password: 'a long enough passphrase' }
    expectProblem(await callApi(fintwin, 'POST', '/auth/register', { body }), 409, 'email_taken')
  }
})

ownLine(
  '409-in-flight',
  'while the first request waits for its account',
  'holds a lock in the database',
  async (start) => {
    const fintwin = await start()
    const asha = await newPerson(fintwin)
    const headers = key()
    const body = { type: 'deposit', amount: 10 }
    let first: ReturnType<typeof asha.post> | undefined
    await fintwin.database.admin.begin(async (tx) => {
      await tx`select from transaction.accounts where id = ${asha.id} for update`
      first = asha.post('/transactions/', body, headers)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expectProblem(await asha.post('/transactions/', body, headers), 409, 'idempotency_key_in_flight')
    })
    const posted = await first
    expect(posted?.status).toBe(201)
    expect((await asha.post('/transactions/', body, headers)).text).toBe(posted?.text)
    expect(await balanceOf(asha)).toBe(10)
  },
)

line('422-funds', 'a withdrawal and a transfer beyond the balance', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  await deposit(asha, 10)
  for (const body of [
    { type: 'withdrawal', amount: 10.01 },
    { type: 'transfer', amount: 11, to_account: bela.id },
  ]) {
    expectProblem(await asha.post('/transactions/', body), 422, 'insufficient_funds')
  }
  expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([10, 0])
})

line('422-currency', 'a transfer between rupees and dollars', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 10)
  const dollars = await openAccount(asha, { currency: 'USD' })
  const answer = await asha.post('/transactions/', { type: 'transfer', amount: 1, to_account: dollars })
  expectProblem(answer, 422, 'currency_mismatch')
})

ownLine('422-frozen', 'nothing leaves a frozen account', 'freezes one in the database', async (start) => {
  const fintwin = await start()
  const asha = await newPerson(fintwin)
  await deposit(asha, 10)
  await fintwin.database.admin`update transaction.accounts set status = 'frozen' where id = ${asha.id}`
  expectProblem(await asha.post('/transactions/', { type: 'withdrawal', amount: 1 }), 422, 'account_frozen')
  const { body } = await callUrl(`${fintwin.serviceUrl('account')}/accounts/${asha.id}/status`, 'GET', {
    token: asha.token,
  })
  expect(body).toEqual({ id: asha.id, status: 'frozen' })
  expect(await balanceOf(asha)).toBe(10)
})

line('422-key', 'the second body does nothing', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const headers = key()
  await asha.post('/transactions/', { type: 'deposit', amount: 10 }, headers)
  const answer = await asha.post('/transactions/', { type: 'deposit', amount: 11 }, headers)
  expectProblem(answer, 422, 'idempotency_key_reused')
  expect(await balanceOf(asha)).toBe(10)
})

ownLine('429-limit', 'per person and per address, with Retry-After', 'needs low limits', async (start) => {
  const fintwin = await start({ RATE_LIMIT_USER: '5/m', RATE_LIMIT_AUTH: '3/m' })
  const [asha, bela] = [await newPerson(fintwin), await newPerson(fintwin)]
  const answers = []
  for (let count = 0; count < 8; count += 1) answers.push(await asha.get('/accounts/'))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  expectProblem(answers.at(-1) as never, 429, 'rate_limited')
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await bela.get('/accounts/')).status).toBe(200)

  const body = { email: asha.email, password: asha.password }
  const logins = [
    await callApi(fintwin, 'POST', '/auth/login', { body }),
    await callApi(fintwin, 'POST', '/auth/login', { body }),
  ]
  expect(logins.map(({ status }) => status)).toEqual([200, 429])
  expect(Number(logins[1]?.headers.get('retry-after'))).toBeGreaterThan(0)
})

ownLine(
  '503-dependency',
  'a service away, at the gateway and behind it',
  'takes services away',
  async (start) => {
    const fintwin = await start()
    const broken = await start({ TRANSACTION_URL: 'http://127.0.0.1:9' }, fintwin.database)
    const asha = await newPerson(fintwin)
    const calls: [string, string, object?][] = [
      ['GET', '/transactions/'],
      ['GET', '/accounts/'],
      ['GET', `/risk/score/${asha.id}`],
      ['POST', '/simulate/', { account_id: asha.id, scenario: 'deposit', amount: 1 }],
      ['GET', '/portfolio/'],
    ]
    for (const [method, path, body] of calls) {
      const answer = await callApi(broken, method, path, { token: asha.token, body })
      expectProblem(answer, 503, 'dependency_down')
      expect(Number(answer.headers.get('retry-after')), path).toBeGreaterThan(0)
    }
    const email = `nobody-${asha.id}@example.org`
    const register = { name: 'Nobody', email, password: 'a long enough passphrase' }
    expectProblem(await callApi(broken, 'POST', '/auth/register', { body: register }), 503, 'dependency_down')
    expect((await callApi(fintwin, 'POST', '/auth/register', { body: register })).status).toBe(201)
  },
)
