// GET /sessions/revoked: ended sessions whose access tokens may still be within their life. For services, with their own credential.
import { type App, asNobody } from '@fintwin/platform'
import type { AccountDeps } from '../deps.ts'
import { listRevokedSessions } from '../store/sessions.ts'

export function getRevokedSessions(app: App, deps: AccountDeps): void {
  app.get(
    '/sessions/revoked',
    { config: { scope: 'sessions:read' }, logLevel: 'warn', schema: { tags: ['internal'] } },
    async () => {
      const since = new Date(Date.now() - deps.settings.ACCESS_TOKEN_TTL)
      return { session_ids: await asNobody(deps.database, (tx) => listRevokedSessions(tx, since)) }
    },
  )
}
