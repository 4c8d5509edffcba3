// A change of an account that was decided on: told to the ledger where it is the ledger's, noted with its date, and announced.
import type { EventPayloads } from '@fintwin/contracts'
import { asPerson, notYourAccount, publish, Refused, type Tx } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'
import { fetchLedgerState, setLedgerLimit, setLedgerStatus } from './ledger.ts'
import { type OwnAccount, readStanding } from './read-own-account.ts'
import type { DecidedChange } from './rules/decide-change.ts'
import type { Terms } from './rules/read-terms.ts'
import { lockAccount, renameAccount } from './store/accounts.ts'
import { noteStanding } from './store/standings.ts'
import { insertTerms } from './store/terms.ts'

export interface AccountChanges extends DecidedChange {
  terms?: { effectiveFrom: string; terms: Terms } | undefined
}

/**
 * The account is locked meanwhile, so that the notes follow the order in which the ledger was told. Where the ledger was told and the note
 * fails, the ledger holds, and repeating the request notes it.
 * @throws Refused with what the ledger refuses; then nothing at all is changed.
 */
export async function changeAccount(
  deps: AccountDeps,
  request: FastifyRequest,
  account: OwnAccount,
  changes: AccountChanges,
): Promise<void> {
  const { personId } = request.caller
  const isStanding = changes.status !== undefined || changes.overdraftLimitMinor !== undefined
  if (isStanding) await noteStandingBefore(deps, request, account.id)
  await asPerson(deps.database, personId, async (tx) => {
    const named = await lockAccount(tx, personId, account.id)
    if (!named) throw new Refused(notYourAccount)
    const changed = [
      ...(await rename(tx, personId, account.id, changes)),
      ...(await changeTerms(tx, personId, account.id, changes)),
      ...(isStanding ? await changeStanding(deps, request, tx, account.id, changes) : []),
    ]
    if (changed.length === 0) return
    const { type, currency } = named
    const name = changes.name ?? named.name
    await publish(tx, 'account.changed', personId, { account_id: account.id, name, type, currency, changed })
  })
  deps.events.wake()
}

type Changed = EventPayloads['account.changed']['changed']

/**
 * In a transaction of its own, before the ledger is told: however the change ends, how the account stood before it is known. That includes a
 * limit which an imported statement set.
 */
async function noteStandingBefore(
  deps: AccountDeps,
  request: FastifyRequest,
  accountId: string,
): Promise<void> {
  const { personId } = request.caller
  await asPerson(deps.database, personId, async (tx) => {
    await lockAccount(tx, personId, accountId)
    await noteLedger(deps, request, tx, accountId)
  })
}

/** Notes how the locked account stands in the ledger now; false where it is noted so already. */
async function noteLedger(
  { urls }: AccountDeps,
  request: FastifyRequest,
  tx: Tx,
  accountId: string,
): Promise<boolean> {
  const state = await fetchLedgerState(request, urls.transaction)
  const ledger = state?.accounts.find(({ id }) => id === accountId)
  if (!ledger) throw new Error('The ledger does not know an account that it has just told of.')
  return noteStanding(tx, request.caller.personId, { accountId, ...readStanding(ledger) })
}

async function rename(
  tx: Tx,
  personId: string,
  accountId: string,
  { name }: AccountChanges,
): Promise<Changed> {
  if (name === undefined) return []
  await renameAccount(tx, personId, accountId, name)
  return ['name']
}

async function changeTerms(
  tx: Tx,
  personId: string,
  accountId: string,
  { terms }: AccountChanges,
): Promise<Changed> {
  return terms && (await insertTerms(tx, personId, { accountId, ...terms })) ? ['terms'] : []
}

/** The state first, because only it may be refused; and all of it last, because the ledger does not roll back. */
async function changeStanding(
  deps: AccountDeps,
  request: FastifyRequest,
  tx: Tx,
  accountId: string,
  { status, overdraftLimitMinor }: AccountChanges,
): Promise<Changed> {
  const { transaction } = deps.urls
  if (status !== undefined) await setLedgerStatus(request, transaction, accountId, status)
  if (overdraftLimitMinor !== undefined)
    await setLedgerLimit(request, transaction, accountId, overdraftLimitMinor)
  if (!(await noteLedger(deps, request, tx, accountId))) return []
  return [
    ...(status === undefined ? [] : (['status'] as const)),
    ...(overdraftLimitMinor === undefined ? [] : (['overdraft_limit'] as const)),
  ]
}
