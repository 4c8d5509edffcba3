// The ledger as the twin service sees it: read under the person's token, never written.
import type { LedgerAccount, LedgerProof, LedgerState } from '@fintwin/contracts'
import { pickOwnAccount, readAsCaller } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { Positions } from './rules/compare-positions.ts'

export interface LedgerView {
  account: LedgerAccount
  /** Of all the caller's accounts, when the account was read. */
  positions: Positions
}

const unavailable = 'The ledger cannot be read'

/** @throws Refused `not_your_account` unless the account is one of the caller's. */
export async function viewLedger(
  request: FastifyRequest,
  transactionUrl: string,
  accountId: string,
): Promise<LedgerView> {
  const { accounts } = await readAsCaller<LedgerState>(
    request,
    transactionUrl,
    '/ledger/accounts',
    unavailable,
  )
  return {
    account: pickOwnAccount(accounts, accountId),
    positions: Object.fromEntries(accounts.map(({ id, position }) => [id, position])),
  }
}

/** Where every account of the caller's stands now, and SHA-256 over their hash chains. */
export function proveLedger(request: FastifyRequest, transactionUrl: string): Promise<LedgerProof> {
  return readAsCaller(request, transactionUrl, '/ledger/proof', unavailable)
}

/** More accounts than this would not fit in a query; then the history is that of the account alone. */
const MAX_PINNED = 250

/** SHA-256 over the entries up to where a view saw them: whatever is posted later, it stays the same. */
export async function hashHistory(
  request: FastifyRequest,
  transactionUrl: string,
  { account, positions }: LedgerView,
): Promise<string> {
  const all = Object.entries(positions)
  const pinned = all.length <= MAX_PINNED ? all : [[account.id, account.position]]
  const at = pinned.map(([id, position]) => `${id}:${position}`).join(',')
  const path = `/ledger/proof?at=${encodeURIComponent(at)}`
  const { entries_hash } = await readAsCaller<LedgerProof>(request, transactionUrl, path, unavailable)
  return entries_hash
}
