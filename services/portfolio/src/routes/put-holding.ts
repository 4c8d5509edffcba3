// PUT /portfolio/holdings/{id}: what a holding's unit costs now.
import { Holding, HoldingUpdate, IdParams } from '@fintwin/contracts'
import {
  type App,
  asPerson,
  isId,
  notFound,
  publish,
  Refused,
  type ServiceDeps,
  type Tx,
} from '@fintwin/platform'
import { renderHolding } from '../render-holding.ts'
import { computeValueMinor } from '../rules/compute-value.ts'
import { type Decimal, formatExact, readDecimal } from '../rules/decimal.ts'
import { isPositive, refuseFigure, tooValuable } from '../rules/value-holding.ts'
import { type HoldingRow, lockHolding, updatePrice } from '../store/holdings.ts'

export function putHolding(app: App, deps: ServiceDeps): void {
  app.put(
    '/portfolio/holdings/:id',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'Update the price of a holding',
        params: IdParams,
        body: HoldingUpdate,
        response: { 200: Holding },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { id } = request.params
      const price = readDecimal(request.body.current_price)
      if (!isId(id)) throw new Refused(notFound)
      if (!isPositive(price)) throw new Refused(refuseFigure('current_price'))
      const row = await asPerson(deps.database, personId, (tx) => reprice(tx, personId, id, price))
      deps.events.wake()
      return renderHolding(row)
    },
  )
}

async function reprice(tx: Tx, ownerId: string, id: string, price: Decimal): Promise<HoldingRow> {
  const holding = await lockHolding(tx, ownerId, id)
  if (!holding) throw new Refused(notFound)
  const currentValueMinor = computeValueMinor(
    readDecimal(holding.quantity) as Decimal,
    price,
    holding.currency,
  )
  if (currentValueMinor === undefined) throw new Refused(tooValuable)
  const row = await updatePrice(tx, ownerId, id, { currentPrice: formatExact(price), currentValueMinor })
  await publish(tx, 'holding.changed', ownerId, {
    holding_id: id,
    account_id: row.accountId,
    change: 'updated',
  })
  return row
}
