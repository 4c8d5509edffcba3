// Secrets: made once with mode 600, one folder a service, read only by the service they belong to.
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

/** A sentence for the person who starts a service: which secret is missing or must not be used. */
export class SecretsError extends Error {}

/** Nothing but well-known words, digits and punctuation. */
const placeholders =
  /^(?:change.?me|password|postgres|secret|default|example|test|admin|root|fintwin|dev|todo|[\d\W_])*$/i

/**
 * Reads a secret of the folder.
 * @throws SecretsError when it is missing, shorter than 16 characters, or a well-known default.
 */
export async function readSecret(folder: string, name: string): Promise<string> {
  const content = await readFile(join(folder, name), 'utf8').catch(() => {
    throw new SecretsError(
      `The secret ${name} is missing in ${folder}: run \`npm run secrets\`, or set FINTWIN_SECRETS_DIR.`,
    )
  })
  const secret = content.trim()
  if (secret.length < 16 || placeholders.test(secret) || new Set(secret).size < 6) {
    throw new SecretsError(
      `The secret ${name} in ${folder} is a default or too short: delete it and run \`npm run secrets\`.`,
    )
  }
  return secret
}

export async function readKey(folder: string, name: string): Promise<JWK> {
  return JSON.parse(await readSecret(folder, name)) as JWK
}

export async function readKeySet(folder: string, name: string): Promise<{ keys: JWK[] }> {
  return JSON.parse(await readSecret(folder, name)) as { keys: JWK[] }
}

export interface SecretsPlan {
  root: string
  services: readonly string[]
}

/** Makes every secret that does not exist yet; what exists is kept, so that running it again changes nothing. */
export async function makeSecrets({ root, services }: SecretsPlan): Promise<void> {
  const keep = (path: string, make: () => Promise<string> | string, mode = 0o600): Promise<string> =>
    keepSecret(root, path, make, mode)
  const rolePasswords: Record<string, string> = {}
  const redisUsers = ['user default off']
  const publicKeys: JWK[] = []
  for (const service of services) {
    const role = `fintwin_${service}`
    rolePasswords[role] = await keep(`${service}/database-password`, password)
    publicKeys.push(
      publicPart(
        JSON.parse(await keep(`${service}/service-key.json`, () => signingKey(`service:${service}`))),
      ),
    )
    redisUsers.push(redisUser(role, await keep(`${service}/redis-password`, password)))
  }
  for (const service of services)
    await keep(`${service}/service-keys.json`, () => JSON.stringify({ keys: publicKeys }))
  await keep('account/token-signing-key.json', () => signingKey(randomBytes(8).toString('hex')))
  rolePasswords.fintwin_audit = await keep('operator/audit-password', password)
  await keep('operator/roles.json', () => JSON.stringify(rolePasswords))
  const adminPassword = await keep('operator/database-password', password)
  await makeServerSecrets(keep, adminPassword, redisUsers)
}

/** What the database and Redis servers read themselves, readable by their group. */
async function makeServerSecrets(
  keep: (path: string, make: () => string, mode: number) => Promise<string>,
  adminPassword: string,
  redisUsers: string[],
): Promise<void> {
  await keep('postgres/database-password', () => adminPassword, 0o640)
  const healthPassword = await keep('redis/health-password', password, 0o640)
  const health = `user health on #${sha256(healthPassword)} resetkeys resetchannels -@all +ping`
  await keep('redis/users.acl', () => [...redisUsers, health].join('\n'), 0o640)
}

function redisUser(name: string, secret: string): string {
  return `user ${name} on #${sha256(secret)} ~fintwin:* &fintwin:* +@all -@admin -@dangerous +info`
}

async function keepSecret(
  root: string,
  path: string,
  make: () => Promise<string> | string,
  mode: number,
): Promise<string> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const existing = await readFile(file, 'utf8').catch(() => undefined)
  if (existing !== undefined) return existing.trim()
  const content = await make()
  await writeFile(file, `${content}\n`, { mode, flag: 'wx' })
  return content
}

const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('hex')

const password = (): string => randomBytes(24).toString('base64url')

async function signingKey(keyId: string): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return JSON.stringify({ ...(await exportJWK(privateKey)), kid: keyId, alg: 'EdDSA', use: 'sig' })
}

/** The part of an Ed25519 key that may be shown to anyone. */
export function publicPart({ kty, crv, x, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, kid, alg, use } as JWK
}
