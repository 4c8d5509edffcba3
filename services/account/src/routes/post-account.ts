// POST /accounts: another account of the caller's, at zero. Money enters it only by a posted transaction.
import { Account, type LedgerAccount, NewAccount } from '@fintwin/contracts'
import { isCurrency } from '@fintwin/money'
import { type App, newId, publish, refuse, type Tx, writeOnce } from '@fintwin/platform'
import type { AccountDeps } from '../deps.ts'
import { fetchLedgerState, openLedgerAccount } from '../ledger.ts'
import { renderAccount } from '../read-accounts.ts'
import { findBankAccount, insertAccount, type NamedAccount } from '../store/accounts.ts'
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
    (request, reply) => {
      const { personId, token } = request.caller
      const currency = request.body.currency ?? deps.settings.DEFAULT_CURRENCY
      const story = async (tx: Tx) => {
        if (!isCurrency(currency))
          return refuse('unknown_currency', `"${currency}" is not an ISO 4217 currency.`)
        const bank = request.body.bank
        const bankAccount = bank && { name: bank.name ?? null, number: bank.number, currency }
        const existing = bankAccount && (await findBankAccount(tx, personId, bankAccount))
        if (existing) return { status: 201, body: await render(tx, existing) }
        const id = newId()
        const type = request.body.type as string
        await openLedgerAccount(deps.urls.transaction, {
          accountId: id,
          type,
          currency,
          token,
          requestId: request.id,
        })
        const name = request.body.name.trim()
        const account = await insertAccount(tx, personId, {
          id,
          name,
          type,
          currency,
          bankName: bankAccount?.name ?? null,
          bankNumber: bankAccount?.number ?? null,
        })
        await publish(tx, 'account.opened', personId, { account_id: id, name, type, currency })
        return { status: 201, body: await render(tx, account) }
      }
      const render = async (tx: Tx, account: NamedAccount) => {
        const state = await fetchLedgerState(request, deps.urls.transaction)
        const ledger = state?.accounts.find(({ id }) => id === account.id) as LedgerAccount
        return renderAccount(account, ledger, await findEmail(tx, personId), personId)
      }
      return writeOnce(deps.database, request, reply, story, { afterCommit: deps.events.wake })
    },
  )
}
