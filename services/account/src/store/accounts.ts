// Accounts: their names and kinds. What is in them, the ledger knows.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'

export interface NamedAccount {
  id: string
  name: string
  type: string
  currency: CurrencyCode
  bankName: string | null
  bankCode: string | null
  bankNumber: string | null
  createdAt: Date
}

/** The caller's accounts, the primary one first, the others in the order in which they were opened. */
export async function listAccounts(tx: Tx, ownerId: string): Promise<NamedAccount[]> {
  return tx<NamedAccount[]>`
    select ${columns(tx)} from accounts where owner_id = ${ownerId} order by id <> owner_id, created_at, id`
}

export async function findAccount(tx: Tx, ownerId: string, id: string): Promise<NamedAccount | undefined> {
  const [row] = await tx<
    NamedAccount[]
  >`select ${columns(tx)} from accounts where owner_id = ${ownerId} and id = ${id}`
  return row
}

/** Locks an account's row until the transaction ends, so that changes of one account follow one another. */
export async function lockAccount(tx: Tx, ownerId: string, id: string): Promise<NamedAccount | undefined> {
  const [row] = await tx<NamedAccount[]>`
    select ${columns(tx)} from accounts where owner_id = ${ownerId} and id = ${id} for no key update`
  return row
}

export async function renameAccount(tx: Tx, ownerId: string, id: string, name: string): Promise<void> {
  await tx`update accounts set name = ${name} where owner_id = ${ownerId} and id = ${id}`
}

export async function hasAccount(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx`select from accounts where owner_id = ${ownerId} and id = ${id}`
  return count === 1
}

/** Inserts an account, or gives undefined when the caller has one at that bank already. */
export async function insertAccount(
  tx: Tx,
  ownerId: string,
  account: Omit<NamedAccount, 'createdAt'>,
): Promise<NamedAccount | undefined> {
  const [row] = await tx<NamedAccount[]>`
    insert into accounts (id, owner_id, name, type, currency, bank_name, bank_code, bank_number)
    values (${account.id}, ${ownerId}, ${account.name}, ${account.type}, ${account.currency}, ${account.bankName},
      ${account.bankCode}, ${account.bankNumber})
    on conflict do nothing
    returning ${columns(tx)}`
  return row
}

/** The account that stands for one at a bank, if the caller has it already. */
export async function findBankAccount(
  tx: Tx,
  ownerId: string,
  bank: { code: string | null; number: string; currency: string },
): Promise<NamedAccount | undefined> {
  const [row] = await tx<NamedAccount[]>`
    select ${columns(tx)} from accounts
    where owner_id = ${ownerId} and bank_code is not distinct from ${bank.code} and bank_number = ${bank.number}
      and currency = ${bank.currency}`
  return row
}

const columns = (tx: Tx) => tx`
  id, name, type, currency, bank_name as "bankName", bank_code as "bankCode", bank_number as "bankNumber", created_at as "createdAt"`
