// People who use FinTwin through the gateway, as a client would.
import { type CallAnswer, callUrl, registerPerson, type TestPerson } from '@fintwin/testing'
import type { FinTwin } from './fintwin.ts'

export interface Person extends TestPerson {
  name: string
  get(path: string, headers?: Record<string, string>): Promise<CallAnswer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<CallAnswer>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<CallAnswer>
  delete(path: string, headers?: Record<string, string>): Promise<CallAnswer>
}

/** Registers somebody new; paths of the calls begin after `/api`. */
export async function newPerson(fintwin: FinTwin, name = 'Asha Rao'): Promise<Person> {
  const person = await registerPerson((path, body) => callApi(fintwin, 'POST', path, { body }), name)
  return { ...person, name, ...callsAs(fintwin, person.token) }
}

export function callsAs(
  fintwin: FinTwin,
  token: string | undefined,
): Pick<Person, 'get' | 'post' | 'put' | 'delete'> {
  const call =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<CallAnswer> =>
      callApi(fintwin, method, path, { token, body, headers })
  return {
    get: (path, headers) => call('GET')(path, undefined, headers),
    post: call('POST'),
    put: call('PUT'),
    delete: (path, headers) => call('DELETE')(path, undefined, headers),
  }
}

export function callApi(
  fintwin: FinTwin,
  method: string,
  path: string,
  options: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
): Promise<CallAnswer> {
  return callUrl(`${fintwin.url}/api${path}`, method, options)
}

export async function deposit(
  person: Person,
  amount: number | string,
  body: object = {},
): Promise<CallAnswer> {
  return expectStatus(await person.post('/transactions/', { type: 'deposit', amount, ...body }), 201)
}

export async function balanceOf(person: Person, accountId = person.id): Promise<number> {
  return expectStatus(await person.get(`/accounts/${accountId}`), 200).body.balance
}

export async function openAccount(person: Person, body: object = {}): Promise<string> {
  const answer = await person.post('/accounts/', { name: 'Second', type: 'savings', ...body })
  return expectStatus(answer, 201).body.id
}

export async function addHolding(person: Person, body: object = {}): Promise<string> {
  const holding = {
    ticker: 'TCS',
    company_name: 'Tata Consultancy Services',
    quantity: 2,
    buy_price: 100,
    current_price: 110,
  }
  return expectStatus(await person.post('/portfolio/holdings', { ...holding, ...body }), 201).body.id
}

export async function simulate(person: Person, body: object = {}): Promise<CallAnswer> {
  const simulation = { account_id: person.id, scenario: 'withdrawal', amount: 100 }
  return expectStatus(await person.post('/simulate/', { ...simulation, ...body }), 200)
}

function expectStatus(answer: CallAnswer, status: number): CallAnswer {
  if (answer.status !== status)
    throw new Error(`${status} was expected, but it answered ${answer.status}: ${answer.text}`)
  return answer
}
