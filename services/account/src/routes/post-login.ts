// POST /auth/login: wrong e-mail and wrong password are one answer, in text and in time.
import { Credentials, SessionAnswer } from '@fintwin/contracts'
import { type App, asNobody, asPerson, Refused, rateLimited, refuse } from '@fintwin/platform'
import { beginSession } from '../begin-session.ts'
import type { AccountDeps } from '../deps.ts'
import { limitAddress } from '../limit-address.ts'
import { isRightPassword } from '../passwords.ts'
import { answerSession } from '../session-answer.ts'
import { findCredentials } from '../store/people.ts'
import { insertSession } from '../store/sessions.ts'

export function postLogin(app: App, deps: AccountDeps): void {
  app.post(
    '/auth/login',
    {
      config: { public: true },
      onRequest: limitAddress(deps),
      schema: { tags: ['auth'], summary: 'Sign in', body: Credentials, response: { 200: SessionAnswer } },
    },
    async (request, reply) => {
      const email = request.body.email.toLowerCase()
      const guesser = `${email} ${request.ip}`
      const guesses = await deps.failedLogins.look(guesser)
      if (!guesses.allowed) throw rateLimited(guesses.resetMs)

      const person = await asNobody(deps.database, (tx) => findCredentials(tx, email))
      const isRight = await isRightPassword(person?.passwordHash, request.body.password)
      if (!person || !isRight) {
        await deps.failedLogins.take(guesser)
        request.log.warn({ address: request.ip }, 'login refused')
        throw new Refused(refuse('wrong_credentials', 'E-mail or password is wrong.'))
      }
      await deps.failedLogins.reset(guesser)
      const session = await beginSession(deps, { id: person.id, name: person.name, email: person.email })
      await asPerson(deps.database, person.id, (tx) =>
        insertSession(tx, {
          id: session.sessionId,
          ownerId: person.id,
          refreshToken: session.refreshToken,
          expiresAt: session.refreshExpiresAt,
        }),
      )
      return answerSession(deps, reply, 200, session)
    },
  )
}
