// A holding as the wire shows it.
import type { Holding } from '@fintwin/contracts'
import { type CurrencyCode, formatDecimal, toWireAmount } from '@fintwin/money'
import { computeGainPercent } from './rules/compute-value.ts'
import { type Decimal, readDecimal } from './rules/decimal.ts'
import type { HoldingRow } from './store/holdings.ts'

export function renderHolding(row: HoldingRow): Holding {
  return {
    id: row.id,
    account_id: row.accountId,
    ticker: row.ticker,
    company_name: row.companyName,
    asset_class: row.assetClass,
    asset_class_from: row.assetClassFrom,
    currency: row.currency,
    quantity: Number(row.quantity),
    buy_price: Number(row.buyPrice),
    current_price: Number(row.currentPrice),
    current_value: toWireAmount(row.currentValueMinor, row.currency),
    invested_value: toWireAmount(row.investedValueMinor, row.currency),
    gain_loss: toWireTotal(row.currentValueMinor - row.investedValueMinor, row.currency),
    gain_loss_pct: gainPercentOf(row),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  }
}

export function gainPercentOf({ buyPrice, currentPrice }: HoldingRow): number {
  return computeGainPercent(readDecimal(buyPrice) as Decimal, readDecimal(currentPrice) as Decimal)
}

/** A sum of amounts may have more digits than one amount: then it is the JSON number nearest to it. */
export function toWireTotal(amountMinor: bigint, currency: CurrencyCode): number {
  return Number(formatDecimal(amountMinor, currency))
}
