// POST /auth/register: a new person, with a first account whose ledger row stands before the answer does.
import { Registration, SessionAnswer } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import { type App, asNobody, asPerson, newId, publish, Refused, refuse } from '@fintwin/platform'
import { beginSession } from '../begin-session.ts'
import type { AccountDeps } from '../deps.ts'
import { openLedgerAccount } from '../ledger.ts'
import { limitAddress } from '../limit-address.ts'
import { hashPassword } from '../passwords.ts'
import { answerSession, type OpenSession } from '../session-answer.ts'
import { insertAccount } from '../store/accounts.ts'
import { findCredentials, insertPerson } from '../store/people.ts'
import { insertSession } from '../store/sessions.ts'

const emailTaken = refuse('email_taken', 'An account with this e-mail already exists; sign in instead.')
const firstAccount = { type: 'savings', name: 'Savings' } as const

export function postRegister(app: App, deps: AccountDeps): void {
  app.post(
    '/auth/register',
    {
      config: { public: true },
      onRequest: limitAddress(deps),
      schema: { tags: ['auth'], summary: 'Register', body: Registration, response: { 201: SessionAnswer } },
    },
    async (request, reply) => {
      const { name, password } = request.body
      const email = request.body.email.toLowerCase()
      const known = await asNobody(deps.database, (tx) => findCredentials(tx, email))
      if (known) throw new Refused(emailTaken)

      const passwordHash = await hashPassword(password)
      const session = await beginSession(deps, { id: newId(), name: name.trim(), email })
      const { id } = session.person
      const { type } = firstAccount
      const currency = deps.settings.DEFAULT_CURRENCY
      await openLedgerAccount(deps, {
        accountId: id,
        type,
        currency,
        token: session.token,
        requestId: request.id,
      })
      await storePerson(deps, session, passwordHash)
      deps.events.wake()
      return answerSession(deps, reply, 201, session)
    },
  )
}

async function storePerson(deps: AccountDeps, session: OpenSession, passwordHash: string): Promise<void> {
  const { person, sessionId, refreshToken, refreshExpiresAt } = session
  const currency = deps.settings.DEFAULT_CURRENCY as CurrencyCode
  await asPerson(deps.database, person.id, async (tx) => {
    const inserted = await insertPerson(tx, { ...person, passwordHash })
    if (!inserted) throw new Refused(emailTaken)
    await insertSession(tx, { id: sessionId, ownerId: person.id, refreshToken, expiresAt: refreshExpiresAt })
    await insertAccount(tx, person.id, {
      id: person.id,
      ...firstAccount,
      currency,
      bankName: null,
      bankCode: null,
      bankNumber: null,
    })
    await publish(tx, 'account.opened', person.id, { account_id: person.id, ...firstAccount, currency })
  })
}
