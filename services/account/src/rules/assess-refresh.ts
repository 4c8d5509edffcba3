// Whether a refresh token may be exchanged for a new one. A token that was already exchanged is a sign of theft, unless its answer may just
// have been lost.

export interface SessionState {
  /** The token shown is the one before the current one. */
  isPrevious: boolean
  rotatedAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

export type RefreshAssessment = 'rotate' | 'refuse' | 'revoke'

/** How long after a rotation the token before it still counts as a retry of a lost answer. */
export const lostAnswerGraceMs = 30_000

export function assessRefresh(session: SessionState | undefined, now: Date): RefreshAssessment {
  if (!session || session.revokedAt || session.expiresAt <= now) return 'refuse'
  if (!session.isPrevious) return 'rotate'
  return now.getTime() - session.rotatedAt.getTime() <= lostAnswerGraceMs ? 'rotate' : 'revoke'
}
