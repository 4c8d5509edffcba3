// The demo person, opened once at the quickstart's first start through the public API, as anybody would be.
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { absolute, type Settings } from '@fintwin/platform'
import {
  composeHousehold,
  type DemoAccountKey,
  type DemoTransaction,
  demoAccounts,
  demoHoldings,
  demoToday,
} from './household.ts'
import { composePlans } from './plans.ts'

export interface DemoPerson {
  email: string
  password: string
}

/** Gives the demo person's e-mail and generated password; makes the person and two years of history when there is none yet. */
export async function openDemo(url: string, settings: Settings): Promise<DemoPerson> {
  const file = join(absolute(settings.FINTWIN_DATA_DIR), 'demo.json')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  const person: DemoPerson = known
    ? JSON.parse(known)
    : { email: 'demo@fintwin.example', password: randomBytes(9).toString('base64url') }
  if (!known) await writeFile(file, JSON.stringify(person), { mode: 0o600 })
  const registration = await call(url, 'POST', '/auth/register', { name: 'Asha Rao', ...person })
  if (registration.status === 409) return person
  expect(registration, 201)
  await fill(url, registration.body.token as string)
  return person
}

async function fill(url: string, token: string): Promise<void> {
  const accounts = await openAccounts(url, token)
  const transactions = composeHousehold(new Date()).map((transaction) => asRequest(transaction, accounts))
  const batch = await call(url, 'POST', '/transactions/batch', { mode: 'atomic', transactions }, token)
  expect(batch, 201)
  for (const transaction of demoToday) {
    expect(await call(url, 'POST', '/transactions', asRequest(transaction, accounts), token), 201)
  }
  for (const plan of composePlans(new Date())) {
    expect(await call(url, 'POST', '/transactions/schedules', asRequest(plan, accounts), token), 201)
  }
  for (const holding of demoHoldings) {
    expect(
      await call(url, 'POST', '/portfolio/holdings', { ...holding, account_id: accounts.invest }, token),
      201,
    )
  }
  for (const [scenario, amount] of [
    ['withdrawal', 400_000],
    ['deposit', 50_000],
  ] as const) {
    expect(
      await call(url, 'POST', '/simulate', { account_id: accounts.salary, scenario, amount }, token),
      200,
    )
  }
}

async function openAccounts(url: string, token: string): Promise<Record<DemoAccountKey, string>> {
  const ids: Partial<Record<DemoAccountKey, string>> = {}
  const existing = expect(await call(url, 'GET', '/accounts', undefined, token), 200) as unknown as {
    id: string
  }[]
  for (const [index, { key, ...account }] of demoAccounts.entries()) {
    const opened =
      index === 0 ? existing[0] : expect(await call(url, 'POST', '/accounts', account, token), 201)
    ids[key] = opened?.id as string
  }
  return ids as Record<DemoAccountKey, string>
}

function asRequest(
  { account, to, ...transaction }: Omit<DemoTransaction, 'effective_at'>,
  accounts: Record<DemoAccountKey, string>,
) {
  return { ...transaction, account_id: accounts[account], ...(to ? { to_account: accounts[to] } : {}) }
}

interface Reply {
  status: number
  body: Record<string, unknown>
}

async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Reply> {
  const response = await fetch(`${url.replace('localhost', '127.0.0.1')}/api${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function expect({ status, body }: Reply, wanted: number): Record<string, unknown> {
  if (status !== wanted)
    throw new Error(
      `The demo person could not be opened (${status}): ${String(body.detail)} Set FINTWIN_DEMO=off to start without.`,
    )
  return body
}
