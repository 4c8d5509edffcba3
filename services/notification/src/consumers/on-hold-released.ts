// hold.released: open pages hear of it; its owner is told where it ended without them.
import type { Handlers, ServiceDeps } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { composeHold, ownAccountOf } from '../rules/compose-hold.ts'
import { findAccount } from '../store/accounts.ts'

export function onHoldReleased(deps: ServiceDeps): NonNullable<Handlers['hold.released']> {
  return async (tx, { ownerId, type, payload }) => {
    const accountId = ownAccountOf(payload)
    const name = (await findAccount(tx, ownerId, accountId))?.name ?? 'your account'
    const text = composeHold(payload, name, deps.settings.DEFAULT_LOCALE)
    await notify(tx, ownerId, { type, accountId }, text)
  }
}
