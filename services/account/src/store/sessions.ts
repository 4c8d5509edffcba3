// Sessions: one row a sign-in; the refresh token is kept as a hash only.
import { createHash } from 'node:crypto'
import type { Tx } from '@fintwin/platform'
import type { SessionState } from '../rules/assess-refresh.ts'

export interface FoundSession extends SessionState {
  id: string
  ownerId: string
  name: string
  email: string
}

const hashOf = (refreshToken: string): Buffer => createHash('sha256').update(refreshToken).digest()

export async function insertSession(
  tx: Tx,
  session: { id: string; ownerId: string; refreshToken: string; expiresAt: Date },
): Promise<void> {
  await tx`
    insert into sessions (id, owner_id, refresh_hash, expires_at)
    values (${session.id}, ${session.ownerId}, ${hashOf(session.refreshToken)}, ${session.expiresAt})`
}

export async function findSession(tx: Tx, refreshToken: string): Promise<FoundSession | undefined> {
  const [row] = await tx<FoundSession[]>`
    select id, owner_id as "ownerId", name, email, is_previous as "isPrevious", rotated_at as "rotatedAt",
      expires_at as "expiresAt", revoked_at as "revokedAt"
    from find_session(${hashOf(refreshToken)})`
  return row
}

/** Puts a new refresh token in the place of the one shown, which stays good as "the one before". */
export async function rotateSession(tx: Tx, id: string, shown: string, next: string): Promise<void> {
  await tx`
    update sessions set refresh_hash = ${hashOf(next)}, previous_hash = ${hashOf(shown)}, rotated_at = now()
    where id = ${id} and revoked_at is null`
}

export async function revokeSession(tx: Tx, id: string): Promise<void> {
  await tx`update sessions set revoked_at = now() where id = ${id} and revoked_at is null`
}

/** Sessions revoked since then: their access tokens may still be within their life. */
export async function listRevokedSessions(tx: Tx, since: Date): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`select id from list_revoked_sessions(${since})`
  return rows.map(({ id }) => id)
}
