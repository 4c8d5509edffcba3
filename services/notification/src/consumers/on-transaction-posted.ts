// transaction.posted: one notification for each person it concerns. What happened long before it was posted is history, not news.
import type { Handlers, ServiceDeps } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { composeTransaction } from '../rules/compose-transaction.ts'
import { isNews } from '../rules/is-news.ts'
import { findAccount } from '../store/accounts.ts'

export function onTransactionPosted(deps: ServiceDeps): NonNullable<Handlers['transaction.posted']> {
  return async (tx, { ownerId, type, payload }) => {
    if (!isNews(payload)) return
    const ids = [payload.account_id, payload.to_account].filter((id) => id !== undefined)
    const accounts = await Promise.all(ids.map((id) => findAccount(tx, ownerId, id)))
    const nameOf = (accountId: string) => accounts.find((account) => account?.accountId === accountId)
    const { accountId, ...text } = composeTransaction(payload, nameOf, deps.settings.DEFAULT_LOCALE)
    await notify(tx, ownerId, { type, accountId }, text)
  }
}
