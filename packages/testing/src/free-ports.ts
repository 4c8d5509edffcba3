// Ports for a test run's own servers.
import { createServer } from 'node:net'
import { services } from '@fintwin/contracts'

/** The first of six neighbouring ports that are all free now. */
export async function findFreePorts(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const base = 20_500 + Math.floor(Math.random() * 9_000)
    const free = await Promise.all(services.map(({ portOffset: offset }) => isFree(base + offset)))
    if (free.every(Boolean)) return base
  }
  throw new Error('No six free ports in a row were found.')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
