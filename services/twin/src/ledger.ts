// The ledger as the twin service sees it: read under the person's token, never written.
import type { LedgerAccount, LedgerProof, LedgerState } from '@fintwin/contracts'
import { callAsCaller, notYourAccount, Refused, refuse } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'

export interface PinnedAccount {
  account: LedgerAccount
  /** Pins a proof to what the ledger held when the account was read. */
  at: string
}

/** More accounts than this would not fit in a query; then the proof covers the account alone. */
const MAX_PINNED = 250

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function pinOwnAccount(
  request: FastifyRequest,
  transactionUrl: string,
  accountId: string,
): Promise<PinnedAccount> {
  const { accounts } = await read<LedgerState>(request, transactionUrl, '/ledger/accounts')
  const account = accounts.find(({ id }) => id === accountId.toLowerCase())
  if (!account) throw new Refused(notYourAccount)
  const pinned = accounts.length <= MAX_PINNED ? accounts : [account]
  return { account, at: pinned.map(({ id, position }) => `${id}:${position}`).join(',') }
}

/** SHA-256 over the caller's entries up to the pinned numbers. */
export async function fetchEntriesHash(
  request: FastifyRequest,
  transactionUrl: string,
  at: string,
): Promise<string> {
  const proof = await read<LedgerProof>(request, transactionUrl, `/ledger/proof?at=${encodeURIComponent(at)}`)
  return proof.entries_hash
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
