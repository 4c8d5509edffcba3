// Whether a refresh token may be exchanged for a new one. A token that was already exchanged is a sign of theft, unless its answer may just
// have been lost: then it may be shown once more, and both tokens given for it are good until one of them is used.

export interface SessionState {
  /** Towards the token shown: good now; the one that the good ones were given for; or neither. */
  standing: 'current' | 'previous' | 'spent'
  /** The token before was already shown a second time. */
  isRetried: boolean
  /** When the token before was shown first. */
  rotatedAt: Date
  expiresAt: Date
  revokedAt: Date | null
  now: Date
}

export type RefreshAssessment = 'rotate' | 'retry' | 'refuse' | 'revoke'

/** How long after a rotation the token before it still counts as a retry of a lost answer. */
export const lostAnswerGraceMs = 30_000

export function assessRefresh(session: SessionState | undefined): RefreshAssessment {
  if (!session || session.revokedAt || session.expiresAt <= session.now) return 'refuse'
  if (session.standing === 'current') return 'rotate'
  const isInGrace = session.now.getTime() - session.rotatedAt.getTime() <= lostAnswerGraceMs
  return session.standing === 'previous' && !session.isRetried && isInGrace ? 'retry' : 'revoke'
}
