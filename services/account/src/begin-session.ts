// A new session: its id, its access token, and the refresh token that keeps it going.
import { newId } from '@fintwin/platform'
import type { AccountDeps } from './deps.ts'
import type { OpenSession } from './session-answer.ts'
import { newRefreshToken } from './store/refresh-tokens.ts'

export async function beginSession(deps: AccountDeps, person: OpenSession['person']): Promise<OpenSession> {
  const sessionId = newId()
  return {
    sessionId,
    person,
    token: await deps.signToken({
      personId: person.id,
      name: person.name,
      sessionId,
      ttlMs: deps.settings.ACCESS_TOKEN_TTL,
    }),
    refreshToken: newRefreshToken(),
    refreshExpiresAt: new Date(Date.now() + deps.settings.REFRESH_TOKEN_TTL),
  }
}
