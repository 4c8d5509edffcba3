// POST /accounts: another account of the caller's, at zero. Money enters it only by a posted transaction.
import { Account, type LedgerAccount, NewAccount } from '@fintwin/contracts'
import { type App, isRefusal, newId, publish, type Tx, writeOnce } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import type Type from 'typebox'
import type { AccountDeps } from '../deps.ts'
import { fetchLedgerState, openLedgerAccount } from '../ledger.ts'
import { renderAccount } from '../read-accounts.ts'
import { readNewAccount } from '../rules/read-new-account.ts'
import { findBankAccount, hasAccount, insertAccount, type NamedAccount } from '../store/accounts.ts'
import { findEmail } from '../store/people.ts'

export function postAccount(app: App, deps: AccountDeps): void {
  app.post(
    '/accounts',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Open another account',
        body: NewAccount,
        response: { 201: Account },
      },
    },
    (request, reply) =>
      writeOnce(deps.database, request, reply, (tx) => openAnother(deps, request, request.body, tx), {
        afterCommit: deps.events.wake,
      }),
  )
}

type Body = Type.Static<typeof NewAccount>

async function openAnother(deps: AccountDeps, request: FastifyRequest, body: Body, tx: Tx) {
  const { personId } = request.caller
  const wanted = readNewAccount(body, deps.settings.DEFAULT_CURRENCY)
  if (isRefusal(wanted)) return wanted
  const account = (await findExisting(tx, personId, wanted)) ?? (await open(deps, request, wanted, tx))
  const state = await fetchLedgerState(request, deps.urls.transaction)
  const ledger = state?.accounts.find(({ id }) => id === account.id) as LedgerAccount
  return { status: 201, body: renderAccount(account, ledger, await findEmail(tx, personId), personId) }
}

type Wanted = Exclude<ReturnType<typeof readNewAccount>, { refused: string }>

/** An account at a bank that the caller has already is given again rather than opened twice. */
async function findExisting(
  tx: Tx,
  personId: string,
  { bank, currency }: Wanted,
): Promise<NamedAccount | undefined> {
  return bank && (await findBankAccount(tx, personId, { ...bank, currency }))
}

async function open(
  deps: AccountDeps,
  request: FastifyRequest,
  wanted: Wanted,
  tx: Tx,
): Promise<NamedAccount> {
  const { personId, token } = request.caller
  const { name, type, currency, overdraftLimitMinor, bank } = wanted
  const id = await chooseId(deps, request, wanted, tx)
  await openLedgerAccount(deps, {
    accountId: id,
    type,
    currency,
    overdraftLimitMinor,
    token,
    requestId: request.id,
  })
  const bankColumns = {
    bankName: bank?.name ?? null,
    bankCode: bank?.code ?? null,
    bankNumber: bank?.number ?? null,
  }
  const account = await insertAccount(tx, personId, { id, name, type, currency, ...bankColumns })
  if (!account) return openedMeanwhile(tx, personId, wanted)
  await publish(tx, 'account.opened', personId, { account_id: id, name, type, currency })
  return account
}

/** The same for each try of a request that can be told to be one; a key that was used long ago and forgotten opens another account. */
async function chooseId(deps: AccountDeps, request: FastifyRequest, wanted: Wanted, tx: Tx): Promise<string> {
  const { personId } = request.caller
  const { type, currency, overdraftLimitMinor, bank } = wanted
  const ledgerRow = [type, currency, overdraftLimitMinor.toString()]
  if (bank) return deps.deriveAccountId({ personId, identity: ['bank', bank.code, bank.number], ledgerRow })
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string') return newId()
  const id = deps.deriveAccountId({ personId, identity: ['key', key], ledgerRow })
  return (await hasAccount(tx, personId, id)) ? newId() : id
}

/** What a simultaneous request for the same account at a bank opened. */
async function openedMeanwhile(tx: Tx, personId: string, wanted: Wanted): Promise<NamedAccount> {
  const account = await findExisting(tx, personId, wanted)
  if (!account) throw new Error('An account could not be inserted, and is not there.')
  return account
}
