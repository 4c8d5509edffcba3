// The ledger as the risk service sees it, under the person's token: balances, and the newest transactions of an account.
import type { LedgerAccount, LedgerState, Transaction } from '@fintwin/contracts'
import { pickOwnAccount, readAsCaller } from '@fintwin/platform'
import { RECENT_LIMIT } from '@fintwin/risk-model'
import type { FastifyRequest } from 'fastify'

const unavailable = 'The ledger cannot be read'

/** The primary account first. */
export async function fetchOwnAccounts(
  request: FastifyRequest,
  transactionUrl: string,
): Promise<LedgerAccount[]> {
  const state = await readAsCaller<LedgerState>(request, transactionUrl, '/ledger/accounts', unavailable)
  return state.accounts
}

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function fetchOwnAccount(
  request: FastifyRequest,
  transactionUrl: string,
  accountId: string,
): Promise<LedgerAccount> {
  return pickOwnAccount(await fetchOwnAccounts(request, transactionUrl), accountId)
}

/** As many as a score looks at. */
export function fetchNewestTransactions(
  request: FastifyRequest,
  transactionUrl: string,
  account: LedgerAccount,
): Promise<Transaction[]> {
  const path = `/transactions/account/${account.id}?limit=${RECENT_LIMIT}`
  return readAsCaller(request, transactionUrl, path, unavailable)
}
