// Tokens: EdDSA only. People's tokens are signed by the account service; services sign narrow credentials with their own keys.
import { type ServiceName, type ServiceScope, serviceScopes } from '@fintwin/contracts'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose'
import { LRUCache } from 'lru-cache'
import { Refused, refuse } from './refusal.ts'

const issuer = 'fintwin'
const personAudience = 'fintwin'
const tokenType = 'at+jwt'

/** The person behind a request. */
export interface Caller {
  /** Also the id of the person's primary account. */
  personId: string
  name: string
  sessionId: string
  /** The token itself, for calls to other services in the person's name. */
  token: string
}

export interface TokenIssue {
  personId: string
  name: string
  sessionId: string
  ttlMs: number
}

/** Signs access tokens with the account service's private key. */
export async function createTokenSigner(key: JWK): Promise<(issue: TokenIssue) => Promise<string>> {
  const privateKey = await importJWK(key, 'EdDSA')
  return ({ personId, name, sessionId, ttlMs }) => {
    const nowS = Math.floor(Date.now() / 1000)
    return new SignJWT({ name, sid: sessionId })
      .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid: key.kid as string })
      .setSubject(personId)
      .setIssuer(issuer)
      .setAudience(personAudience)
      .setIssuedAt(nowS)
      .setNotBefore(nowS - 1)
      .setExpirationTime(nowS + Math.floor(ttlMs / 1000))
      .sign(privateKey)
  }
}

/** Session ids that must not be believed any more, kept fresh within seconds. */
export interface RevokedSessions {
  has(sessionId: string): boolean
}

export interface TokenVerifier {
  /** @throws Refused `unauthenticated` or `session_ended`; `dependency_down` when the key set cannot be had. */
  verify(token: string): Promise<Caller>
}

interface RememberedToken {
  caller: Caller
  expiresAtMs: number
}

/** Verifies people's tokens and remembers the verified ones until they expire; a revoked session ends them at once. */
export function createTokenVerifier(keys: JWTVerifyGetKey, revoked: RevokedSessions): TokenVerifier {
  const remembered = new LRUCache<string, RememberedToken>({ max: 20_000 })
  return {
    async verify(token) {
      let known = remembered.get(token)
      if (!known || known.expiresAtMs <= Date.now()) {
        known = await verifyPersonToken(token, keys)
        remembered.set(token, known)
      }
      if (revoked.has(known.caller.sessionId)) {
        throw new Refused(refuse('session_ended', 'This session has ended; sign in again.'))
      }
      return known.caller
    },
  }
}

async function verifyPersonToken(token: string, keys: JWTVerifyGetKey): Promise<RememberedToken> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      typ: tokenType,
      issuer,
      audience: personAudience,
      requiredClaims: ['sub', 'exp', 'nbf', 'sid'],
    })
    const caller = {
      personId: String(payload.sub),
      name: String(payload.name ?? ''),
      sessionId: String(payload.sid),
      token,
    }
    return { caller, expiresAtMs: (payload.exp as number) * 1000 }
  } catch (error) {
    if (isKeySetDown(error)) {
      throw new Refused(
        refuse('dependency_down', 'Sign-in cannot be checked right now; try again in a moment.'),
        2,
        error,
      )
    }
    throw new Refused(
      refuse('unauthenticated', 'Sign in to continue: the token is missing, invalid or expired.'),
      undefined,
      error,
    )
  }
}

function isKeySetDown(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code
  return code === undefined || code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JOSE_GENERIC'
}

/** The account service's published keys; fetched again when an unknown key id turns up, at most every 10 s. */
export function publishedKeys(accountUrl: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(`${accountUrl}/.well-known/jwks.json`), {
    cooldownDuration: 10_000,
    timeoutDuration: 3_000,
  })
}

export function localKeys(publicKeys: JWK[]): JWTVerifyGetKey {
  return createLocalJWKSet({ keys: publicKeys })
}

/** Whom a credential is for; `all` for calls in a person's name, which any service may receive. */
export type Audience = ServiceName | 'all'

export interface ServiceCredentials {
  /** A short-lived token that lets this service use one scope of another service. */
  issue(audience: Audience, scope: ServiceScope): Promise<string>
  /** @throws Refused `service_credential_required` unless the token gives that scope here. */
  verify(token: string, scope: ServiceScope): Promise<ServiceName>
}

const credentialLifeMs = 60_000

/** Credentials of background work, signed by the service that uses them and checked against everyone's public keys. */
export async function createServiceCredentials(
  self: ServiceName,
  ownKey: JWK,
  keySet: { keys: JWK[] },
): Promise<ServiceCredentials> {
  const privateKey = await importJWK(ownKey, 'EdDSA')
  const keys = createLocalJWKSet(keySet)
  const issued = new LRUCache<string, string>({ max: 100, ttl: credentialLifeMs / 2 })
  const verified = new LRUCache<string, ServiceName>({ max: 1_000 })
  return {
    issue: async (audience, scope) => {
      const known = issued.get(`${audience} ${scope}`)
      if (known) return known
      const token = await signCredential(self, privateKey, audience, scope)
      issued.set(`${audience} ${scope}`, token)
      return token
    },
    verify: async (token, scope) => {
      const known = verified.get(`${scope} ${token}`)
      if (known) return known
      const { name, expiresAtMs } = await verifyCredential(self, keys, token, scope)
      verified.set(`${scope} ${token}`, name, { ttl: Math.max(1, expiresAtMs - Date.now()) })
      return name
    },
  }
}

type PrivateKey = Awaited<ReturnType<typeof importJWK>>

function signCredential(
  self: ServiceName,
  key: PrivateKey,
  audience: Audience,
  scope: ServiceScope,
): Promise<string> {
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'service+jwt', kid: `service:${self}` })
    .setSubject(`service:${self}`)
    .setIssuer(`service:${self}`)
    .setAudience(`service:${audience}`)
    .setIssuedAt()
    .setExpirationTime(new Date(Date.now() + credentialLifeMs))
    .sign(key)
}

async function verifyCredential(
  self: ServiceName,
  keys: JWTVerifyGetKey,
  token: string,
  scope: ServiceScope,
): Promise<{ name: ServiceName; expiresAtMs: number }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      typ: 'service+jwt',
      audience: [`service:${self}`, 'service:all'],
      requiredClaims: ['sub', 'iss', 'exp', 'scope'],
    })
    const name = serviceScopes[scope].find((service) => payload.sub === `service:${service}`)
    const isOwn = payload.iss === payload.sub && protectedHeader.kid === payload.sub
    if (!name || payload.scope !== scope || !isOwn) throw new Error('wrong scope')
    return { name, expiresAtMs: (payload.exp as number) * 1000 }
  } catch (error) {
    throw new Refused(refuse('service_credential_required', 'Only services may call this.'), undefined, error)
  }
}

/**
 * Polls the list of revoked sessions. While the account service cannot be reached the last list stands: nobody else revokes, so while it is
 * down there is nothing new to hear.
 */
export function watchRevokedSessions(
  fetchIds: () => Promise<string[]>,
  everyMs = 2_000,
): RevokedSessions & { stop(): void; refresh(): Promise<void> } {
  let ids = new Set<string>()
  const refresh = async (): Promise<void> => {
    const fresh = await fetchIds().catch(() => undefined)
    if (fresh) ids = new Set(fresh)
  }
  const timer = setInterval(refresh, everyMs)
  timer.unref()
  void refresh()
  return { has: (sessionId) => ids.has(sessionId), stop: () => clearInterval(timer), refresh }
}
