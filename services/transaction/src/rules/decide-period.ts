// The days a statement is of: those that were asked for, else the last twelve months.

export interface Period {
  /** First and last day, `YYYY-MM-DD`, UTC. */
  from: string
  to: string
}

/** `today` is the last day unless told, and the first is a year before the last. Undefined when they would end before they begin. */
export function decidePeriod(asked: Partial<Period>, today: string): Period | undefined {
  const to = asked.to ?? today
  const from = asked.from ?? aYearBefore(to)
  return from <= to ? { from, to } : undefined
}

/** The same day of the year before; of 29 February, the 28th. */
function aYearBefore(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0')
  return `${year}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
}
