// schedule.refused: a person who relied on a scheduled transaction hears that it did not happen, and why.
import type { Handlers, ServiceDeps } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { composeRefusal } from '../rules/compose-refusal.ts'
import { findAccount } from '../store/accounts.ts'

export function onScheduleRefused(deps: ServiceDeps): NonNullable<Handlers['schedule.refused']> {
  return async (tx, { ownerId, type, payload }) => {
    const accountId = payload.account_id
    const name = (await findAccount(tx, ownerId, accountId))?.name ?? 'your account'
    const text = composeRefusal(payload, name, deps.settings.DEFAULT_LOCALE)
    await notify(tx, ownerId, { type, accountId }, text)
  }
}
