// Exact shares and percentages of an amount, rounded half to even.

/** `numerator / denominator` to the nearest integer; a tie goes to the even one. Throws on a zero denominator. */
export function divideRound(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('Division by zero')
  const negative = numerator < 0n !== denominator < 0n
  const dividend = numerator < 0n ? -numerator : numerator
  const divisor = denominator < 0n ? -denominator : denominator

  const quotient = dividend / divisor
  const twiceRemainder = (dividend % divisor) * 2n
  const roundUp = twiceRemainder > divisor || (twiceRemainder === divisor && quotient % 2n === 1n)
  const rounded = roundUp ? quotient + 1n : quotient
  return negative ? -rounded : rounded
}

/** The amount times `numerator / denominator`: 7.5 % of it is `multiplyRatio(amountMinor, 75n, 1000n)`. */
export function multiplyRatio(amountMinor: bigint, numerator: bigint, denominator: bigint): bigint {
  return divideRound(amountMinor * numerator, denominator)
}
