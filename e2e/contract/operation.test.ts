// What operators and tools ask each service.
import { services } from '@fintwin/contracts'
import { callUrl, validateOpenApi } from '@fintwin/testing'
import { expect } from 'vitest'
import { connectMaintenance } from '../fintwin.ts'
import { fetchDocument, listOperations } from '../openapi.ts'
import { callApi } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('operation')

ownLine('health', 'without a token', 'calls the services past the gateway', async (start) => {
  const fintwin = await start()
  for (const { name } of services) {
    const answer = await callUrl(`${fintwin.serviceUrl(name)}/health`, 'GET', {})
    expect(answer, name).toMatchObject({ status: 200, body: { status: 'ok', service: name } })
  }
})

ownLine(
  'ready',
  'with the state of each dependency',
  'calls the services past the gateway',
  async (start) => {
    const fintwin = await start()
    for (const { name } of services) {
      const answer = await callUrl(`${fintwin.serviceUrl(name)}/ready`, 'GET', {})
      expect(answer, name).toMatchObject({
        status: 200,
        body: { status: 'ready', dependencies: { database: 'up' } },
      })
    }
  },
)

ownLine('ready-dependencies', 'without its database', 'takes a database away', async (start) => {
  const fintwin = await start({ LOW_BALANCE_THRESHOLD: '1' })
  const name = new URL(fintwin.database.url).pathname.slice(1)
  const maintenance = connectMaintenance()
  await maintenance.unsafe(`alter database ${name} with allow_connections false`)
  await maintenance`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and usename like 'fintwin\\_%'`
  try {
    for (const service of services) {
      const answer = await callUrl(`${fintwin.serviceUrl(service.name)}/ready`, 'GET', {})
      expect(answer, service.name).toMatchObject({
        status: 503,
        body: { dependencies: { database: 'down' } },
      })
      expect((await callUrl(`${fintwin.serviceUrl(service.name)}/health`, 'GET', {})).status).toBe(200)
    }
  } finally {
    await maintenance.unsafe(`alter database ${name} with allow_connections true`)
    await maintenance.end()
  }
})

line('openapi', 'by the specification’s own schema', async (fintwin) => {
  for (const { name } of services) {
    const { version, faults } = await validateOpenApi(await fetchDocument(fintwin, name))
    expect(faults, name).toEqual([])
    expect(version, name).toBe('3.1')
  }
})

ownLine(
  'openapi',
  'at the service itself, the same document',
  'calls the services past the gateway',
  async (start) => {
    const fintwin = await start()
    for (const { name } of services) {
      const direct = await callUrl(`${fintwin.serviceUrl(name)}/openapi.json`, 'GET', {})
      expect(direct.status, name).toBe(200)
      expect(direct.body).toEqual(await fetchDocument(fintwin, name))
    }
  },
)

line('openapi', 'tells every call of the contract', async (fintwin) => {
  const documented = (await listOperations(fintwin)).map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
  )
  for (const call of contractCalls) expect(documented).toContain(call)
  expect((await callApi(fintwin, 'GET', '/health')).status).toBe(200)
})

const contractCalls = [
  'POST /auth/register',
  'POST /auth/login',
  'POST /auth/refresh',
  'POST /auth/logout',
  'GET /accounts',
  'POST /accounts',
  'GET /accounts/{}',
  'GET /accounts/{}/exists',
  'GET /accounts/{}/status',
  'GET /transactions',
  'POST /transactions',
  'GET /transactions/account/{}',
  'POST /transactions/import',
  'POST /transactions/batch',
  'POST /simulate',
  'GET /simulate/history/{}',
  'DELETE /simulate/history/{}',
  'GET /simulate/history/detail/{}',
  'DELETE /simulate/history/detail/{}',
  'GET /risk/score/{}',
  'GET /risk/flags/{}',
  'POST /risk/analyze',
  'GET /risk/notifications/{}',
  'GET /portfolio',
  'GET /portfolio/summary/{}',
  'GET /portfolio/holdings/{}',
  'POST /portfolio/holdings',
  'PUT /portfolio/holdings/{}',
  'DELETE /portfolio/holdings/{}',
  'GET /notifications',
  'GET /notifications/{}',
  'GET /notifications/count/{}',
  'PUT /notifications/read/{}',
  'PUT /notifications/read-all/{}',
  'DELETE /notifications/{}',
  'POST /notifications',
  'GET /events',
  'GET /health',
  'GET /ready',
]
