// risk.changed: a notification when the score rises through 40.
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { composeRiskChange } from '../rules/compose-risk.ts'
import { findAccount } from '../store/accounts.ts'

export const onRiskChanged: NonNullable<Handlers['risk.changed']> = async (
  tx,
  { ownerId, type, payload },
) => {
  const accountId = payload.account_id
  const name = (await findAccount(tx, ownerId, accountId))?.name ?? 'your account'
  await notify(tx, ownerId, { type, accountId }, composeRiskChange(payload, name))
}
