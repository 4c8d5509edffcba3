// PUT /portfolio/holdings/{id}: what a holding's unit costs now, or of which class it is from a day on.
import { Holding, HoldingUpdate, IdParams } from '@fintwin/contracts'
import {
  type App,
  asPerson,
  isId,
  isRefusal,
  notFound,
  publish,
  Refused,
  type ServiceDeps,
  type Tx,
} from '@fintwin/platform'
import { renderHolding } from '../render-holding.ts'
import { computeValueMinor } from '../rules/compute-value.ts'
import { type Decimal, formatExact, readDecimal } from '../rules/decimal.ts'
import { type ReadUpdate, readUpdate } from '../rules/read-update.ts'
import { tooValuable } from '../rules/value-holding.ts'
import { classHolding } from '../store/asset-classes.ts'
import { type HoldingRow, lockHolding, updatePrice } from '../store/holdings.ts'

export function putHolding(app: App, deps: ServiceDeps): void {
  app.put(
    '/portfolio/holdings/:id',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'Update the price or the class of a holding',
        params: IdParams,
        body: HoldingUpdate,
        response: { 200: Holding },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notFound)
      const row = await asPerson(deps.database, personId, async (tx) => {
        const holding = await lockHolding(tx, personId, id)
        if (!holding) throw new Refused(notFound)
        const update = readUpdate(request.body, new Date().toISOString().slice(0, 10))
        if (isRefusal(update)) throw new Refused(update)
        return change(tx, personId, holding, update)
      })
      deps.events.wake()
      return renderHolding(row)
    },
  )
}

async function change(
  tx: Tx,
  ownerId: string,
  holding: HoldingRow,
  { price, assetClass }: ReadUpdate,
): Promise<HoldingRow> {
  const { id, accountId } = holding
  if (price) await reprice(tx, ownerId, holding, price)
  if (assetClass) await classHolding(tx, ownerId, { holdingId: id, ...assetClass })
  await publish(tx, 'holding.changed', ownerId, { holding_id: id, account_id: accountId, change: 'updated' })
  return (await lockHolding(tx, ownerId, id)) as HoldingRow
}

async function reprice(tx: Tx, ownerId: string, holding: HoldingRow, price: Decimal): Promise<void> {
  const quantity = readDecimal(holding.quantity) as Decimal
  const currentValueMinor = computeValueMinor(quantity, price, holding.currency)
  if (currentValueMinor === undefined) throw new Refused(tooValuable)
  await updatePrice(tx, ownerId, holding.id, { currentPrice: formatExact(price), currentValueMinor })
}
