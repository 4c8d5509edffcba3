// GET /.well-known/jwks.json: the public half of the key that signs tokens. Not through the gateway.
import type { App } from '@fintwin/platform'
import type { AccountDeps } from '../deps.ts'

export function getKeySet(app: App, deps: AccountDeps): void {
  app.get(
    '/.well-known/jwks.json',
    { config: { public: true }, schema: { hide: true } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60')
      return { keys: [deps.publicKey] }
    },
  )
}
