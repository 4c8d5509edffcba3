// POST /auth/refresh: a new access token for the session's cookie, which is rotated; a cookie used twice ends the session.
import { SessionAnswer } from '@fintwin/contracts'
import { type App, asNobody, asPerson, Refused, refuse } from '@fintwin/platform'
import { newRefreshToken } from '../begin-session.ts'
import type { AccountDeps } from '../deps.ts'
import { limitAddress } from '../limit-address.ts'
import { assessRefresh } from '../rules/assess-refresh.ts'
import { answerSession, clearSessionCookie, sessionCookie } from '../session-answer.ts'
import { findSession, revokeSession, rotateSession } from '../store/sessions.ts'

export function postRefresh(app: App, deps: AccountDeps): void {
  app.post(
    '/auth/refresh',
    {
      config: { public: true },
      onRequest: limitAddress(deps),
      schema: { tags: ['auth'], summary: 'Refresh the access token', response: { 200: SessionAnswer } },
    },
    async (request, reply) => {
      const shown = request.cookies[sessionCookie] ?? ''
      const session = await asNobody(deps.database, (tx) => findSession(tx, shown))
      const assessment = assessRefresh(session, new Date())
      if (!session || assessment !== 'rotate') {
        if (session && assessment === 'revoke') {
          await asPerson(deps.database, session.ownerId, (tx) => revokeSession(tx, session.id))
          request.log.warn({ sessionId: session.id }, 'refresh token reused; session revoked')
        }
        clearSessionCookie(deps, reply)
        throw new Refused(refuse('session_ended', 'Your session has ended; sign in again.'))
      }
      const refreshToken = newRefreshToken()
      await asPerson(deps.database, session.ownerId, (tx) =>
        rotateSession(tx, session.id, shown, refreshToken),
      )
      const { id: sessionId, ownerId: personId, name, email, expiresAt } = session
      const token = await deps.signToken({ personId, name, sessionId, ttlMs: deps.settings.ACCESS_TOKEN_TTL })
      const person = { id: personId, name, email }
      return answerSession(deps, reply, 200, {
        sessionId,
        person,
        token,
        refreshToken,
        refreshExpiresAt: expiresAt,
      })
    },
  )
}
