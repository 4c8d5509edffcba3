// Row security holds for every query of the stores: another person finds, changes and deletes nothing.
import type { CurrencyCode } from '@fintwin/money'
import { asNobody, asPerson, type Database, newId, type Tx } from '@fintwin/platform'
import { createTestDatabase, type TestDatabase } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findAccount, findOwner, saveAccount } from '../../src/store/accounts.ts'
import {
  countNotifications,
  countUnread,
  deleteNotificationById,
  insertNotification,
  listNotifications,
  markAllRead,
  markRead,
} from '../../src/store/notifications.ts'
import { appendMessage, findStreamState, listMessages } from '../../src/store/stream.ts'

let database: TestDatabase
let service: Database
let id: string
const [asha, bela] = [newId(), newId()]
const text = { title: 'Hi', message: 'Hi.', type: 'info' as const }

const writes: [string, (tx: Tx) => Promise<unknown>][] = [
  [
    'saveAccount',
    (tx) =>
      saveAccount(tx, asha, {
        accountId: newId(),
        name: 'Savings',
        type: 'savings',
        currency: 'INR' as CurrencyCode,
        namedAt: new Date(0),
      }),
  ],
  ['insertNotification', (tx) => insertNotification(tx, asha, asha, text)],
  ['appendMessage', (tx) => appendMessage(tx, asha, { type: 'x', accountId: asha })],
]

beforeAll(async () => {
  database = await createTestDatabase()
  service = await database.as('fintwin_notification')
  await asPerson(service, asha, async (tx) => {
    await saveAccount(tx, asha, {
      accountId: asha,
      name: 'Savings',
      type: 'savings',
      currency: 'INR' as CurrencyCode,
      namedAt: new Date(0),
    })
    id = (await insertNotification(tx, asha, asha, text)).id
    await appendMessage(tx, asha, { type: 'x', accountId: asha })
  })
})
afterAll(() => database.drop())

it('shows another person nothing, even when the query names the owner', async () => {
  const filter = { unreadOnly: false, limit: 10, offset: 0 }
  const seen = await asPerson(service, bela, async (tx) => [
    await findAccount(tx, asha, asha),
    (await listNotifications(tx, asha, filter))[0],
    (await countNotifications(tx, asha, {})).total,
    await countUnread(tx, asha),
    await markRead(tx, asha, id),
    await markAllRead(tx, asha, {}),
    await deleteNotificationById(tx, asha, id),
    (await listMessages(tx, asha, 0n, 10))[0],
    (await findStreamState(tx, asha)).number,
  ])
  expect(seen).toEqual([undefined, undefined, 0, 0, undefined, 0, undefined, undefined, 0n])
  const own = await asPerson(service, asha, (tx) => listNotifications(tx, asha, filter))
  expect(own).toMatchObject([{ id, isRead: false }])
})

it.each(writes)('%s refuses to write in another person’s name', async (_name, write) => {
  await expect(asPerson(service, bela, write)).rejects.toMatchObject({ code: '42501' })
})

it('tells whose an account is to who names it, and nothing beside', async () => {
  const seen = await asNobody(service, async (tx) => ({
    owner: await findOwner(tx, asha),
    accounts: (await tx`select account_id from accounts`).length,
    notifications: (await tx`select id from notifications`).length,
  }))
  expect(seen).toEqual({ owner: asha, accounts: 1, notifications: 0 })
  expect(await asNobody(service, (tx) => findOwner(tx, newId()))).toBeUndefined()
})

it('keeps the newest name of an account, in whichever order names come', async () => {
  const accountId = newId()
  const save = (name: string, at: string) =>
    asPerson(service, asha, (tx) =>
      saveAccount(tx, asha, {
        accountId,
        name,
        type: 'savings',
        currency: 'INR' as CurrencyCode,
        namedAt: new Date(at),
      }),
    )
  await save('Holiday', '2026-01-02T00:00:00Z')
  await save('Savings', '2026-01-01T00:00:00Z')
  const find = () => asPerson(service, asha, (tx) => findAccount(tx, asha, accountId))
  expect((await find())?.name).toBe('Holiday')
  await save('Trip', '2026-01-03T00:00:00Z')
  expect((await find())?.name).toBe('Trip')
})
