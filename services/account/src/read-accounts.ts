// The caller's accounts with their balances. What was rendered is cached with the ledger position it was true at, and that position is
// confirmed with the ledger on each read: a read after a write is never stale, whatever the cache remembers or forgets.
import type { Account, LedgerAccount, LedgerState } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import { asPerson } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'
import { fetchLedgerState } from './ledger.ts'
import { listAccounts, type NamedAccount } from './store/accounts.ts'
import { findEmail } from './store/people.ts'

interface CachedAccounts {
  position: string
  accounts: Account[]
}

export async function readAccounts(deps: AccountDeps, request: FastifyRequest): Promise<Account[]> {
  const { personId } = request.caller
  const cached = await deps.cache.get<CachedAccounts>(personId, 'accounts')
  const state = await fetchLedgerState(request, deps.urls.transaction, cached?.position)
  if (!state) return cached?.accounts ?? []
  const accounts = await renderAccounts(deps, personId, state)
  await deps.cache.set(
    personId,
    'accounts',
    { position: state.position, accounts } satisfies CachedAccounts,
    3_600_000,
  )
  return accounts
}

async function renderAccounts(deps: AccountDeps, personId: string, state: LedgerState): Promise<Account[]> {
  const balances = new Map(state.accounts.map((account) => [account.id, account]))
  const { email, named } = await asPerson(deps.database, personId, async (tx) => ({
    email: await findEmail(tx, personId),
    named: await listAccounts(tx, personId),
  }))
  return named.flatMap((account) => {
    const ledger = balances.get(account.id)
    return ledger ? [renderAccount(account, ledger, email, personId)] : []
  })
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
