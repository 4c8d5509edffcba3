// Sessions: what begins them, what ends them, and what a stolen cookie is worth.
import { asPerson } from '@fintwin/platform'
import { type CallAnswer, startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccountService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const login = (password = asha.password, email = asha.email) =>
  services.call('account', 'POST', '/auth/login', { body: { email, password } })
const refresh = (cookie: string) => services.call('account', 'POST', '/auth/refresh', { headers: { cookie } })
const cookieOf = (answer: CallAnswer): string => answer.headers.get('set-cookie')?.split(';')[0] ?? ''
const status = async (token: string): Promise<number> =>
  (await services.call('account', 'GET', '/accounts', { token })).status

describe('POST /auth/register', () => {
  it('gives both names of the token, which tells who and until when', async () => {
    const body = {
      name: '  Bela  ',
      email: `Bela-${Date.now()}@Example.org`,
      password: 'a long enough one',
      is_admin: true,
    }
    const answer = await services.call('account', 'POST', '/auth/register', { body })
    expect(answer.status).toBe(201)
    expect(answer.body.ft_token).toBe(answer.body.token)
    const payload = JSON.parse(Buffer.from(answer.body.token.split('.')[1], 'base64url').toString())
    expect(payload).toMatchObject({ sub: answer.body.user.id, name: 'Bela' })
    expect(payload.exp * 1000 - Date.now()).toBeGreaterThan(3_590_000)
    expect(answer.body.user.email).toBe(body.email.toLowerCase())
    const cookie = answer.headers.get('set-cookie')
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).toMatch(/Path=\/api\/auth/)
  })

  it('refuses an e-mail that is taken, whatever its case', async () => {
    const body = { name: 'Other', email: asha.email.toUpperCase(), password: 'a long enough one' }
    const answer = await services.call('account', 'POST', '/auth/register', { body })
    expect(answer).toMatchObject({ status: 409, body: { code: 'email_taken' } })
  })

  it('gives one of two simultaneous registrations, and conflicts the other', async () => {
    const body = { name: 'Twice', email: `twice-${Date.now()}@example.org`, password: 'a long enough one' }
    const answers = await Promise.all(
      [0, 1].map(() => services.call('account', 'POST', '/auth/register', { body })),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409])
  })

  it('keeps no password, only its Argon2id hash', async () => {
    const [row] = await services.database
      .admin`select password_hash from account.people where id = ${asha.id}`
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

describe('POST /auth/login', () => {
  it('answers a wrong password and an unknown e-mail alike', async () => {
    const wrong = await login('not the password')
    const unknown = await login('not the password', 'nobody@example.org')
    expect(wrong.status).toBe(401)
    expect(unknown.text).toBe(wrong.text)
  })

  it('slows guessing of one e-mail from one address, and nobody else', async () => {
    const bela = await services.register('Bela')
    for (let guess = 0; guess < 10; guess += 1) await login(`guess ${guess}`)
    const slowed = await login()
    expect(slowed.status).toBe(429)
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await login(bela.password, bela.email)).status).toBe(200)
  })
})

describe('POST /auth/refresh', () => {
  const rotatedEarlier = (by: string) =>
    services.database
      .admin`update account.sessions set rotated_at = rotated_at - ${by}::interval where owner_id = ${asha.id}`
  /** Shows a cookie that must be good, and gives the next. */
  const next = async (cookie: string): Promise<string> => {
    const answer = await refresh(cookie)
    expect(answer.status).toBe(200)
    return cookieOf(answer)
  }
  const expectEnded = async (...cookies: string[]) => {
    for (const cookie of cookies) expect((await refresh(cookie)).status).toBe(401)
  }

  it('rotates the cookie, and lets a lost answer be fetched once more', async () => {
    const first = cookieOf(await login())
    const second = await next(first)
    const third = await next(first)
    expect(new Set([first, second, third]).size).toBe(3)
    await next(await next(third))
  })

  it.each([
    ['the first answer', true],
    ['the retried answer', false],
  ])('ends the session when both answers are used, %s first', async (_name, isFirstUsed) => {
    const answer = await login()
    const shared = cookieOf(answer)
    const answers = [await next(shared), await next(shared)]
    const [used, late] = (isFirstUsed ? answers : answers.toReversed()) as [string, string]
    const following = await next(used)
    await expectEnded(late, following, used, shared)
    await expect.poll(() => status(answer.body.token), { timeout: 5_000 }).toBe(401)
  })

  it('ends the session when a cookie turns up a third time', async () => {
    const shared = cookieOf(await login())
    const answers = [await next(shared), await next(shared)]
    await expectEnded(shared, ...answers)
  })

  it('ends the session when a cookie turns up after its successor was used', async () => {
    const stolen = cookieOf(await login())
    const current = await next(await next(stolen))
    await expectEnded(stolen, current)
  })

  it('ends the session when an old cookie turns up later', async () => {
    const answer = await login()
    const stolen = cookieOf(answer)
    const current = await next(stolen)
    await rotatedEarlier('31 seconds')
    await expectEnded(stolen, current)
    await expect.poll(() => status(answer.body.token), { timeout: 5_000 }).toBe(401)
  })

  it('counts the grace from the first rotation, not from the retry', async () => {
    const rotations = () =>
      services.database.admin<{ rotated_at: Date }[]>`
        select rotated_at from account.sessions where owner_id = ${asha.id} order by rotated_at`
    const shared = cookieOf(await login())
    await next(shared)
    await rotatedEarlier('20 seconds')
    const before = await rotations()
    await next(shared)
    expect(await rotations()).toEqual(before)
  })

  it('lets two tabs refresh at the same time, whichever answer their cookie jar keeps', async () => {
    for (const kept of [0, 1]) {
      const shared = cookieOf(await login())
      const answers = await Promise.all([refresh(shared), refresh(shared)])
      expect(answers.map((answer) => answer.status)).toEqual([200, 200])
      await next(await next(cookieOf(answers[kept] as CallAnswer)))
    }
  })

  it('gives two answers at most, however many ask at the same time', async () => {
    const shared = cookieOf(await login())
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(shared)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, 401, 401, 401, 401])
    await expectEnded(...answers.map(cookieOf))
  })

  it('refuses what is no session', async () => {
    expect((await refresh('')).status).toBe(401)
    expect((await refresh('fintwin_session=nonsense')).status).toBe(401)
  })

  it('ends after the session’s absolute life, however often it was refreshed', async () => {
    const cookie = cookieOf(await login())
    await services.database
      .admin`update account.sessions set expires_at = now() - interval '1 second' where owner_id = ${asha.id}`
    expect((await refresh(cookie)).status).toBe(401)
  })
})

describe('POST /auth/logout', () => {
  it('ends the session of the token everywhere within five seconds, and no other', async () => {
    const here = await login()
    const elsewhere = await login()
    const { token } = here.body
    expect((await services.call('account', 'POST', '/auth/logout', { token })).status).toBe(204)
    const inTransactions = async () =>
      (await services.call('transaction', 'GET', '/transactions', { token })).status
    await expect.poll(() => status(token), { timeout: 5_000 }).toBe(401)
    await expect.poll(inTransactions, { timeout: 5_000 }).toBe(401)
    expect(await status(elsewhere.body.token)).toBe(200)
  })
})

describe('row security of the account service', () => {
  it('shows nobody’s rows to nobody, and one person’s to that person', async () => {
    const service = await services.database.as('fintwin_account')
    const bela = await services.register('Bela')
    for (const table of ['people', 'sessions', 'accounts', 'idempotency_keys']) {
      expect(await service.unsafe(`select * from ${table}`)).toHaveLength(0)
    }
    const seen = await asPerson(service, bela.id, (tx) => tx<{ id: string }[]>`select id from people`)
    expect(seen.map(({ id }) => id)).toEqual([bela.id])
  })
})
