// GET /transactions/account/{id}/balance: one balance, as of now, of an instant, of a position, or by effective date.
import { AccountIdParams, BalanceAt, BalanceAtQuery } from '@fintwin/contracts'
import { toWireAmount } from '@fintwin/money'
import {
  type App,
  asPerson,
  isRefusal,
  pickOwnAccount,
  Refused,
  refuse,
  type ServiceDeps,
  type Tx,
} from '@fintwin/platform'
import { refuseOddDays } from '../refuse-odd-days.ts'
import { readAsOf } from '../rules/read-as-of.ts'
import { readEffectiveBalance } from '../store/balances.ts'
import { type LedgerAccountRow, listOwnAccounts } from '../store/ledger.ts'
import { readStanding } from '../store/positions.ts'

export function getAccountBalance(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/account/:account_id/balance',
    {
      schema: {
        tags: ['transactions'],
        summary: 'The balance of one of my accounts, now or as it was',
        params: AccountIdParams,
        querystring: BalanceAtQuery,
        response: { 200: BalanceAt },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const read = chooseReading(request.query)
      return asPerson(deps.database, personId, async (tx) => {
        const own = (await listOwnAccounts(tx, personId)).filter(({ kind }) => kind === 'person')
        const account = pickOwnAccount(own, request.params.account_id)
        const { balanceMinor, ...rest } = await read(tx, account)
        const { id, currency } = account
        return { account_id: id, currency, balance: toWireAmount(balanceMinor, currency), ...rest }
      })
    },
  )
}

type Reading = (
  tx: Tx,
  account: LedgerAccountRow,
) => Promise<{ balanceMinor: bigint } & Omit<BalanceAt, 'account_id' | 'currency' | 'balance'>>

/** @throws Refused `malformed_request` for both at once, and for times that the ledger cannot be asked for. */
function chooseReading({ as_of, effective_as_of }: { as_of?: string; effective_as_of?: string }): Reading {
  if (as_of !== undefined && effective_as_of !== undefined)
    throw new Refused(refuse('malformed_request', 'Ask for as_of or for effective_as_of, not for both.'))
  if (as_of !== undefined) {
    const asOf = readAsOf(as_of)
    if (isRefusal(asOf)) throw new Refused(asOf)
    return async (tx, account) => ({ ...(await readStanding(tx, account, asOf)), as_of })
  }
  if (effective_as_of !== undefined) {
    refuseOddDays(effective_as_of)
    return async (tx, account) => ({
      balanceMinor: await readEffectiveBalance(tx, account.no, effective_as_of),
      position: Number(account.position),
      effective_as_of,
    })
  }
  return async (_tx, account) => readNow(account)
}

function readNow({ balanceMinor, heldMinor, floorMinor, position, currency }: LedgerAccountRow) {
  const availableMinor = balanceMinor - heldMinor - (floorMinor ?? 0n)
  return {
    balanceMinor,
    position: Number(position),
    available_balance: toWireAmount(availableMinor, currency),
  }
}
