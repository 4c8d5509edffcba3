// PUT /portfolio/imported/{account_id}: what an investment statement says is held, which may be nothing, for the transaction service under
// the person's token. Statements carry no cost, so a holding's buy price is its unit price at the first import that told of it.
import { AccountIdParams, ImportedHoldings, ImportedHoldingsAnswer } from '@fintwin/contracts'
import { type App, asPerson, newId, publish, Refused, type ServiceDeps, type Tx } from '@fintwin/platform'
import { fetchOwnAccount } from '../accounts.ts'
import { formatExact } from '../rules/decimal.ts'
import { valueImportedHolding } from '../rules/value-holding.ts'
import {
  claimStatement,
  type ImportedHoldingRow,
  listBuyPrices,
  replaceImport,
} from '../store/imported-holdings.ts'

export function putImportedHoldings(app: App, deps: ServiceDeps): void {
  app.put(
    '/portfolio/imported/:account_id',
    {
      schema: {
        tags: ['internal'],
        params: AccountIdParams,
        body: ImportedHoldings,
        response: { 200: ImportedHoldingsAnswer },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const account = await fetchOwnAccount(request, deps.urls.account, request.params.account_id)
      const isApplied = await asPerson(deps.database, personId, (tx) =>
        applyStatement(tx, personId, account.id, request.body),
      )
      deps.events.wake()
      return { holdings: request.body.holdings.length, is_applied: isApplied }
    },
  )
}

/** False when a newer statement has been applied already: then this one says nothing about now. */
async function applyStatement(
  tx: Tx,
  ownerId: string,
  accountId: string,
  statement: ImportedHoldings,
): Promise<boolean> {
  if (!(await claimStatement(tx, ownerId, { accountId, asOf: new Date(statement.as_of) }))) return false
  const buyPrices = await listBuyPrices(tx, ownerId, accountId)
  const byExternalId = new Map(statement.holdings.map((holding) => [holding.external_id, holding]))
  const rows = [...byExternalId.values()].map((holding) =>
    valueRow(holding, statement, buyPrices.get(holding.external_id)),
  )
  await replaceImport(tx, ownerId, { accountId, rows })
  await publish(tx, 'holding.changed', ownerId, {
    holding_id: null,
    account_id: accountId,
    change: 'imported',
  })
  return true
}

function valueRow(
  holding: ImportedHoldings['holdings'][number],
  { currency, as_of }: ImportedHoldings,
  knownBuyPrice: string | undefined,
): ImportedHoldingRow {
  const valued = valueImportedHolding({
    quantity: holding.quantity,
    buyPrice: knownBuyPrice ?? holding.unit_price,
    currentPrice: holding.unit_price,
    currency,
  })
  if ('refused' in valued) throw new Refused(valued)
  return {
    id: newId(),
    externalId: holding.external_id,
    ticker: holding.ticker,
    companyName: holding.company_name,
    assetClass: holding.asset_class as string,
    assetClassFrom: new Date(as_of).toISOString().slice(0, 10),
    currency: valued.currency,
    quantity: formatExact(valued.quantity),
    buyPrice: formatExact(valued.buyPrice),
    currentPrice: formatExact(valued.currentPrice),
    currentValueMinor: valued.currentValueMinor,
    investedValueMinor: valued.investedValueMinor,
  }
}
