// A person of the topology's tests, who has money, and notices when any of it is gone.
import { randomUUID } from 'node:crypto'
import { CheckError } from './report.ts'

export interface Person {
  email: string
  password: string
  token: string
  id: string
}

const url = 'http://localhost'

export async function registerPerson(): Promise<Person> {
  const email = `topology-${randomUUID()}@example.com`
  const password = `${randomUUID()}-Aa1`
  const answer = await call<{ token: string; user: { id: string } }>(
    'POST',
    '/api/auth/register',
    undefined,
    {
      name: 'Topology',
      email,
      password,
    },
  )
  return { email, password, token: answer.token, id: answer.user.id }
}

export async function signIn({ email, password }: Person): Promise<string> {
  return (await call<{ token: string }>('POST', '/api/auth/login', undefined, { email, password })).token
}

export async function deposit({ token, id }: Person, amount: number): Promise<void> {
  await call('POST', '/api/transactions/', token, { account_id: id, type: 'deposit', amount })
}

/** Everything that must be the same after a crash, as text to compare. */
export async function snapshot({ token }: Person): Promise<string> {
  const accounts = await call<{ id: string; balance: number; currency: string }[]>(
    'GET',
    '/api/accounts/',
    token,
  )
  const transactions = await call<unknown[]>('GET', '/api/transactions/?limit=100', token)
  const balances = accounts.map(({ id, balance, currency }) => ({ id, balance, currency }))
  return JSON.stringify({ balances, transactions })
}

/** Calls the gateway; a 429 or 503 is tried again for a while, as a client is told to by Retry-After. */
async function call<T>(method: string, path: string, token?: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (token) headers.Authorization = `Bearer ${token}`
  if (method === 'POST' && token) headers['Idempotency-Key'] = randomUUID()
  const init: RequestInit =
    body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  let last = ''
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const response = await fetch(`${url}${path}`, init).catch((error: Error) => error)
    if (response instanceof Response && response.ok) return (await response.json()) as T
    last = response instanceof Response ? `${response.status} ${await response.text()}` : response.message
    if (response instanceof Response && ![429, 503].includes(response.status)) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new CheckError(`${method} ${path}: ${last.slice(0, 500)}`)
}
