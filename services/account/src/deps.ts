// What the account service needs beyond every service's dependencies: the key that signs tokens, and limits on guessing.
import { createTokenSigner, publicPart, type RateLimiter, type ServiceDeps } from '@fintwin/platform'
import { createAccountIds } from './derive-account-id.ts'

type SigningKey = Parameters<typeof publicPart>[0]

export interface AccountDeps extends ServiceDeps {
  signToken: Awaited<ReturnType<typeof createTokenSigner>>
  publicKey: ReturnType<typeof publicPart>
  deriveAccountId: ReturnType<typeof createAccountIds>
  /** Register, login, refresh: per address. */
  perAddress: RateLimiter
  /** Wrong passwords, per e-mail and address: the address is part of it so that nobody can lock somebody else out. */
  failedLogins: RateLimiter
}

interface Extra {
  signingKey: SigningKey
  perAddress: RateLimiter
  failedLogins: RateLimiter
}

export function createAccountDeps(
  base: ServiceDeps,
  { signingKey, perAddress, failedLogins }: Extra,
): AccountDeps {
  const signer = createTokenSigner(signingKey)
  return {
    ...base,
    signToken: async (issue) => (await signer)(issue),
    publicKey: publicPart(signingKey),
    deriveAccountId: createAccountIds(String(signingKey.d)),
    perAddress,
    failedLogins,
  }
}
