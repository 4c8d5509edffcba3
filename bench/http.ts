// Suite `http`: requests a second of the main calls through nginx, beside the same calls on the bare service.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServiceName, serviceOfPrefix } from '@fintwin/contracts'
import { readSettings } from '@fintwin/platform'
import { callUrl, findFreePorts, registerPerson } from '@fintwin/testing'
import { startTopology, type Topology } from '../infra/topology/start-topology.ts'
import { measurePair } from './measure.ts'
import { raiseLimits } from './raised-limits.ts'
import type { Report, SuiteOptions } from './run.ts'

interface Call {
  name: string
  method: 'GET' | 'POST'
  path: string
  body?: unknown
}

export async function runHttpSuite({ isQuick, report, note }: SuiteOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fintwin-bench-'))
  raiseLimits(note)
  const base = await findFreePorts()
  const settings = readSettings({
    ...process.env,
    FINTWIN_DATA_DIR: folder,
    FINTWIN_SERVICE_PORT_BASE: String(base),
  })
  const topology = await startTopology(settings, base + 10)
  try {
    await measureCalls(topology, isQuick, report)
  } finally {
    await topology.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureCalls(topology: Topology, isQuick: boolean, report: Report): Promise<void> {
  const person = await registerPerson((path, body) => callUrl(`${topology.url}/api${path}`, 'POST', { body }))
  for (let index = 0; index < 60; index += 1) {
    const body = { type: 'deposit', amount: 1000 + index, note: 'before the bench' }
    await callUrl(`${topology.url}/api/transactions`, 'POST', { token: person.token, body })
  }
  const load = { token: person.token, connections: isQuick ? 8 : 32, seconds: isQuick ? 1 : 4 }
  for (const { name, method, path, body } of callsOf(person.id)) {
    const call = { ...load, method, ...(body === undefined ? {} : { body }) }
    const service = serviceOfPrefix(path.split(/[/?]/)[1] ?? '')?.name as ServiceName
    const rates = await measurePair(
      { ...call, url: `${topology.url}/api${path}` },
      { ...call, url: `${topology.serviceUrls[service]}${path}` },
      isQuick ? 1 : 3,
    )
    report({ name, unit: 'requests/s', ...rates, ratio: rates.ours / rates.yardstick })
  }
}

function callsOf(accountId: string): Call[] {
  return [
    { name: 'accounts', method: 'GET', path: '/accounts' },
    { name: 'account', method: 'GET', path: `/accounts/${accountId}` },
    { name: 'transactions', method: 'GET', path: '/transactions?limit=50' },
    { name: 'deposit', method: 'POST', path: '/transactions', body: { type: 'deposit', amount: 1 } },
    {
      name: 'simulate',
      method: 'POST',
      path: '/simulate',
      body: { account_id: accountId, scenario: 'withdrawal', amount: 5 },
    },
    { name: 'risk', method: 'GET', path: `/risk/score/${accountId}` },
    { name: 'portfolio', method: 'GET', path: '/portfolio' },
    { name: 'notifications', method: 'GET', path: '/notifications?limit=50' },
  ]
}
