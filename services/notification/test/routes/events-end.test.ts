// A stream ends with what let it begin: the token's life, the session, the service.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterEach, expect, it } from 'vitest'
import { buildNotificationService } from '../../src/service.ts'
import { openStream } from '../read-stream.ts'

let services: TestServices | undefined

async function start(
  environment: Record<string, string> = {},
): Promise<{ url: string; running: TestServices }> {
  const running = await startTestServices(
    {
      account: buildAccountService,
      transaction: buildTransactionService,
      notification: buildNotificationService,
    },
    environment,
  )
  services = running
  return { url: `http://127.0.0.1:${running.settings.FINTWIN_SERVICE_PORT_BASE + 5}/events`, running }
}
afterEach(async () => {
  await services?.stop()
  services = undefined
})

it('ends when the token expires', async () => {
  const { url, running } = await start({ ACCESS_TOKEN_TTL: '3s' })
  const { token } = await running.register()
  const stream = await openStream(url, token)
  expect(stream.response.status).toBe(200)
  await stream.ended
})

it('ends within 5 s of the session’s end', async () => {
  const { url, running } = await start()
  const registered = await running.call('account', 'POST', '/auth/register', {
    body: { name: 'Asha', email: 'asha@example.org', password: 'a long enough passphrase' },
  })
  const cookie = registered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const stream = await openStream(url, registered.body.token)
  const endedAt = stream.ended.then(() => performance.now())
  const loggedOutAt = performance.now()
  const logout = await running.call('account', 'POST', '/auth/logout', {
    token: registered.body.token,
    headers: { cookie },
  })
  expect(logout.status).toBe(204)
  expect((await endedAt) - loggedOutAt).toBeLessThan(5_000)
})

it('ends when the service does, which does not wait for it', async () => {
  const { url, running } = await start()
  const { token } = await running.register()
  const stream = await openStream(url, token)
  const startedMs = performance.now()
  await running.stop()
  services = undefined
  await stream.ended
  expect(performance.now() - startedMs).toBeLessThan(8_000)
})
