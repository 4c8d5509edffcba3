// A client that sends one request after another without waiting for answers gets them done in that order.
import { once } from 'node:events'
import { connect } from 'node:net'
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())

/** All on one connection, and the next before the last is answered, as HTTP/1.1 allows (RFC 9112, section 9.3.2). Gives the statuses. */
async function pipeline({ token }: TestPerson, bodies: object[]): Promise<string[]> {
  const { FINTWIN_SERVICE_PORT_BASE: base } = services.settings
  const socket = connect(base + 1, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk.toString()
  })
  for (const [index, body] of bodies.entries()) {
    const content = JSON.stringify(body)
    const isLast = index === bodies.length - 1
    socket.write(
      `POST /transactions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(content)}\r\nConnection: ${isLast ? 'close' : 'keep-alive'}\r\n\r\n${content}`,
    )
  }
  await once(socket, 'close')
  return [...received.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status as string)
}

it('keeps the order of a hundred requests that come without a pause, each of which needs the one before it', async () => {
  const asha = await services.register()
  // Money comes in and goes out again to the last paisa: in any other order one of them would be refused.
  const bodies = Array.from({ length: 100 }, (_, index) => ({
    type: index % 2 === 0 ? 'deposit' : 'withdrawal',
    amount: 1 + (index >> 1),
    note: `${index}`,
  }))
  const first = { type: 'deposit', amount: 1, note: 'so that the accounts are known' }
  expect(await pipeline(asha, [first])).toEqual(['201'])
  expect(await pipeline(asha, [{ type: 'withdrawal', amount: 1 }, ...bodies])).toEqual(Array(101).fill('201'))
  const rows = await services.database.admin<{ note: string }[]>`
    select p.note from transaction.entries e join transaction.accounts a on a.no = e.account_no
    join transaction.postings p on p.id = e.posting_id where a.id = ${asha.id} and e.number > 2 order by e.number`
  expect(rows.map(({ note }) => note)).toEqual(bodies.map(({ note }) => note))
})
