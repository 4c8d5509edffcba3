// The rule of refresh tokens, case by case.
import { describe, expect, it } from 'vitest'
import { assessRefresh, type SessionState } from '../src/rules/assess-refresh.ts'

const now = new Date('2026-01-01T12:00:00Z')
const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000)
const session: SessionState = {
  standing: 'current',
  isRetried: false,
  rotatedAt: secondsAgo(5),
  expiresAt: secondsAgo(-3_600),
  revokedAt: null,
  now,
}

describe('assessRefresh', () => {
  it.each<[string, Partial<SessionState>, string]>([
    ['a good token', {}, 'rotate'],
    ['either of two good tokens', { isRetried: true }, 'rotate'],
    ['the token before, in time', { standing: 'previous', rotatedAt: secondsAgo(30) }, 'retry'],
    ['the token before, too late', { standing: 'previous', rotatedAt: secondsAgo(30.001) }, 'revoke'],
    ['the token before, a third time', { standing: 'previous', isRetried: true }, 'revoke'],
    ['an older token', { standing: 'spent' }, 'revoke'],
    ['a good token of an ended session', { revokedAt: secondsAgo(1) }, 'refuse'],
    ['an old token of an ended session', { standing: 'spent', revokedAt: secondsAgo(1) }, 'refuse'],
    ['a good token at the end of its session’s life', { expiresAt: now }, 'refuse'],
  ])('%s', (_name, change, assessment) => {
    expect(assessRefresh({ ...session, ...change })).toBe(assessment)
  })

  it('refuses a token of no session', () => {
    expect(assessRefresh(undefined)).toBe('refuse')
  })
})
