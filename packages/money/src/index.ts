// Exact money: currencies, amounts in integer minor units, and rounding.

export type { ParsedAmount } from './amount.ts'
export { formatDecimal, formatMoney, MAX_AMOUNT_MINOR, parseAmount, toWireAmount } from './amount.ts'
export type { CurrencyCode } from './currency.ts'
export { isCurrency, minorDigits } from './currency.ts'
export { type ReadPayment, readPayment } from './payment.ts'
export { divideRound, multiplyRatio } from './ratio.ts'
