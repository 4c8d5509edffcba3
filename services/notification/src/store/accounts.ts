// Accounts as far as a notification needs them: whose, and what they are called.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'

export interface NamedAccount {
  accountId: string
  name: string
  type: string
  currency: CurrencyCode
}

/** Notes what an account is called since an instant; what is known to be called so later stands. */
export async function saveAccount(
  tx: Tx,
  ownerId: string,
  account: NamedAccount & { namedAt: Date },
): Promise<void> {
  await tx`
    insert into accounts (account_id, owner_id, name, type, currency, named_at)
    values (${account.accountId}, ${ownerId}, ${account.name}, ${account.type}, ${account.currency}, ${account.namedAt})
    on conflict (account_id) do update set name = excluded.name, type = excluded.type, named_at = excluded.named_at
      where accounts.named_at <= excluded.named_at`
}

/** The owner's account with that id, if it is known here. */
export async function findAccount(
  tx: Tx,
  ownerId: string,
  accountId: string,
): Promise<NamedAccount | undefined> {
  const [row] = await tx<NamedAccount[]>`
    select account_id as "accountId", name, type, currency from accounts
    where owner_id = ${ownerId} and account_id = ${accountId}`
  return row
}

/** Whose an account is, for a service that writes to its owner. Belongs in a transaction of nobody's. */
export async function findOwner(tx: Tx, accountId: string): Promise<string | undefined> {
  await tx`select set_config('fintwin.account_id', ${accountId}, true)`
  const [row] = await tx<{ ownerId: string }[]>`
    select owner_id as "ownerId" from accounts where account_id = ${accountId}`
  return row?.ownerId
}
