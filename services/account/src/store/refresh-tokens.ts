// Refresh tokens: a part that all tokens of a session share, its family, and a part of the token's own. Who shows the family with anything
// but a token that is good now, shows a spent one.
import { randomBytes } from 'node:crypto'

const random = (): string => randomBytes(32).toString('base64url')

/** The first token of a session, or the next of the same family. */
export function newRefreshToken(previous?: string): string {
  return `${familyOf(previous ?? '') ?? random()}.${random()}`
}

/** The part that names the session; undefined for what is no refresh token. */
export function familyOf(refreshToken: string): string | undefined {
  return /^([\w-]{43})\.[\w-]{43}$/.exec(refreshToken)?.[1]
}
