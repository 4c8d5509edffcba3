// People with money in a ledger of a test's own, without services: for tests of what happens beneath the routes.
import { asPerson, type Database, newId } from '@fintwin/platform'
import type { TestDatabase } from '@fintwin/testing'
import { placeHold } from '../src/store/holds.ts'
import { listOwnAccounts, openAccount, post } from '../src/store/ledger.ts'

/** Opens a person's first account in rupees and puts some money into it. */
export async function openPerson(service: Database, balanceMinor = 0n): Promise<string> {
  const id = newId()
  await asPerson(service, id, async (tx) => {
    await openAccount(tx, { ownerId: id, id, type: 'savings', currency: 'INR' as never, floorMinor: 0n })
    if (balanceMinor === 0n) return
    const own = await listOwnAccounts(tx, id)
    const no = (type: string): number => own.find((account) => account.type === type)?.no ?? 0
    const legs = [
      { accountNo: no('external'), amountMinor: -balanceMinor },
      { accountNo: no('savings'), amountMinor: balanceMinor },
    ]
    const facts = { type: 'deposit', accountId: id, toAccountId: null, isOut: false, isQuiet: true } as const
    await post(tx, [{ id: newId(), callerId: id, amountMinor: balanceMinor, legs, ...facts }], new Date())
  })
  return id
}

export interface NewTestHold {
  amountMinor: bigint
  toAccount?: string
  expiresAt?: Date
  captureAt?: Date
}

export async function openHold(service: Database, ownerId: string, hold: NewTestHold): Promise<string> {
  const [id] = await openHolds(service, ownerId, [hold])
  return id as string
}

/** All of them in one transaction. */
export async function openHolds(service: Database, ownerId: string, holds: NewTestHold[]): Promise<string[]> {
  const words = { note: null, counterparty: null, category: null, metadata: null }
  const placed = holds.map(({ amountMinor, toAccount = null, expiresAt = null, captureAt = null }) => ({
    id: newId(),
    ownerId,
    accountId: ownerId,
    toAccount,
    amountMinor,
    expiresAt,
    captureAt,
    createdAt: new Date(),
    ...words,
  }))
  await asPerson(service, ownerId, (tx) => Promise.all(placed.map((hold) => placeHold(tx, hold))))
  return placed.map(({ id }) => id)
}

export interface AccountState {
  balanceMinor: bigint
  heldMinor: bigint
}

export async function readAccount({ admin }: TestDatabase, id: string): Promise<AccountState> {
  const [row] = await admin<AccountState[]>`
    select balance_minor as "balanceMinor", held_minor as "heldMinor" from transaction.accounts where id = ${id}`
  return row as AccountState
}
