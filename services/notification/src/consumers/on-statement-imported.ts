// statement.imported: one notification for all the transactions of a statement.
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { findAccount } from '../store/accounts.ts'

export const onStatementImported: NonNullable<Handlers['statement.imported']> = async (
  tx,
  { ownerId, type, payload },
) => {
  const { account_id: accountId, posted } = payload
  const name = (await findAccount(tx, ownerId, accountId))?.name ?? 'your account'
  const message =
    posted === 1
      ? `One entry of your statement is now in ${name}.`
      : `${posted} entries of your statement are now in ${name}.`
  await notify(tx, ownerId, { type, accountId }, { title: 'Statement imported', message, type: 'info' })
}
