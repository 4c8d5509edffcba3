// The caller's accounts with their balances. What the ledger told is cached with the position it was true at, and that position is confirmed
// with the ledger on each read: a read after a write is never stale, whatever the cache remembers or forgets. Names are read each time.
import type { Account, LedgerAccount, LedgerState } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import { asPerson } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'
import { fetchLedgerState } from './ledger.ts'
import { listAccounts, type NamedAccount } from './store/accounts.ts'
import { findEmail } from './store/people.ts'

/** The primary account first. */
export async function readAccounts(deps: AccountDeps, request: FastifyRequest): Promise<Account[]> {
  const { personId } = request.caller
  const [ledger, [email, named]] = await Promise.all([
    readLedger(deps, request),
    asPerson(deps.database, personId, (tx) =>
      Promise.all([findEmail(tx, personId), listAccounts(tx, personId)]),
    ),
  ])
  const balances = new Map(ledger.map((account) => [account.id, account]))
  return named.flatMap((account) => {
    const own = balances.get(account.id)
    return own ? [renderAccount(account, own, email, personId)] : []
  })
}

async function readLedger(deps: AccountDeps, request: FastifyRequest): Promise<LedgerAccount[]> {
  const { personId } = request.caller
  const known = await deps.cache.get<LedgerState>(personId, 'ledger')
  const state = await fetchLedgerState(request, deps.urls.transaction, known?.position)
  if (state) await deps.cache.set(personId, 'ledger', state, 3_600_000)
  return (state ?? known)?.accounts ?? []
}

export function renderAccount(
  account: NamedAccount,
  ledger: LedgerAccount,
  email: string,
  personId: string,
): Account {
  const balance = BigInt(ledger.balance_minor)
  const floor = ledger.floor_minor === null ? 0n : BigInt(ledger.floor_minor)
  const wire = (amountMinor: bigint): number => toWireAmount(amountMinor, account.currency)
  return {
    id: account.id,
    name: account.name,
    email,
    type: account.type,
    balance: wire(balance),
    available_balance: wire(balance - BigInt(ledger.held_minor) - floor),
    held: wire(BigInt(ledger.held_minor)),
    overdraft_limit: wire(-floor),
    currency: account.currency,
    status: ledger.status,
    is_primary: account.id === personId,
    bank: account.bankNumber
      ? { name: account.bankName, number_masked: maskNumber(account.bankNumber) }
      : null,
    created_at: account.createdAt.toISOString(),
  }
}

/** The last four characters of an account number: enough to recognise it, too little to use it. */
function maskNumber(number: string): string {
  return `••${number.slice(-4)}`
}
