// A forgotten WHERE returns nothing: every statement that the six services send for one person is sent again as another, and gives nothing away.
import { buildAccountService } from '@fintwin/account'
import type { ServiceName } from '@fintwin/contracts'
import { buildNotificationService } from '@fintwin/notification'
import { asPerson, newId, type Tx } from '@fintwin/platform'
import { buildPortfolioService } from '@fintwin/portfolio'
import { buildRiskService } from '@fintwin/risk'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { buildTwinService } from '@fintwin/twin'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFixture } from '../fixtures/read-fixture.ts'

interface Sent {
  service: ServiceName
  statement: string
  parameters: unknown[]
}

/** Statements that show more than one person's rows on purpose, and why that is no leak. */
const onPurpose: [RegExp, string][] = [
  [/find_credentials\(/, 'looked up before anybody is signed in'],
  [/find_session\(/, 'looked up by the secret of the session itself'],
  [/list_revoked_sessions\(/, 'ids of ended sessions, for services'],
  [/lock_accounts\(/, 'a transfer must know the state of the account it goes to'],
  [
    /events\.outbox|events\.receipts|events\.forget_delivered/,
    'consumers handle the events of everyone they serve, by role',
  ],
]

const sent = new Map<string, Sent>()
let services: TestServices
let asha: TestPerson
let bela: TestPerson
let chand: TestPerson

beforeAll(async () => {
  services = await startTestServices(
    {
      account: buildAccountService,
      transaction: buildTransactionService,
      twin: buildTwinService,
      risk: buildRiskService,
      portfolio: buildPortfolioService,
      notification: buildNotificationService,
    },
    // What is sealed in the background would be seen as a change.
    { SEAL_EVERY: '1h' },
    (service, statement, parameters) => {
      if (asha && parameters.some((parameter) => String(parameter).includes(asha.id)))
        sent.set(`${service} ${statement}`, { service, statement, parameters })
    },
  )
  bela = await services.register('Bela')
  chand = await services.register('Chand')
  asha = await services.register('Asha')
})
afterAll(() => services.stop())

/** Asha uses everything there is. */
async function live(): Promise<void> {
  const call = async (service: ServiceName, method: string, path: string, body?: unknown) => {
    const answer = await services.call(service, method, path, {
      token: asha.token,
      body,
      headers: { 'idempotency-key': newId() },
    })
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300)
    return answer.body
  }
  const second = await call('account', 'POST', '/accounts', { name: 'Second', type: 'current' })
  await call('transaction', 'POST', '/transactions', { type: 'deposit', amount: 5000 })
  await call('transaction', 'POST', '/transactions/batch', {
    mode: 'atomic',
    transactions: [
      { type: 'transfer', amount: 100, to_account: chand.id },
      { type: 'transfer', amount: 50, to_account: second.id },
    ],
  })
  const form = new FormData()
  form.append('file', new Blob([await readFixture('investments.ofx')] as never[]), 'investments.ofx')
  await call('transaction', 'POST', '/transactions/import', form)
  const card = new FormData()
  card.append('file', new Blob([await readFixture('card.ofx')] as never[]), 'card.ofx')
  await call('transaction', 'POST', '/transactions/import?preview=false', card)
  const dollars = await call('account', 'POST', '/accounts', {
    name: 'Dollars',
    type: 'savings',
    currency: 'USD',
  })
  const exchange = { type: 'transfer', to_account: dollars.id, amount: 830, to_amount: 10 }
  const { id } = await call('transaction', 'POST', '/transactions', exchange)
  await call('transaction', 'PUT', `/transactions/${id}/annotation`, { note: 'Asha’s own words' })
  await call('transaction', 'GET', `/transactions/${id}`)
  await call('transaction', 'GET', '/transactions?q=own%20words')
  await call('transaction', 'POST', `/transactions/${id}/reversal`)
  await call('transaction', 'DELETE', `/transactions/${id}/annotation`)
  await call('transaction', 'PUT', `/transactions/${id}/annotation`, { category: 'Asha’s' })
  await setAside(call)
  await plan(call, second.id)
  await call('account', 'GET', '/accounts')
  await call('account', 'PATCH', `/accounts/${second.id}`, {
    name: 'Other',
    status: 'frozen',
    overdraft_limit: 5,
  })
  await call('account', 'PATCH', `/accounts/${second.id}`, { status: 'open' })
  await call('account', 'PUT', `/accounts/${asha.id}/terms`, {
    interest_rate: 7.1,
    interest_period: 'quarterly',
  })
  await call('account', 'GET', `/accounts/${asha.id}/terms?terms_as_of=2030-01-01`)
  await call('transaction', 'GET', '/transactions?q=a&type=deposit&from=2020-01-01&to=2030-01-01&limit=1')
  await call('transaction', 'GET', `/transactions/account/${asha.id}`)
  await call('transaction', 'GET', `/transactions/account/${asha.id}/balances`)
  await call('transaction', 'GET', `/transactions/account/${asha.id}/export?format=ofx`)
  await call('transaction', 'GET', '/ledger/proof')
  await services.database.admin`select transaction.seal(100000)`
  const { position } = await call('transaction', 'GET', '/ledger/proof')
  await call('transaction', 'GET', `/ledger/proof?at=${asha.id}:${position[asha.id] - 1}`)
  for (const query of ['', '?as_of=1', `?as_of=${new Date().toISOString()}`, '?effective_as_of=2030-01-01'])
    await call('transaction', 'GET', `/transactions/account/${asha.id}/balance${query}`)
  await call('transaction', 'GET', `/transactions/account/${asha.id}?as_of=1`)
  for (const scenario of ['withdrawal', 'deposit', 'rate_change']) {
    await call('twin', 'POST', '/simulate', { account_id: asha.id, scenario, amount: 10 })
  }
  const [simulation] = await call('twin', 'GET', `/simulate/history/${asha.id}`)
  await call('twin', 'GET', `/simulate/history/detail/${simulation.id}`)
  await call('twin', 'DELETE', `/simulate/history/detail/${simulation.id}`)
  await call('twin', 'DELETE', `/simulate/history/${asha.id}`)
  for (const what of ['score', 'flags', 'history', 'notifications'])
    await call('risk', 'GET', `/risk/${what}/${asha.id}`)
  await call('risk', 'POST', '/risk/analyze', { account_id: asha.id })
  const holding = await call('portfolio', 'POST', '/portfolio/holdings', {
    ticker: 'TCS',
    company_name: 'Tata',
    quantity: 2,
    buy_price: 10,
    current_price: 11,
  })
  await call('portfolio', 'PUT', `/portfolio/holdings/${holding.id}`, {
    current_price: 12,
    asset_class: 'fund',
  })
  await call('portfolio', 'GET', `/portfolio/holdings/${holding.id}/asset-classes`)
  await call('portfolio', 'GET', '/portfolio?limit=1')
  await call('portfolio', 'GET', `/portfolio/summary/${asha.id}`)
  await call('portfolio', 'GET', `/portfolio/holdings/${asha.id}`)
  await call('portfolio', 'DELETE', `/portfolio/holdings/${holding.id}`)
  await expect
    .poll(async () => (await call('notification', 'GET', '/notifications?type=info')).length, {
      timeout: 10_000,
    })
    .toBeGreaterThan(1)
  const [notification] = await call('notification', 'GET', `/notifications/${asha.id}?unread_only=true`)
  await call('notification', 'GET', `/notifications/count/${asha.id}`)
  await call('notification', 'PUT', `/notifications/read/${notification.id}`)
  await call('notification', 'PUT', `/notifications/read-all/${asha.id}`)
  await call('notification', 'DELETE', `/notifications/${notification.id}`)
}

type Call = (service: ServiceName, method: string, path: string, body?: unknown) => Promise<{ id: string }>

/** Plans, changes, and lets the worker post and be refused. */
/** Holds for somebody else and for the world outside, ended in each way. */
async function setAside(call: Call): Promise<void> {
  const path = '/transactions/holds'
  const place = async (body: object): Promise<string> =>
    (await call('transaction', 'POST', path, { amount: 10, ...body })).id
  await call('transaction', 'POST', `${path}/${await place({})}/capture`, { amount: 5 })
  await call('transaction', 'POST', `${path}/${await place({ to_account: chand.id })}/release`)
  const [expiring, sending] = [
    await place({ expires_in_s: 1 }),
    await place({ to_account: chand.id, capture_in_s: 1 }),
  ]
  for (const id of [expiring, sending]) {
    await expect
      .poll(async () => (await call('transaction', 'GET', `${path}/${id}`)) as object, { timeout: 10_000 })
      .toMatchObject({ settled_by: 'clock' })
  }
  await place({})
  await call('transaction', 'GET', `${path}?state=placed&account_id=${asha.id}&limit=1`)
}

async function plan(call: Call, emptyAccountId: string): Promise<void> {
  const path = '/transactions/schedules'
  const today = new Date().toISOString().slice(0, 10)
  const rent = { type: 'withdrawal', amount: 10, frequency: 'daily', start_on: today, time_zone: 'UTC' }
  const planned = await call('transaction', 'POST', path, {
    ...rent,
    type: 'transfer',
    to_account: emptyAccountId,
  })
  const refused = await call('transaction', 'POST', path, { ...rent, amount: 1_000_000 })
  for (const { id } of [planned, refused]) {
    await expect
      .poll(async () => (await call('transaction', 'GET', `${path}/${id}`)) as object, { timeout: 10_000 })
      .toMatchObject({ last: { date: today } })
  }
  await call('transaction', 'POST', '/transactions', { type: 'deposit', amount: 1_000_000 })
  await call('transaction', 'POST', `${path}/${refused.id}/occurrences/${today}/retry`)
  const weekly = { ...rent, frequency: 'weekly', start_on: '2090-01-01' }
  await call('transaction', 'PUT', `${path}/${planned.id}`, weekly)
  await call('transaction', 'PUT', `${path}/${planned.id}/occurrences/2090-01-08`, { amount: 5 })
  await call('transaction', 'DELETE', `${path}/${planned.id}/occurrences/2090-01-15`)
  await call('transaction', 'PUT', `${path}/${planned.id}`, { ...weekly, interval: 2 })
  for (const verb of ['pause', 'resume']) await call('transaction', 'POST', `${path}/${planned.id}/${verb}`)
  await call('transaction', 'GET', `${path}/${planned.id}/occurrences?state=posted&cursor=2091-01-01`)
  await call('transaction', 'GET', `${path}?limit=1`)
  await call('transaction', 'DELETE', `${path}/${refused.id}`)
}

describe('every statement, as another person', () => {
  it('is recorded while one person uses everything', { timeout: 120_000 }, async () => {
    await live()
    const counts = Object.groupBy([...sent.values()], ({ service }) => service)
    for (const name of ['account', 'transaction', 'twin', 'risk', 'portfolio', 'notification'] as const) {
      expect(counts[name]?.length ?? 0, name).toBeGreaterThan(3)
    }
  })

  it('shows, changes and adds nothing of the first person’s', { timeout: 120_000 }, async () => {
    const before = await snapshot()
    const leaks: string[] = []
    for (const { service, statement, parameters } of sent.values()) {
      if (
        onPurpose.some(([pattern]) => pattern.test(statement)) ||
        /set_config|pg_try_advisory/.test(statement)
      )
        continue
      const leak = await tryAsBela(service, statement, parameters)
      if (leak) leaks.push(`${service}: ${leak}\n${statement}`)
    }
    expect(leaks).toEqual([])
    expect(await snapshot()).toEqual(before)
  })
})

/** What another person got out of the statement, if anything. */
async function tryAsBela(
  service: ServiceName,
  statement: string,
  parameters: unknown[],
): Promise<string | undefined> {
  const database = await services.database.as(`fintwin_${service}`)
  try {
    return await asPerson(database, bela.id, async (tx) => {
      const rows = await tx.unsafe(statement, parameters.map((parameter) => asJson(tx, parameter)) as never[])
      if (/^\s*(update|delete|insert)/i.test(statement) && rows.count > 0) return `changed ${rows.count} rows`
      const shown = JSON.stringify(rows, (_key, value) =>
        typeof value === 'bigint' ? value.toString() : value,
      )
      return shown.includes(asha.id) ? `showed ${shown.slice(0, 200)}` : undefined
    })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return code === '42501' ? undefined : `failed otherwise: ${code} ${message}`
  } finally {
    await database.end()
  }
}

/** Documents are recorded as the text that went over the wire, which would be quoted once more. */
function asJson(tx: Tx, parameter: unknown): unknown {
  const isDocument = typeof parameter === 'string' && /^(\[|\{"\w+":)/.test(parameter)
  return isDocument ? tx.json(JSON.parse(parameter)) : parameter
}

/** A digest of every row of every table of ours. */
async function snapshot(): Promise<Record<string, string>> {
  const tables = await services.database.admin<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('account', 'transaction', 'twin', 'risk', 'portfolio', 'notification')`
  const digests: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await services.database.admin.unsafe(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} t`,
    )
    digests[name] = row?.digest
  }
  return digests
}
