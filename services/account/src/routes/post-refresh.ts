// POST /auth/refresh: a new access token for the session's cookie, which is rotated. A lost answer may be asked for once more; any other
// second use of a cookie ends the session.
import { SessionAnswer } from '@fintwin/contracts'
import { type App, asNobody, asPerson, Refused, refuse, type Tx } from '@fintwin/platform'
import type { AccountDeps } from '../deps.ts'
import { limitAddress } from '../limit-address.ts'
import { assessRefresh } from '../rules/assess-refresh.ts'
import { answerSession, clearSessionCookie, sessionCookie } from '../session-answer.ts'
import { newRefreshToken } from '../store/refresh-tokens.ts'
import { findSession, lockSession, retryRotation, revokeSession, rotateSession } from '../store/sessions.ts'

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
      const outcome =
        session && (await asPerson(deps.database, session.ownerId, (tx) => exchange(tx, session.id, shown)))
      if (!session || outcome?.refreshToken === undefined) {
        if (session && outcome?.assessment === 'revoke')
          request.log.warn({ sessionId: session.id }, 'refresh token reused; session revoked')
        clearSessionCookie(deps, reply)
        throw new Refused(refuse('session_ended', 'Your session has ended; sign in again.'))
      }
      const { id: sessionId, ownerId: personId, name, email } = session
      const { refreshToken, expiresAt: refreshExpiresAt } = outcome
      const token = await deps.signToken({ personId, name, sessionId, ttlMs: deps.settings.ACCESS_TOKEN_TTL })
      const person = { id: personId, name, email }
      return answerSession(deps, reply, 200, { sessionId, person, token, refreshToken, refreshExpiresAt })
    },
  )
}

type Outcome =
  | { assessment: 'rotate' | 'retry'; refreshToken: string; expiresAt: Date }
  | { assessment: 'refuse' | 'revoke'; refreshToken?: undefined }

async function exchange(tx: Tx, id: string, shown: string): Promise<Outcome> {
  const state = await lockSession(tx, id, shown)
  const assessment = assessRefresh(state)
  if (!state || assessment === 'refuse') return { assessment: 'refuse' }
  if (assessment === 'revoke') {
    await revokeSession(tx, id)
    return { assessment }
  }
  const refreshToken = newRefreshToken(shown)
  const give = assessment === 'rotate' ? rotateSession : retryRotation
  await give(tx, id, shown, refreshToken)
  return { assessment, refreshToken, expiresAt: state.expiresAt }
}
