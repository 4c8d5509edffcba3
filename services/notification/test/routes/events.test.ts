// The stream: what happened arrives within moments, a client resumes where it left off, and nobody sees another's.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildNotificationService } from '../../src/service.ts'
import { type OpenStream, openStream } from '../read-stream.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson
let url: string
const open: OpenStream[] = []

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    notification: buildNotificationService,
  })
  url = `http://127.0.0.1:${services.settings.FINTWIN_SERVICE_PORT_BASE + 5}/events`
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  bela = await services.register('Bela')
  await vi.waitFor(async () => {
    const [row] = await services.database.admin`
      select count(*)::int as opened from notification.accounts where owner_id in (${asha.id}, ${bela.id})`
    expect(row?.opened).toBe(2)
  })
})
afterEach(() => {
  for (const stream of open.splice(0)) stream.close()
})

async function stream(person: TestPerson, lastEventId?: string): Promise<OpenStream> {
  const opened = await openStream(url, person.token, lastEventId)
  open.push(opened)
  return opened
}
const deposit = (person: TestPerson, amount = 1) =>
  services.call('transaction', 'POST', '/transactions', {
    token: person.token,
    body: { type: 'deposit', amount },
  })
const events = ({ messages }: OpenStream) => messages.map(({ event }) => event)
const heard = (opened: OpenStream, expected: string[]) =>
  vi.waitFor(() => expect(events(opened)).toEqual(expected), { timeout: 5_000, interval: 20 })

describe('GET /events', () => {
  it('tells of a transaction within a second, with the unread count', async () => {
    const opened = await stream(asha)
    expect(opened.response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(opened.response.headers.get('x-accel-buffering')).toBe('no')
    await heard(opened, ['ready'])
    const startedMs = performance.now()
    await deposit(asha)
    await heard(opened, ['ready', 'transaction.posted'])
    expect(performance.now() - startedMs).toBeLessThan(2_000)
    const [ready, message] = opened.messages
    expect(ready?.data).toMatchObject({ type: 'ready', account_id: null, unread: 0 })
    expect(message?.data).toMatchObject({
      id: message?.id,
      type: 'transaction.posted',
      account_id: asha.id,
      unread: 1,
    })
  })

  it('tells every open page of what one of them reads', async () => {
    await deposit(asha)
    const pages = [await stream(asha), await stream(asha)]
    await vi.waitFor(async () => {
      const { body } = await services.call('notification', 'PUT', `/notifications/read-all/${asha.id}`, {
        token: asha.token,
      })
      expect(body.count).toBe(1)
    })
    for (const page of pages)
      await vi.waitFor(() =>
        expect(page.messages.at(-1)).toMatchObject({ event: 'notification.changed', data: { unread: 0 } }),
      )
  })

  it('resumes where a client left off, missing nothing', async () => {
    const first = await stream(asha)
    await heard(first, ['ready'])
    const leftAt = first.messages[0]?.id as string
    first.close()
    for (let count = 0; count < 3; count += 1) await deposit(asha)
    const second = await stream(asha, leftAt)
    await heard(second, ['ready', 'transaction.posted', 'transaction.posted', 'transaction.posted'])
    const numbers = second.messages.map(({ id }) => Number(id))
    expect(numbers).toEqual([0, 1, 2, 3].map((step) => Number(leftAt) + step))
  })

  it.each(['999999999', 'nonsense', '-1'])(
    'begins now for a place that never was (%s)',
    async (lastEventId) => {
      const opened = await stream(asha, lastEventId)
      await heard(opened, ['ready'])
      await deposit(asha)
      await heard(opened, ['ready', 'transaction.posted'])
    },
  )

  it('tells nobody of another’s', async () => {
    const hers = await stream(bela, '0')
    const before = hers.messages.length
    await deposit(asha)
    const his = await stream(asha, '0')
    await vi.waitFor(() => expect(events(his)).toContain('transaction.posted'))
    expect(events(hers)).not.toContain('transaction.posted')
    expect(hers.messages.length).toBeGreaterThanOrEqual(before)
  })

  it('asks for a token, in the header', async () => {
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(`${url}?token=${asha.token}`)).status).toBe(401)
  })

  it('forgets what is older than a day', async () => {
    await services.database.admin`
      update notification.stream_messages set at = now() - interval '25 hours' where owner_id = ${asha.id}`
    await deposit(asha)
    await vi.waitFor(async () => {
      const { body } = await services.call('notification', 'GET', '/notifications', { token: asha.token })
      expect(body).toHaveLength(1)
    })
    await heard(await stream(asha, '0'), ['ready', 'transaction.posted'])
  })
})
