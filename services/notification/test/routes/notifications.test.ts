// Notifications: listed, counted, read and deleted by their owner only; written by services only.
import { buildAccountService } from '@fintwin/account'
import { createServiceCredentials, readKey, readKeySet } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { buildNotificationService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson
let credential: string

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    notification: buildNotificationService,
  })
  const folder = `${inject('cluster').secretsRoot}/risk`
  const keys = await readKeySet(folder, 'service-keys.json')
  const credentials = await createServiceCredentials('risk', await readKey(folder, 'service-key.json'), keys)
  credential = await credentials.issue('notification', 'notifications:write')
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  bela = await services.register('Bela')
  await vi.waitFor(async () => {
    expect((await send(bela.id, 'info', 'Hello')).status).toBe(201)
    expect((await send(asha.id, 'info', 'Welcome')).status).toBe(201)
  })
})

const send = (account_id: string, type: string, title: string, headers = {}) =>
  services.call('notification', 'POST', '/notifications/', {
    token: credential,
    headers,
    body: { account_id, type, title, message: `${title}.` },
  })
const call = (person: TestPerson, method: string, path: string) =>
  services.call('notification', method, path, { token: person.token })
const titles = ({ body }: { body: { title: string }[] }) => body.map(({ title }) => title)

describe('GET /notifications', () => {
  it('lists newest first, with and without the account, by kind, and unread only', async () => {
    await send(asha.id, 'risk', 'Risky')
    await send(asha.id, 'alert', 'Careful')
    expect(titles(await call(asha, 'GET', '/notifications/'))).toEqual(['Careful', 'Risky', 'Welcome'])
    expect(titles(await call(asha, 'GET', `/notifications/${asha.id}`))).toEqual([
      'Careful',
      'Risky',
      'Welcome',
    ])
    expect(titles(await call(asha, 'GET', '/notifications?type=risk'))).toEqual(['Risky'])
    const [newest] = (await call(asha, 'GET', '/notifications')).body
    expect(newest).toMatchObject({ account_id: asha.id, message: 'Careful.', type: 'alert', is_read: false })
    await call(asha, 'PUT', `/notifications/read/${newest.id}`)
    expect(titles(await call(asha, 'GET', '/notifications?unread_only=true'))).toEqual(['Risky', 'Welcome'])
    expect((await call(asha, 'GET', '/notifications?type=spam')).status).toBe(400)
  })

  it('pages by offset and by cursor', async () => {
    await send(asha.id, 'info', 'Second')
    const first = await call(asha, 'GET', '/notifications?limit=1')
    expect(titles(first)).toEqual(['Second'])
    const next = /^<\/api(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    expect(titles(await call(asha, 'GET', next))).toEqual(['Welcome'])
    expect(titles(await call(asha, 'GET', '/notifications?limit=1&offset=1'))).toEqual(['Welcome'])
  })

  it('gives the primary account everything, and another account its own', async () => {
    const { body: trip } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Trip', type: 'savings' },
    })
    expect(titles(await call(asha, 'GET', `/notifications/${trip.id}`))).toEqual([])
    await vi.waitFor(async () => expect((await send(trip.id, 'info', 'Bon voyage')).status).toBe(201))
    expect(titles(await call(asha, 'GET', `/notifications/${trip.id}`))).toEqual(['Bon voyage'])
    expect(titles(await call(asha, 'GET', `/notifications/${asha.id}`))).toEqual(['Bon voyage', 'Welcome'])
    expect((await call(asha, 'GET', `/notifications/count/${trip.id}`)).body).toEqual({ total: 1, unread: 1 })
    expect((await call(asha, 'PUT', `/notifications/read-all/${trip.id}`)).body.count).toBe(1)
    expect((await call(asha, 'GET', `/notifications/count/${asha.id}`)).body).toEqual({ total: 2, unread: 1 })
  })

  it('gives 403 with one body for accounts that are not the caller’s', async () => {
    const answers = await Promise.all(
      [bela.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense'].flatMap((id) => [
        call(asha, 'GET', `/notifications/${id}`),
        call(asha, 'GET', `/notifications/count/${id}`),
        call(asha, 'PUT', `/notifications/read-all/${id}`),
      ]),
    )
    expect(answers.every(({ status }) => status === 403)).toBe(true)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await call(bela, 'GET', `/notifications/count/${bela.id}`)).body.unread).toBe(1)
  })
})

describe('reading and deleting', () => {
  it('marks one, and then all', async () => {
    await send(asha.id, 'info', 'Second')
    await send(asha.id, 'info', 'Third')
    const [newest] = (await call(asha, 'GET', '/notifications')).body
    expect((await call(asha, 'PUT', `/notifications/read/${newest.id}`)).body).toEqual({
      ...newest,
      is_read: true,
    })
    expect((await call(asha, 'GET', `/notifications/count/${asha.id}`)).body).toEqual({ total: 3, unread: 2 })
    const all = await call(asha, 'PUT', `/notifications/read-all/${asha.id}`)
    expect(all.body).toEqual({ message: 'Marked 2 as read.', count: 2 })
    expect((await call(asha, 'GET', `/notifications/count/${asha.id}`)).body.unread).toBe(0)
  })

  it('deletes one', async () => {
    const [newest] = (await call(asha, 'GET', '/notifications')).body
    expect((await call(asha, 'DELETE', `/notifications/${newest.id}`)).body.message).toBeTruthy()
    expect((await call(asha, 'GET', '/notifications')).body).toEqual([])
    expect((await call(asha, 'DELETE', `/notifications/${newest.id}`)).status).toBe(404)
  })

  it('gives 404 with one body for another’s and an unknown one, and changes nothing', async () => {
    const [hers] = (await call(bela, 'GET', '/notifications')).body
    const answers = await Promise.all(
      [hers.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense'].flatMap((id) => [
        call(asha, 'PUT', `/notifications/read/${id}`),
        call(asha, 'DELETE', `/notifications/${id}`),
      ]),
    )
    expect(answers.every(({ status }) => status === 404)).toBe(true)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await call(bela, 'GET', '/notifications')).body).toMatchObject([{ id: hers.id, is_read: false }])
  })
})

describe('POST /notifications', () => {
  it('is for services only', async () => {
    const body = { account_id: asha.id, title: 'Hi', message: 'Hi.', type: 'info' }
    expect((await services.call('notification', 'POST', '/notifications', { body })).status).toBe(401)
    const answer = await services.call('notification', 'POST', '/notifications', { body, token: asha.token })
    expect(answer.status).toBe(403)
    expect(titles(await call(asha, 'GET', '/notifications'))).toEqual(['Welcome'])
  })

  it('gives 404 for an account that nobody has, and 400 for a kind that there is not', async () => {
    expect((await send('01a20efe-9791-7638-ac63-f5157733cea0', 'info', 'Hi')).status).toBe(404)
    expect((await send(asha.id, 'spam', 'Hi')).status).toBe(400)
  })

  it('notifies once for the same key', async () => {
    const first = await send(asha.id, 'info', 'Once', { 'idempotency-key': 'once' })
    const second = await send(asha.id, 'info', 'Once', { 'idempotency-key': 'once' })
    expect(second.text).toBe(first.text)
    expect(titles(await call(asha, 'GET', '/notifications'))).toEqual(['Once', 'Welcome'])
  })
})
