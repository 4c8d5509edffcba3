// The caller's accounts, asked of the account service under the person's token.
import type { Account } from '@fintwin/contracts'
import { callAsCaller, notYourAccount, Refused, refuse } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'

/** The primary account first. */
export async function fetchAccounts(request: FastifyRequest, accountUrl: string): Promise<Account[]> {
  const { status, body } = await callAsCaller<Account[]>(request, accountUrl, { path: '/accounts' })
  if (status !== 200)
    throw new Refused(
      refuse('dependency_down', 'Your accounts cannot be read right now; try again in a moment.'),
      2,
    )
  return body
}

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function fetchOwnAccount(
  request: FastifyRequest,
  accountUrl: string,
  accountId: string,
): Promise<Account> {
  const accounts = await fetchAccounts(request, accountUrl)
  const account = accounts.find(({ id }) => id === accountId.toLowerCase())
  if (!account) throw new Refused(notYourAccount)
  return account
}
