// The notification service's calls, and what creates a notification.
import { createServiceCredentials, readKey, readKeySet } from '@fintwin/platform'
import { callUrl } from '@fintwin/testing'
import { expect } from 'vitest'
import { openStream } from '../event-stream.ts'
import { eventually, expectProblem, timestamp, unknownId, uuidv7 } from '../expectations.ts'
import type { FinTwin, OwnFinTwin } from '../fintwin.ts'
import { callApi, deposit, newPerson, openAccount, type Person, simulate } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('notification', { waitTogether: true })

interface Notification {
  id: string
  account_id: string
  title: string
  message: string
  type: string
  is_read: boolean
  created_at: string
}

const list = async (person: Person, query = ''): Promise<Notification[]> =>
  (await person.get(`/notifications/${query}`)).body

/** Waits until there are as many as that; more within the next moment are a fault. */
async function settled(person: Person, count: number): Promise<Notification[]> {
  await eventually(async () => expect((await list(person)).length).toBeGreaterThanOrEqual(count))
  await new Promise((resolve) => setTimeout(resolve, 700))
  const notifications = await list(person)
  expect(notifications.map(({ title, message }) => `${title}: ${message}`)).toHaveLength(count)
  return notifications
}

/** Somebody with plenty, which came three days ago and is no news. */
async function wealthy(fintwin: FinTwin, name?: string): Promise<Person> {
  const person = await newPerson(fintwin, name)
  await deposit(person, 1_000_000, { effective_at: new Date(Date.now() - 3 * 86_400_000).toISOString() })
  await new Promise((resolve) => setTimeout(resolve, 700))
  await eventually(async () => {
    for (const { id } of await list(person)) await person.delete(`/notifications/${id}`)
    expect(await list(person)).toEqual([])
  })
  return person
}

/** Somebody with three notifications: a warning and two infos. */
async function notified(fintwin: FinTwin): Promise<{ asha: Person; notifications: Notification[] }> {
  const asha = await wealthy(fintwin)
  await deposit(asha, 1)
  await settled(asha, 1)
  await asha.post('/transactions/', { type: 'withdrawal', amount: 2 })
  await settled(asha, 2)
  await simulate(asha, { amount: 2_000_000 })
  return { asha, notifications: await settled(asha, 3) }
}

line('list', 'all of them, by each address', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  for (const path of ['/notifications', '/notifications/', `/notifications/${asha.id}`]) {
    expect((await asha.get(path)).body, path).toEqual(notifications)
  }
  const created = notifications.map(({ created_at }) => created_at)
  expect(created).toEqual(created.toSorted().toReversed())
  const second = await openAccount(asha)
  expect(await list(asha, second)).toEqual([])
})

line('shape', 'of each', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  for (const notification of notifications) {
    expect(notification).toEqual({
      id: expect.stringMatching(uuidv7),
      account_id: asha.id,
      title: expect.stringMatching(/\S/),
      message: expect.stringMatching(/\S/),
      type: expect.stringMatching(/^(risk|alert|info)$/),
      is_read: false,
      created_at: expect.stringMatching(timestamp),
    })
  }
})

line('filter-type', 'each kind, and no unknown one', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  for (const type of ['risk', 'alert', 'info']) {
    const expected = notifications.filter((notification) => notification.type === type)
    expect(await list(asha, `?type=${type}`), type).toEqual(expected)
    expect(await list(asha, `${asha.id}?type=${type}`), type).toEqual(expected)
  }
  expectProblem(await asha.get('/notifications/?type=news'), 400)
})

line('filter-unread', 'true, false and nothing', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  await asha.put(`/notifications/read/${notifications[1]?.id}`)
  expect((await list(asha, '?unread_only=true')).map(({ id }) => id)).toEqual([
    notifications[0]?.id,
    notifications[2]?.id,
  ])
  expect(await list(asha, '?unread_only=false')).toHaveLength(3)
  expect(await list(asha)).toHaveLength(3)
})

line('count', 'before and after reading', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  const count = async () => (await asha.get(`/notifications/count/${asha.id}`)).body
  expect(await count()).toEqual({ total: 3, unread: 3 })
  await asha.put(`/notifications/read/${notifications[0]?.id}`)
  expect(await count()).toEqual({ total: 3, unread: 2 })
})

line('read', 'once and again', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  for (let time = 0; time < 2; time += 1) {
    const answer = await asha.put(`/notifications/read/${notifications[0]?.id}`)
    expect(answer).toMatchObject({ status: 200, body: { ...notifications[0], is_read: true } })
  }
})

line('read-all', 'those that were unread are counted', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  await asha.put(`/notifications/read/${notifications[0]?.id}`)
  const readAll = () => asha.put(`/notifications/read-all/${asha.id}`)
  expect(await readAll()).toMatchObject({
    status: 200,
    body: { message: expect.stringMatching(/\S/), count: 2 },
  })
  expect((await readAll()).body.count).toBe(0)
  expect((await list(asha)).every(({ is_read }) => is_read)).toBe(true)
})

line('delete', 'that one and no other', async (fintwin) => {
  const { asha, notifications } = await notified(fintwin)
  const answer = await asha.delete(`/notifications/${notifications[0]?.id}`)
  expect(answer).toMatchObject({ status: 200, body: { message: expect.stringMatching(/\S/) } })
  expectProblem(await asha.delete(`/notifications/${notifications[0]?.id}`), 404)
  expect(await list(asha)).toEqual(notifications.slice(1))
})

const notice = (account_id: string) => ({
  account_id,
  title: 'Hello',
  message: 'A service says hello.',
  type: 'alert',
})

/** Calls the service past the gateway, as another service does. */
async function besideTheGateway(fintwin: OwnFinTwin) {
  const folder = `${fintwin.secretsRoot}/risk`
  const credentials = await createServiceCredentials(
    'risk',
    await readKey(folder, 'service-key.json'),
    await readKeySet(folder, 'service-keys.json'),
  )
  const post = (token: string | undefined, body: unknown, headers: Record<string, string> = {}) =>
    callUrl(`${fintwin.serviceUrl('notification')}/notifications/`, 'POST', { token, body, headers })
  return { credentials, post }
}

ownLine(
  'services-only',
  'a service’s credential of that scope, and no other token',
  'needs a service’s key',
  async (start) => {
    const fintwin = await start()
    const { credentials, post } = await besideTheGateway(fintwin)
    const asha = await newPerson(fintwin)
    await eventually(async () => {
      const token = await credentials.issue('notification', 'notifications:write')
      expect(await post(token, notice(asha.id))).toMatchObject({
        status: 201,
        body: { ...notice(asha.id), is_read: false },
      })
    })
    expect((await list(asha)).map(({ title }) => title)).toContain('Hello')
    expectProblem(await post(asha.token, notice(asha.id)), 403)
    expectProblem(await post(await credentials.issue('notification', 'sessions:read'), notice(asha.id)), 403)
    expectProblem(await post(await credentials.issue('account', 'notifications:write'), notice(asha.id)), 403)
    expectProblem(await post(undefined, notice(asha.id)), 401)
    const token = await credentials.issue('notification', 'notifications:write')
    expectProblem(await post(token, notice(unknownId)), 404)
    expectProblem(await post(token, { ...notice(asha.id), type: 'news' }), 400)
    expect((await list(asha)).filter(({ title }) => title === 'Hello')).toHaveLength(1)
  },
)

ownLine('services-only', 'a repeated key notifies once', 'needs a service’s key', async (start) => {
  const fintwin = await start()
  const { credentials, post } = await besideTheGateway(fintwin)
  const asha = await newPerson(fintwin)
  const headers = { 'idempotency-key': `notice-${asha.id}` }
  const send = async () =>
    post(await credentials.issue('notification', 'notifications:write'), notice(asha.id), headers)
  const first = await eventually(async () => {
    const answer = await send()
    expect(answer.status).toBe(201)
    return answer
  })
  expect((await send()).text).toBe(first.text)
  expect((await list(asha)).filter(({ title }) => title === 'Hello')).toHaveLength(1)
})

line('not-through-gateway', 'with a person’s token and with none', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const path of ['/notifications', '/notifications/', '/notifications?x=1']) {
    for (const token of [asha.token, undefined]) {
      const answer = await callApi(fintwin, 'POST', path, { token, body: notice(asha.id) })
      expect([403, 404]).toContain(answer.status)
    }
  }
})

line('events', 'says when it is ready, then what happens, to nobody else', async (fintwin) => {
  const [asha, bela] = await Promise.all([wealthy(fintwin), wealthy(fintwin, 'Bela Shah')])
  const [own, other] = [await openStream(fintwin, asha.token), await openStream(fintwin, bela.token)]
  try {
    expect([own.status, own.contentType]).toEqual([200, expect.stringContaining('text/event-stream')])
    await Promise.all([own.find(({ type }) => type === 'ready'), other.find(({ type }) => type === 'ready')])
    await deposit(asha, 5)
    const happened = await own.find(({ type }) => type === 'transaction.posted')
    expect(happened.data).toMatchObject({ account_id: asha.id, unread: 1 })
    expect(happened.id).toMatch(/^\d+$/)
    expect(other.events.filter(({ data }) => data.account_id === asha.id)).toEqual([])
  } finally {
    own.close()
    other.close()
  }
})

line('events-resume', 'what was missed comes first', async (fintwin) => {
  const asha = await wealthy(fintwin)
  const first = await openStream(fintwin, asha.token)
  const { id } = await first.find(({ type }) => type === 'ready')
  first.close()
  await deposit(asha, 5)
  await settled(asha, 1)
  const second = await openStream(fintwin, asha.token, { 'last-event-id': id })
  await second.find(({ type }) => type === 'transaction.posted')
  const { id: seen } = second.events.at(-1) as { id: string }
  second.close()
  const third = await openStream(fintwin, asha.token, { 'last-event-id': seen })
  await third.find(({ type }) => type === 'ready')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(third.events.filter(({ type }) => type === 'transaction.posted')).toEqual([])
  third.close()
})

line('events-no-token-in-url', 'nor in a cookie', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const query of [
    '',
    `?token=${asha.token}`,
    `?access_token=${asha.token}`,
    `?ft_token=${asha.token}`,
  ]) {
    expectProblem(
      await callApi(fintwin, 'GET', `/events${query}`, { headers: { cookie: `ft_token=${asha.token}` } }),
      401,
    )
  }
})

line('on-deposit', 'one, with the amount', async (fintwin) => {
  const asha = await wealthy(fintwin)
  await deposit(asha, 1234.5)
  const [notification] = await settled(asha, 1)
  expect(notification).toMatchObject({ account_id: asha.id, message: expect.stringContaining('1,234.50') })
})

line('on-withdrawal', 'one, with the amount', async (fintwin) => {
  const asha = await wealthy(fintwin)
  await asha.post('/transactions/', { type: 'withdrawal', amount: 1234.5 })
  const [notification] = await settled(asha, 1)
  expect(notification).toMatchObject({ account_id: asha.id, message: expect.stringContaining('1,234.50') })
})

line('on-transfer-sent', 'one', async (fintwin) => {
  const [asha, bela] = await Promise.all([wealthy(fintwin), newPerson(fintwin, 'Bela Shah')])
  await asha.post('/transactions/', { type: 'transfer', amount: 1234.5, to_account: bela.id })
  expect(await settled(asha, 1)).toMatchObject([
    { account_id: asha.id, message: expect.stringContaining('1,234.50') },
  ])
})

line('on-transfer-received', 'one, to the recipient', async (fintwin) => {
  const [asha, bela] = await Promise.all([wealthy(fintwin), wealthy(fintwin, 'Bela Shah')])
  await asha.post('/transactions/', { type: 'transfer', amount: 1234.5, to_account: bela.id })
  const [notification] = await settled(bela, 1)
  expect(notification).toMatchObject({ account_id: bela.id, message: expect.stringContaining('1,234.50') })
})

line('on-risk', 'from below 40 to 40 and above, and not while it stays there', async (fintwin) => {
  const asha = await wealthy(fintwin)
  await asha.post('/transactions/', { type: 'withdrawal', amount: 990_000 })
  // 10 + a transaction above half the balance + a low balance.
  expect((await asha.get(`/risk/score/${asha.id}`)).body.score).toBe(40)
  const risks = (await settled(asha, 2)).filter(({ type }) => type === 'risk')
  expect(risks).toMatchObject([{ account_id: asha.id, message: expect.stringContaining('40') }])
  await asha.post('/transactions/', { type: 'withdrawal', amount: 1 })
  await settled(asha, 3)
})

line('on-simulation', 'one each', async (fintwin) => {
  const asha = await wealthy(fintwin)
  expect((await simulate(asha, { amount: 600_000 })).body.alert_level).toBe('medium')
  await settled(asha, 1)
  expect((await simulate(asha, { amount: 1_600_000 })).body.alert_level).toBe('high')
  for (const { account_id } of await settled(asha, 2)) expect(account_id).toBe(asha.id)
})

line('off-simulation', 'nothing', async (fintwin) => {
  const asha = await wealthy(fintwin)
  expect((await simulate(asha, { amount: 1 })).body.alert_level).toBe('low')
  await settled(asha, 0)
})
