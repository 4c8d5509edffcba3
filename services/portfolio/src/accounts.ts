// The caller's accounts, asked of the account service under the person's token.
import type { Account } from '@fintwin/contracts'
import { pickOwnAccount, readAsCaller } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'

/** The primary account first. */
export function fetchAccounts(request: FastifyRequest, accountUrl: string): Promise<Account[]> {
  return readAsCaller(request, accountUrl, '/accounts', 'Your accounts cannot be read')
}

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function fetchOwnAccount(
  request: FastifyRequest,
  accountUrl: string,
  accountId: string,
): Promise<Account> {
  return pickOwnAccount(await fetchAccounts(request, accountUrl), accountId)
}
