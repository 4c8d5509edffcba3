// The balances of several accounts as one line, or as layers that add up to it.
import { datesOf, resample } from '../../ui/chart/time-series.ts'
import { sumMoney } from '../../ui/format-money.ts'

export interface AccountLine {
  name: string
  points: readonly { date: string; value: number }[]
}

/** On each day on which at least one account moved, the sum of all of them. */
export function totalBalance(
  lines: readonly AccountLine[],
  currency: string,
): { date: string; value: number }[] {
  const dates = datesOf(lines)
  const layers = lines.map((line) => resample(line.points, dates))
  return dates.map((date, index) => ({
    date,
    value: sumMoney(
      layers.map((layer) => layer[index]?.value ?? 0),
      currency,
    ),
  }))
}

/** Each account with a point on every one of these days, the largest first, so that they can be stacked. */
export function stackedBalances(lines: readonly AccountLine[]): AccountLine[] {
  const dates = datesOf(lines)
  const size = (line: AccountLine) => Math.abs(line.points.at(-1)?.value ?? 0)
  return lines
    .map((line) => ({ name: line.name, points: resample(line.points, dates) }))
    .sort((a, b) => size(b) - size(a))
}
