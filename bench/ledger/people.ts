// The people of the bench: 1,000 with 10 accounts each. Five come in by the API, as everybody does; the others by the same functions in SQL, because a
// thousand password hashes would take longer than the measuring.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { createTokenSigner, type Database, newId, readKey } from '@fintwin/platform'
import { callUrl, registerPerson } from '@fintwin/testing'
import { hashPassword } from '../../services/account/src/passwords.ts'

export interface Person {
  id: string
  token: string
  /** The primary account first, whose id is the person's. */
  accountIds: string[]
}

const peopleCount = 1_000
const peopleByApi = 5
const accountsEach = 10
const account = { name: 'Savings', type: 'savings', currency: 'INR' }

/** Opens people and accounts in a migrated database, at zero. Their tokens are signed with the account service's own key. */
export async function openPeople(admin: Database, secretsRoot: string): Promise<Person[]> {
  const signToken = await createTokenSigner(
    await readKey(join(secretsRoot, 'account'), 'token-signing-key.json'),
  )
  const people = await Promise.all(
    Array.from({ length: peopleCount - peopleByApi }, async () => {
      const id = newId()
      const token = await signToken({
        personId: id,
        name: 'Asha Rao',
        sessionId: newId(),
        ttlMs: 12 * 3_600_000,
      })
      return { id, token, accountIds: [id, ...Array.from({ length: accountsEach - 1 }, newId)] }
    }),
  )
  const owners = people.flatMap(({ id, accountIds }) => accountIds.map(() => id))
  const accountIds = people.flatMap((person) => person.accountIds)
  const ids = people.map(({ id }) => id)
  const passwordHash = await hashPassword('a long enough passphrase')
  await admin.begin(async (tx) => {
    await tx`
      insert into account.people (id, name, email, password_hash)
      select id, 'Asha Rao', id || '@example.org', ${passwordHash} from unnest(${ids}::uuid[]) id`
    await tx`
      insert into account.accounts (id, owner_id, name, type, currency)
      select id, owner, ${account.name}, ${account.type}, ${account.currency}
      from unnest(${owners}::uuid[], ${accountIds}::uuid[]) account (owner, id)`
    await tx`
      select count(transaction.open_account(owner, id, ${account.type}, ${account.currency}, 0))
      from unnest(${owners}::uuid[], ${accountIds}::uuid[]) account (owner, id)`
  })
  return people
}

/** Registers the rest through the gateway; checks that those who came by SQL look the same. */
export async function registerPeople(url: string, opened: Person[]): Promise<Person[]> {
  const registered = await Promise.all(Array.from({ length: peopleByApi }, () => registerWithAccounts(url)))
  const shapes = await Promise.all(
    [opened[0] as Person, registered[0] as Person].map(async ({ token }) => {
      const { body } = await callUrl(`${url}/api/accounts`, 'GET', { token })
      return JSON.stringify(
        (body as Record<string, unknown>[]).map(({ type, balance, currency, status, overdraft_limit }) => [
          type,
          balance,
          currency,
          status,
          overdraft_limit,
        ]),
      )
    }),
  )
  if (shapes[0] !== shapes[1])
    throw new Error(`Accounts opened by SQL differ from those by API: ${shapes.join(' and ')}`)
  return [...opened, ...registered]
}

async function registerWithAccounts(url: string): Promise<Person> {
  const { id, token } = await registerPerson((path, body) => callUrl(`${url}/api${path}`, 'POST', { body }))
  const accountIds = [id]
  for (let index = 1; index < accountsEach; index += 1) {
    const answer = await callUrl(`${url}/api/accounts`, 'POST', { token, body: account })
    if (answer.status !== 201) throw new Error(`POST /accounts answered ${answer.status}: ${answer.text}`)
    accountIds.push(answer.body.id)
  }
  return { id, token, accountIds }
}

/** Puts a million into each account, by deposits of its owner's through the gateway. */
export async function fundPeople(url: string, people: Person[]): Promise<void> {
  const waiting = people.values()
  const fund = async (): Promise<void> => {
    for (const { token, accountIds } of waiting) {
      const deposits = accountIds.map((id) => ({ type: 'deposit', account_id: id, amount: 1_000_000 }))
      const answer = await callUrl(`${url}/api/transactions/batch`, 'POST', {
        token,
        body: { mode: 'atomic', transactions: deposits },
      })
      if (answer.status !== 201)
        throw new Error(`A deposit was answered with ${answer.status}: ${answer.text}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, fund))
}

export const pick = <T>(from: T[]): T => from[randomInt(from.length)] as T
