// Sessions: one row a sign-in; the refresh token is kept as a hash only.
import { createHash } from 'node:crypto'
import type { Tx } from '@fintwin/platform'
import type { SessionState } from '../rules/assess-refresh.ts'
import { familyOf } from './refresh-tokens.ts'

export interface FoundSession {
  id: string
  ownerId: string
  name: string
  email: string
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

export async function insertSession(
  tx: Tx,
  session: { id: string; ownerId: string; refreshToken: string; expiresAt: Date },
): Promise<void> {
  const { id, ownerId, refreshToken, expiresAt } = session
  await tx`
    insert into sessions (id, owner_id, family_hash, refresh_hash, expires_at)
    values (${id}, ${ownerId}, ${hashOf(familyOf(refreshToken) ?? '')}, ${hashOf(refreshToken)}, ${expiresAt})`
}

/** The session that a refresh token belongs to, whether the token is still good or not. */
export async function findSession(tx: Tx, refreshToken: string): Promise<FoundSession | undefined> {
  const family = familyOf(refreshToken)
  if (family === undefined) return undefined
  const [row] = await tx<FoundSession[]>`
    select id, owner_id as "ownerId", name, email from find_session(${hashOf(family)})`
  return row
}

/** How the session stands towards the token shown, until the end of the transaction: simultaneous uses of one token come one by one. */
export async function lockSession(tx: Tx, id: string, shown: string): Promise<SessionState | undefined> {
  const hash = hashOf(shown)
  const [row] = await tx<SessionState[]>`
    select case when refresh_hash = ${hash} or retry_hash = ${hash} then 'current'
        when previous_hash = ${hash} then 'previous' else 'spent' end as standing,
      retry_hash is not null as "isRetried", rotated_at as "rotatedAt", expires_at as "expiresAt", revoked_at as "revokedAt",
      clock_timestamp() as now
    from sessions where id = ${id} for update`
  return row
}

/** Puts a new refresh token in the place of the one shown, which may be shown once more in case the answer is lost. */
export async function rotateSession(tx: Tx, id: string, shown: string, next: string): Promise<void> {
  const hash = hashOf(shown)
  const { count } = await tx`
    update sessions
    set refresh_hash = ${hashOf(next)}, retry_hash = null, previous_hash = ${hash}, rotated_at = clock_timestamp()
    where id = ${id} and (refresh_hash = ${hash} or retry_hash = ${hash})`
  if (count !== 1) throw new Error('A refresh token was exchanged that is not the current one.')
}

/** A second token for the one shown: it and the first are both good until either is used. The grace is not renewed. */
export async function retryRotation(tx: Tx, id: string, shown: string, next: string): Promise<void> {
  const { count } = await tx`
    update sessions set retry_hash = ${hashOf(next)}
    where id = ${id} and previous_hash = ${hashOf(shown)} and retry_hash is null`
  if (count !== 1) throw new Error('A refresh token was retried that is not the one before the current one.')
}

export async function revokeSession(tx: Tx, id: string): Promise<void> {
  await tx`update sessions set revoked_at = now() where id = ${id} and revoked_at is null`
}

/** Sessions revoked since then: their access tokens may still be within their life. */
export async function listRevokedSessions(tx: Tx, since: Date): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`select id from list_revoked_sessions(${since})`
  return rows.map(({ id }) => id)
}
