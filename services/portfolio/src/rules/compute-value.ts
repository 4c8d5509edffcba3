// What a quantity at a price is worth, and by how much it gained: exact, rounded half to even once, at the end.
import { type CurrencyCode, divideRound, MAX_AMOUNT_MINOR, minorDigits } from '@fintwin/money'
import type { Decimal } from './decimal.ts'

/** Minor units; undefined when the value is larger than an amount may be. */
export function computeValueMinor(
  quantity: Decimal,
  price: Decimal,
  currency: CurrencyCode,
): bigint | undefined {
  const numerator = quantity.unscaled * price.unscaled * 10n ** BigInt(minorDigits(currency))
  const valueMinor = divideRound(numerator, 10n ** BigInt(quantity.scale + price.scale))
  return valueMinor > MAX_AMOUNT_MINOR || valueMinor < -MAX_AMOUNT_MINOR ? undefined : valueMinor
}

/** Percent from one price to the other, two decimals; 0 where there was no price to begin with. */
export function computeGainPercent(buyPrice: Decimal, currentPrice: Decimal): number {
  const scale = Math.max(buyPrice.scale, currentPrice.scale)
  return computeReturnPercent(atScale(buyPrice, scale), atScale(currentPrice, scale))
}

/** Percent from what was invested to what it is worth, two decimals; 0 where nothing was invested. */
export function computeReturnPercent(invested: bigint, value: bigint): number {
  if (invested === 0n) return 0
  const magnitude = invested < 0n ? -invested : invested
  return Number(divideRound((value - invested) * 10_000n, magnitude)) / 100
}

const atScale = ({ unscaled, scale }: Decimal, wanted: number): bigint =>
  unscaled * 10n ** BigInt(wanted - scale)
