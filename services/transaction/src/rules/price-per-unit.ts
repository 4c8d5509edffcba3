// The price of one unit of a holding. Bonds are quoted in percent of their face value; the bank's own value of the holding tells.
import { type CurrencyCode, minorDigits, multiplyRatio } from '@fintwin/money'

export interface QuotedHolding {
  /** Decimal texts. */
  quantity: string
  unitPrice: string
  assetClass?: string
  /** What the bank says it is worth, in minor units. */
  marketValueMinor?: bigint | undefined
}

/** Decimal text: the price as quoted, or a hundredth of it where that is what makes the bank's value. */
export function pricePerUnit(
  { quantity, unitPrice, marketValueMinor }: QuotedHolding,
  currency: CurrencyCode,
): string {
  if (marketValueMinor === undefined) return unitPrice
  const valueMinor = Number(quantity) * Number(unitPrice) * 10 ** minorDigits(currency)
  const asQuoted = Math.abs(valueMinor - Number(marketValueMinor))
  const asPercent = Math.abs(valueMinor / 100 - Number(marketValueMinor))
  return asPercent < asQuoted ? shiftTwoDigits(unitPrice) : unitPrice
}

/** Exact value of a holding in minor units, half to even, from the decimal texts of quantity and price. */
export function computeValueMinor(quantity: string, price: string, currency: CurrencyCode): bigint {
  const [units, unitDigits] = readDecimal(quantity)
  const [amount, amountDigits] = readDecimal(price)
  return multiplyRatio(
    units * amount,
    10n ** BigInt(minorDigits(currency)),
    10n ** BigInt(unitDigits + amountDigits),
  )
}

function readDecimal(text: string): [integer: bigint, digits: number] {
  const [whole = '0', fraction = ''] = text.replace(/^\+/, '').split('.')
  return [BigInt(`${whole === '-' || whole === '' ? `${whole}0` : whole}${fraction}`), fraction.length]
}

function shiftTwoDigits(decimal: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const digits = whole.padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`
}
