// The shape of a sparkline.

/** A stepped path through the points, scaled into the box; null with fewer than two points. */
export function sparklinePath(
  points: readonly { date: string; value: number }[],
  boxWidth: number,
  boxHeight: number,
): string | null {
  const times = points.map((point) => Date.parse(point.date))
  const first = times[0]
  const last = times.at(-1)
  if (first === undefined || last === undefined || last <= first) return null
  const values = points.map((point) => point.value)
  const low = Math.min(...values)
  const spread = Math.max(...values) - low || 1
  return points
    .map((point, index) => {
      const x = (((times[index] ?? first) - first) / (last - first)) * boxWidth
      const y = 2 + (1 - (point.value - low) / spread) * (boxHeight - 4)
      return index === 0 ? `M${round(x)} ${round(y)}` : `H${round(x)}V${round(y)}`
    })
    .join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
