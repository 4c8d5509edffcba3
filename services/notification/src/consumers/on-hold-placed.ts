// hold.placed: open pages hear of it; it is not worth a notification.
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { ownAccountOf } from '../rules/compose-hold.ts'

export const onHoldPlaced: NonNullable<Handlers['hold.placed']> = async (tx, { ownerId, type, payload }) => {
  await notify(tx, ownerId, { type, accountId: ownAccountOf(payload) })
}
