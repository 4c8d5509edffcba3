// POST /portfolio/holdings: a holding of the caller's, in the account named if it is theirs, otherwise in the primary one.
import { type Account, Holding, NewHolding } from '@fintwin/contracts'
import {
  type Answer,
  type App,
  newId,
  publish,
  type Refusal,
  type ServiceDeps,
  type Tx,
  writeOnce,
} from '@fintwin/platform'
import type Type from 'typebox'
import { fetchAccounts } from '../accounts.ts'
import { renderHolding } from '../render-holding.ts'
import { formatExact } from '../rules/decimal.ts'
import { valueHolding } from '../rules/value-holding.ts'
import { insertHolding } from '../store/holdings.ts'

type HoldingBody = Type.Static<typeof NewHolding>

export function postHolding(app: App, deps: ServiceDeps): void {
  app.post(
    '/portfolio/holdings',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'Add a holding',
        body: NewHolding,
        response: { 201: Holding },
      },
    },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => {
          const accounts = await fetchAccounts(request, deps.urls.account)
          return addHolding(tx, request.caller.personId, request.body, chooseAccount(accounts, request.body))
        },
        { afterCommit: deps.events.wake },
      ),
  )
}

function chooseAccount(accounts: Account[], { account_id }: HoldingBody): Account {
  const wanted = typeof account_id === 'string' ? account_id.toLowerCase() : ''
  const account = accounts.find(({ id }) => id === wanted) ?? accounts[0]
  if (!account) throw new Error('The caller has no account.')
  return account
}

async function addHolding(
  tx: Tx,
  ownerId: string,
  body: HoldingBody,
  account: Account,
): Promise<Answer | Refusal> {
  const valued = valueHolding({
    quantity: body.quantity,
    buyPrice: body.buy_price,
    currentPrice: body.current_price,
    currency: body.currency ?? account.currency,
  })
  if ('refused' in valued) return valued
  const row = await insertHolding(tx, ownerId, {
    id: newId(),
    accountId: account.id,
    ticker: body.ticker.trim().toUpperCase(),
    companyName: body.company_name.trim(),
    assetClass: body.asset_class ?? 'stock',
    assetClassFrom: new Date().toISOString().slice(0, 10),
    currency: valued.currency,
    quantity: formatExact(valued.quantity),
    buyPrice: formatExact(valued.buyPrice),
    currentPrice: formatExact(valued.currentPrice),
    currentValueMinor: valued.currentValueMinor,
    investedValueMinor: valued.investedValueMinor,
  })
  await publish(tx, 'holding.changed', ownerId, {
    holding_id: row.id,
    account_id: account.id,
    change: 'added',
  })
  return { status: 201, body: renderHolding(row) }
}
