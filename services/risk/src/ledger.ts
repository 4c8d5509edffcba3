// The ledger as the risk service sees it, under the person's token: balances, and the newest transactions of an account.
import type { LedgerAccount, LedgerState, Transaction } from '@fintwin/contracts'
import { callAsCaller, notYourAccount, Refused, refuse } from '@fintwin/platform'
import { RECENT_LIMIT } from '@fintwin/risk-model'
import type { FastifyRequest } from 'fastify'

/** The primary account first. */
export async function fetchOwnAccounts(
  request: FastifyRequest,
  transactionUrl: string,
): Promise<LedgerAccount[]> {
  const { accounts } = await read<LedgerState>(request, transactionUrl, '/ledger/accounts')
  return accounts
}

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function fetchOwnAccount(
  request: FastifyRequest,
  transactionUrl: string,
  accountId: string,
): Promise<LedgerAccount> {
  const accounts = await fetchOwnAccounts(request, transactionUrl)
  const account = accounts.find(({ id }) => id === accountId.toLowerCase())
  if (!account) throw new Refused(notYourAccount)
  return account
}

/** As many as a score looks at. */
export async function fetchNewestTransactions(
  request: FastifyRequest,
  transactionUrl: string,
  account: LedgerAccount,
): Promise<Transaction[]> {
  return read(request, transactionUrl, `/transactions/account/${account.id}?limit=${RECENT_LIMIT}`)
}

async function read<T>(request: FastifyRequest, transactionUrl: string, path: string): Promise<T> {
  const { status, body } = await callAsCaller<T>(request, transactionUrl, { path })
  if (status !== 200)
    throw new Refused(
      refuse('dependency_down', 'The ledger cannot be read right now; try again in a moment.'),
      2,
    )
  return body
}
