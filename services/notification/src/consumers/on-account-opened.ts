// account.opened: whose the account is and what it is called, for every notification to come.
import type { CurrencyCode } from '@fintwin/money'
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { saveAccount } from '../store/accounts.ts'

export const onAccountOpened: NonNullable<Handlers['account.opened']> = async (
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
