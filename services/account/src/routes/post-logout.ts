// POST /auth/logout: ends the session of the cookie or of the token; its access tokens die everywhere within seconds. The cookie alone will
// do, so the token is looked at here.

import { type App, asNobody, asPerson, type Caller, Refused, refuse } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { AccountDeps } from '../deps.ts'
import { clearSessionCookie, sessionCookie } from '../session-answer.ts'
import { findSession, revokeSession } from '../store/sessions.ts'

export function postLogout(app: App, deps: AccountDeps): void {
  app.post(
    '/auth/logout',
    {
      config: { public: true },
      schema: { tags: ['auth'], summary: 'Sign out', response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const shown = request.cookies[sessionCookie]
      const session = shown ? await asNobody(deps.database, (tx) => findSession(tx, shown)) : undefined
      const caller = await callerOfToken(deps, request)
      clearSessionCookie(deps, reply)
      if (!session && !caller)
        throw new Refused(refuse('unauthenticated', 'There is no session here to sign out of.'))
      if (session) await asPerson(deps.database, session.ownerId, (tx) => revokeSession(tx, session.id))
      if (caller) await asPerson(deps.database, caller.personId, (tx) => revokeSession(tx, caller.sessionId))
      return reply.code(204).send(null)
    },
  )
}

async function callerOfToken(deps: AccountDeps, request: FastifyRequest): Promise<Caller | undefined> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token ? deps.tokens.verify(token).catch(() => undefined) : undefined
}
