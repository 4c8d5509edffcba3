// The people of a run: each with two accounts in rupees and one in dollars, and some money in them.
import { callUrl, type ProcessSystem, registerPerson } from '@fintwin/testing'
import type { Book } from './book.ts'

export interface Account {
  id: string
  ownerId: string
  currency: 'INR' | 'USD'
}

export interface Person {
  id: string
  token: string
  /** The primary one first. */
  accounts: Account[]
}

const fundsMinor = 1_000_000

export async function openPeople(system: ProcessSystem, book: Book, count: number): Promise<Person[]> {
  const people: Person[] = []
  for (let index = 0; index < count; index += 1) people.push(await openPerson(system, book))
  return people
}

async function openPerson(system: ProcessSystem, book: Book): Promise<Person> {
  const { url } = system.service('account')
  const { id, token } = await registerPerson((path, body) => callUrl(`${url}${path}`, 'POST', { body }))
  const accounts: Account[] = [{ id, ownerId: id, currency: 'INR' }]
  for (const currency of ['INR', 'USD'] as const) {
    const body = { name: `In ${currency}`, type: 'current', currency }
    const answer = await callUrl(`${url}/accounts`, 'POST', { token, body })
    if (answer.status !== 201) throw new Error(`POST /accounts answered ${answer.status}: ${answer.text}`)
    accounts.push({ id: answer.body.id, ownerId: id, currency })
  }
  const person = { id, token, accounts }
  await fund(system, book, person)
  return person
}

async function fund(system: ProcessSystem, book: Book, { id, token, accounts }: Person): Promise<void> {
  for (const account of accounts) {
    const asked = book.ask(id, [{ accountId: account.id, amountMinor: fundsMinor }])
    const answer = await callUrl(`${system.service('transaction').url}/transactions`, 'POST', {
      token,
      body: { account_id: account.id, type: 'deposit', amount: fundsMinor / 100, note: asked.note },
    })
    if (answer.status !== 201) throw new Error(`A deposit was answered with ${answer.status}: ${answer.text}`)
    asked.fate = 'taken'
    asked.id = answer.body.id
  }
}
