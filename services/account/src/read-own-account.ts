// One of the caller's accounts: as it is named here, and as it stands in the ledger.
import type { LedgerAccount } from '@fintwin/contracts'
import { asPerson, isId, notYourAccount, Refused } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'
import { fetchLedgerState } from './ledger.ts'
import type { AccountStatus } from './rules/decide-change.ts'
import { findAccount, type NamedAccount } from './store/accounts.ts'

export interface OwnAccount extends NamedAccount {
  isPrimary: boolean
  status: AccountStatus
  overdraftLimitMinor: bigint
}

/** @throws Refused `not_your_account`, whatever somebody sent as an id. */
export async function readOwnAccount(
  deps: AccountDeps,
  request: FastifyRequest,
  accountId: string,
): Promise<OwnAccount> {
  const { personId } = request.caller
  const id = accountId.toLowerCase()
  if (!isId(id)) throw new Refused(notYourAccount)
  const [named, state] = await Promise.all([
    asPerson(deps.database, personId, (tx) => findAccount(tx, personId, id)),
    fetchLedgerState(request, deps.urls.transaction),
  ])
  const ledger = state?.accounts.find((account) => account.id === id)
  if (!named || !ledger) throw new Refused(notYourAccount)
  return { ...named, isPrimary: id === personId, ...readStanding(ledger) }
}

/** What the ledger holds an account to. */
export function readStanding({ status, floor_minor }: LedgerAccount): {
  status: AccountStatus
  overdraftLimitMinor: bigint
} {
  return { status: status as AccountStatus, overdraftLimitMinor: -BigInt(floor_minor ?? '0') }
}
