// One measurement: requests a second over keep-alive connections, from a load generator in this process.
import autocannon from 'autocannon'

export interface Load {
  url: string
  method: 'GET' | 'POST'
  token: string
  body?: unknown
  connections: number
  seconds: number
}

/** Requests answered with 2xx, a second. @throws when any other answer came, because then it measures something else. */
export async function measureRate({ url, method, token, body, connections, seconds }: Load): Promise<number> {
  const result = await autocannon({
    url,
    method,
    connections,
    duration: seconds,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${method} ${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed.`)
  }
  if (result['2xx'] === 0) throw new Error(`${method} ${url}: nothing was answered within ${seconds} s.`)
  return result['2xx'] / result.duration
}

/** Two loads in turns, so that whatever else the machine does meets both; the medians of their rates. */
export async function measurePair(
  ours: Load,
  yardstick: Load,
  rounds: number,
): Promise<{ ours: number; yardstick: number }> {
  const rates = { ours: [] as number[], yardstick: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    rates.ours.push(await measureRate(ours))
    rates.yardstick.push(await measureRate(yardstick))
  }
  return { ours: median(rates.ours), yardstick: median(rates.yardstick) }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
