// What a person gets when a session begins or goes on: the access token in the body, the refresh token in a cookie nobody's script can read.
import type { FastifyReply } from 'fastify'
import type { AccountDeps } from './deps.ts'

export const sessionCookie = 'fintwin_session'

export interface OpenSession {
  sessionId: string
  person: { id: string; name: string; email: string }
  token: string
  refreshToken: string
  refreshExpiresAt: Date
}

export function answerSession(
  deps: AccountDeps,
  reply: FastifyReply,
  status: 200 | 201,
  session: OpenSession,
): FastifyReply {
  setSessionCookie(deps, reply, session.refreshToken, session.refreshExpiresAt)
  return reply.code(status).send({
    token: session.token,
    ft_token: session.token,
    user: session.person,
    expires_in: Math.floor(deps.settings.ACCESS_TOKEN_TTL / 1000),
  })
}

function setSessionCookie(deps: AccountDeps, reply: FastifyReply, value: string, expires: Date): void {
  reply.setCookie(sessionCookie, value, { ...cookieOptions(deps), expires })
}

export function clearSessionCookie(deps: AccountDeps, reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, cookieOptions(deps))
}

const cookieOptions = (deps: AccountDeps) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/api/auth', secure: deps.settings.COOKIE_SECURE }) as const
