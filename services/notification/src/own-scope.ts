// Which notifications an account id in a path stands for. A person's primary account stands for everything of theirs, as it did when a person
// had one account; any other own account stands for itself.
import { asPerson, callAsCaller, isId, notYourAccount, Refused, type ServiceDeps } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import { findAccount } from './store/accounts.ts'
import type { NotificationScope } from './store/notifications.ts'

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function readOwnScope(
  deps: ServiceDeps,
  request: FastifyRequest,
  pathId: string,
): Promise<NotificationScope> {
  const { personId } = request.caller
  const accountId = pathId.toLowerCase()
  if (accountId === personId) return {}
  if (!isId(accountId)) throw new Refused(notYourAccount)
  const known = await asPerson(deps.database, personId, (tx) => findAccount(tx, personId, accountId))
  if (known || (await existsAtAccountService(deps, request, accountId))) return { accountId }
  throw new Refused(notYourAccount)
}

/** An account that was opened a moment ago may not have been heard of here yet. */
async function existsAtAccountService(
  deps: ServiceDeps,
  request: FastifyRequest,
  accountId: string,
): Promise<boolean> {
  const { status } = await callAsCaller(request, deps.urls.account, { path: `/accounts/${accountId}/exists` })
  return status === 200
}
