// A holding as somebody wrote it, checked and valued.
import { type CurrencyCode, isCurrency } from '@fintwin/money'
import { computeValueMinor } from './compute-value.ts'
import { type Decimal, readDecimal } from './decimal.ts'

export interface WrittenHolding {
  quantity: number | string
  buyPrice: number | string
  currentPrice: number | string
  currency: string
}

export interface ValuedHolding {
  quantity: Decimal
  buyPrice: Decimal
  currentPrice: Decimal
  currency: CurrencyCode
  currentValueMinor: bigint
  investedValueMinor: bigint
}

export interface HoldingRefusal {
  refused: 'invalid_amount' | 'unknown_currency'
  detail: string
}

/** A holding that a person adds: everything above zero. */
export function valueHolding(written: WrittenHolding): ValuedHolding | HoldingRefusal {
  const { quantity, buyPrice, currentPrice } = readFigures(written)
  if (!isPositive(quantity)) return refuseFigure('quantity')
  if (!isPositive(buyPrice)) return refuseFigure('buy_price')
  if (!isPositive(currentPrice)) return refuseFigure('current_price')
  return value({ quantity, buyPrice, currentPrice }, written.currency)
}

/** A holding that a statement tells of: short positions are below zero, and what is worthless has a price of zero. */
export function valueImportedHolding(written: WrittenHolding): ValuedHolding | HoldingRefusal {
  const { quantity, buyPrice, currentPrice } = readFigures(written)
  if (!quantity || !buyPrice || !currentPrice)
    return { refused: 'invalid_amount', detail: 'A quantity or a price in the statement is not a number.' }
  return value({ quantity, buyPrice, currentPrice }, written.currency)
}

export const isPositive = (decimal: Decimal | undefined): decimal is Decimal =>
  decimal !== undefined && decimal.unscaled > 0n

export const refuseFigure = (name: string): HoldingRefusal => ({
  refused: 'invalid_amount',
  detail: `${name} must be a number above zero, with at most 18 digits before and after the point.`,
})

export const tooValuable: HoldingRefusal = {
  refused: 'invalid_amount',
  detail: 'The value of this holding is larger than FinTwin can hold.',
}

function readFigures({ quantity, buyPrice, currentPrice }: WrittenHolding) {
  return {
    quantity: readDecimal(quantity),
    buyPrice: readDecimal(buyPrice),
    currentPrice: readDecimal(currentPrice),
  }
}

function value(
  { quantity, buyPrice, currentPrice }: Pick<ValuedHolding, 'quantity' | 'buyPrice' | 'currentPrice'>,
  currency: string,
): ValuedHolding | HoldingRefusal {
  if (!isCurrency(currency))
    return { refused: 'unknown_currency', detail: `"${currency}" is not an ISO 4217 currency.` }
  const currentValueMinor = computeValueMinor(quantity, currentPrice, currency)
  const investedValueMinor = computeValueMinor(quantity, buyPrice, currency)
  if (currentValueMinor === undefined || investedValueMinor === undefined) return tooValuable
  return { quantity, buyPrice, currentPrice, currency, currentValueMinor, investedValueMinor }
}
