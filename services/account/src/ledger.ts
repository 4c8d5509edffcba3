// The ledger as the account service sees it: balances and positions, asked of the transaction service under the person's token.
import { type LedgerState, serviceHeader } from '@fintwin/contracts'
import { callAsCaller, callService, Refused, refuse } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'

interface Opening {
  accountId: string
  type: string
  currency: string
  overdraftLimitMinor?: bigint
  token: string
  requestId: string
}

/**
 * Opens an account's row in the ledger, before the account is stored here. Opening a row again changes nothing, and a repeated POST /accounts
 * with the same Idempotency-Key, or for the same account at a bank, names the same row. Where nothing tells a repeat from a second request
 * (no key and no bank, or a registration, whose person gets a new id) a request that fails in between leaves an empty row behind. It is
 * harmless: it is empty and has no name here, so GET /accounts does not show it, and after a failed registration nobody is its person.
 */
export async function openLedgerAccount(
  { urls, credentials }: Pick<AccountDeps, 'urls' | 'credentials'>,
  opening: Opening,
): Promise<void> {
  const { accountId, type, currency, overdraftLimitMinor = 0n, token, requestId } = opening
  const { status } = await callService(urls.transaction, {
    method: 'PUT',
    path: `/ledger/accounts/${accountId}`,
    body: { type, currency, overdraft_limit_minor: overdraftLimitMinor.toString() },
    token,
    requestId,
    headers: { [serviceHeader]: await credentials.issue('all', 'calls:forwarded') },
  })
  if (status !== 204)
    throw new Refused(
      refuse('dependency_down', 'The account could not be opened right now; try again in a moment.'),
      2,
    )
}

/** The ledger's state, or undefined when it still stands at the position that is known. */
export async function fetchLedgerState(
  request: FastifyRequest,
  transactionUrl: string,
  knownPosition?: string,
): Promise<LedgerState | undefined> {
  const { status, body } = await callAsCaller<LedgerState>(request, transactionUrl, {
    path: '/ledger/accounts',
    ...(knownPosition ? { headers: { 'if-none-match': `"${knownPosition}"` } } : {}),
  })
  if (status === 304) return undefined
  if (status !== 200)
    throw new Refused(
      refuse('dependency_down', 'Balances cannot be read right now; try again in a moment.'),
      2,
    )
  return body
}
