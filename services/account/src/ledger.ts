// The ledger as the account service sees it: balances and positions, asked of the transaction service under the person's token; and what the
// ledger holds an account to, told to it in the same way.
import { type LedgerState, type Problem, serviceHeader } from '@fintwin/contracts'
import { callAsCaller, callService, Refused, refuse } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'
import type { AccountStatus } from './rules/decide-change.ts'

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

/**
 * Opens, freezes or closes an account in the ledger, which decides under its own lock. Repeating it changes nothing.
 * @throws Refused with the ledger's refusal: `account_not_empty`, `primary_account`, `account_closed`, `not_your_account`
 */
export async function setLedgerStatus(
  request: FastifyRequest,
  transactionUrl: string,
  accountId: string,
  status: AccountStatus,
): Promise<void> {
  await putLedger(request, transactionUrl, `/ledger/accounts/${accountId}/state`, { status })
}

/** Sets how far an account may be overdrawn. Repeating it changes nothing; a balance that is lower already only stops further payments. */
export async function setLedgerLimit(
  request: FastifyRequest,
  transactionUrl: string,
  accountId: string,
  overdraftLimitMinor: bigint,
): Promise<void> {
  const body = { floor_minor: (-overdraftLimitMinor).toString() }
  await putLedger(request, transactionUrl, `/ledger/accounts/${accountId}/floor`, body)
}

async function putLedger(
  request: FastifyRequest,
  transactionUrl: string,
  path: string,
  body: object,
): Promise<void> {
  const answer = await callAsCaller<Problem | undefined>(request, transactionUrl, {
    method: 'PUT',
    path,
    body,
  })
  if (answer.status === 204) return
  if (answer.body && (answer.status === 422 || answer.status === 403))
    throw new Refused(refuse(answer.body.code, answer.body.detail))
  throw new Refused(
    refuse('dependency_down', 'The account cannot be changed right now; try again in a moment.'),
    2,
  )
}
