// The account service: people, sessions, accounts. Its routes, listed by hand.
import cookie from '@fastify/cookie'
import { isCurrency } from '@fintwin/money'
import {
  type App,
  createApp,
  createRateLimiter,
  readKey,
  type ServiceDeps,
  SettingsError,
} from '@fintwin/platform'
import { type AccountDeps, createAccountDeps } from './deps.ts'
import { getAccount } from './routes/get-account.ts'
import { getAccountExists } from './routes/get-account-exists.ts'
import { getAccountStatus } from './routes/get-account-status.ts'
import { getAccountTerms } from './routes/get-account-terms.ts'
import { getAccounts } from './routes/get-accounts.ts'
import { getBankAccounts } from './routes/get-bank-accounts.ts'
import { getKeySet } from './routes/get-key-set.ts'
import { getRevokedSessions } from './routes/get-revoked-sessions.ts'
import { patchAccount } from './routes/patch-account.ts'
import { postAccount } from './routes/post-account.ts'
import { postLogin } from './routes/post-login.ts'
import { postLogout } from './routes/post-logout.ts'
import { postRefresh } from './routes/post-refresh.ts'
import { postRegister } from './routes/post-register.ts'
import { putAccountTerms } from './routes/put-account-terms.ts'
import { checkServices } from './services-health.ts'

export async function buildAccountService(base: ServiceDeps): Promise<App> {
  const { DEFAULT_CURRENCY } = base.settings
  // ISO 4217 has units that no account is kept in, such as XDR: the ledger would refuse each person's first account.
  if (!isCurrency(DEFAULT_CURRENCY))
    throw new SettingsError(
      `DEFAULT_CURRENCY is "${DEFAULT_CURRENCY}" but must be a currency of accounts such as INR.`,
    )
  const deps: AccountDeps = createAccountDeps(base, {
    signingKey: await readKey(base.secretsFolder, 'token-signing-key.json'),
    perAddress: createRateLimiter('auth', base.settings.RATE_LIMIT_AUTH, base.redis),
    failedLogins: createRateLimiter('failed-logins', { max: 10, windowMs: 900_000 }, base.redis),
  })
  const app = await createApp({
    ...base,
    name: 'account',
    title: 'FinTwin account service',
    health: () => checkServices(base.urls),
  })
  await app.register(cookie)
  postRegister(app, deps)
  postLogin(app, deps)
  postRefresh(app, deps)
  postLogout(app, deps)
  getAccounts(app, deps)
  getAccount(app, deps)
  postAccount(app, deps)
  patchAccount(app, deps)
  getAccountTerms(app, deps)
  putAccountTerms(app, deps)
  getAccountExists(app, deps)
  getAccountStatus(app, deps)
  getBankAccounts(app, deps)
  getKeySet(app, deps)
  getRevokedSessions(app, deps)
  return app
}
