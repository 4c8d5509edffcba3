// holding.changed: open pages hear of it; it is not worth a notification.
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'

export const onHoldingChanged: NonNullable<Handlers['holding.changed']> = async (
  tx,
  { ownerId, type, payload },
) => {
  await notify(tx, ownerId, { type, accountId: payload.account_id })
}
