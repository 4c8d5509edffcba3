// account.changed: what the account is called from now on; open pages hear of it, and it is not worth a notification.
import type { CurrencyCode } from '@fintwin/money'
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { saveAccount } from '../store/accounts.ts'

export const onAccountChanged: NonNullable<Handlers['account.changed']> = async (
  tx,
  { ownerId, type, payload, createdAt },
) => {
  await saveAccount(tx, ownerId, {
    accountId: payload.account_id,
    name: payload.name,
    type: payload.type,
    currency: payload.currency as CurrencyCode,
    namedAt: new Date(createdAt),
  })
  await notify(tx, ownerId, { type, accountId: payload.account_id })
}
