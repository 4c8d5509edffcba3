// People who call services that are processes, past any gateway.
import {
  type CallAnswer,
  callUrl,
  type ProcessSystem,
  registerPerson,
  type ServiceProcess,
} from '@fintwin/testing'
import { expect } from 'vitest'

export interface Client {
  id: string
  token: string
}

export async function openClients(system: ProcessSystem, count: number, funds = 0): Promise<Client[]> {
  const { url } = system.service('account')
  const clients: Client[] = []
  for (let index = 0; index < count; index += 1) {
    const client = await registerPerson((path, body) => callUrl(`${url}${path}`, 'POST', { body }))
    clients.push(client)
    if (funds > 0)
      expect((await post(system.service('transaction'), client, deposit(funds))).status).toBe(201)
  }
  return clients
}

export async function openAccount(
  system: ProcessSystem,
  { token }: Client,
  currency: string,
): Promise<string> {
  const body = { name: `In ${currency}`, type: 'current', currency }
  const answer = await callUrl(`${system.service('account').url}/accounts`, 'POST', { token, body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}

export const deposit = (amount: number | string, note?: string): object => ({ type: 'deposit', amount, note })
export const withdrawal = (amount: number | string, note?: string): object => ({
  type: 'withdrawal',
  amount,
  note,
})
export const transfer = (amount: number | string, to: { id: string }, note?: string): object => ({
  type: 'transfer',
  amount,
  to_account: to.id,
  note,
})

export function post(
  service: ServiceProcess,
  { token }: Client,
  body: unknown,
  key?: string,
  path = '/transactions',
): Promise<CallAnswer> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
  return callUrl(`${service.url}${path}`, 'POST', { token, body, headers })
}

export const get = (service: ServiceProcess, { token }: Client, path: string): Promise<CallAnswer> =>
  callUrl(`${service.url}${path}`, 'GET', { token })

/** Undefined when the connection died before it was answered. */
export const ifAnswered = (answer: Promise<CallAnswer>): Promise<CallAnswer | undefined> =>
  answer.catch(() => undefined)

/** Sends it under its key until it is answered. */
export async function insist(send: () => Promise<CallAnswer>): Promise<CallAnswer> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answer = await ifAnswered(send())
    if (answer && answer.status !== 409 && answer.status !== 503) return answer
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200))
  }
  throw new Error('It was never answered.')
}

/** How often each note was posted. */
export async function countNotes({ database }: ProcessSystem, notes: string[]): Promise<Map<string, number>> {
  const rows = await database.asAdmin(
    (admin) => admin<{ note: string; count: number }[]>`
      select note, count(*)::int as count from transaction.postings where note = any(${notes}) group by note`,
  )
  return new Map(rows.map(({ note, count }) => [note, count]))
}

export async function balanceOf(
  system: ProcessSystem,
  client: Client,
  accountId = client.id,
): Promise<number> {
  const answer = await get(system.service('account'), client, `/accounts/${accountId}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.balance
}
