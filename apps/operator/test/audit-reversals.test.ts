// The audit of reversals: silent where each turns what it takes back, and naming the first that does not.
import { buildAccountService } from '@fintwin/account'
import { connectDatabase, type Database, readSecret } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { auditLedger } from '../src/audit-ledger.ts'

let services: TestServices
let auditor: Database
const ids: Record<string, string> = {}

beforeAll(async () => {
  services = await startTestServices(
    { account: buildAccountService, transaction: buildTransactionService },
    { SEAL_EVERY: '1h' },
  )
  const password = await readSecret(`${inject('cluster').secretsRoot}/operator`, 'audit-password')
  auditor = connectDatabase({ url: services.database.url, role: 'fintwin_audit', password, max: 1 })
  const [asha, bela] = [await services.register(), await services.register('Bela')]
  const { body: dollars } = await services.call('account', 'POST', '/accounts', {
    token: asha.token,
    body: { name: 'Dollars', type: 'savings', currency: 'USD' },
  })
  ids.deposit = await post(asha, '/transactions', { type: 'deposit', amount: 500 })
  await post(asha, '/transactions', { type: 'deposit', amount: 900 })
  ids.exchange = await post(asha, '/transactions', {
    type: 'transfer',
    to_account: dollars.id,
    amount: 83,
    to_amount: 1,
  })
  ids.transfer = await post(asha, '/transactions', { type: 'transfer', to_account: bela.id, amount: 20 })
  for (const [what, person] of [
    ['deposit', asha],
    ['exchange', asha],
    ['transfer', bela],
  ] as const)
    ids[`${what} back`] = await post(person, `/transactions/${ids[what]}/reversal`)
}, 60_000)
afterAll(async () => {
  await auditor.end()
  await services.stop()
})

async function post(person: TestPerson, path: string, body?: unknown): Promise<string> {
  const answer = await services.call('transaction', 'POST', path, { token: person.token, body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}

const findings = async () => (await auditLedger(auditor)).findings.map(({ check }) => check)

describe('the audit of reversals', () => {
  it('finds nothing where each turns what it takes back', async () => {
    expect(await findings()).toEqual([])
  })

  const turned = 'each reversal turns exactly the legs of the posting that it takes back'
  const once = 'no posting is taken back twice, and no reversal at all'

  it.each<[string, () => string, string]>([
    [
      'one takes back another than it turned',
      () =>
        `update transaction.postings set reverses = '${ids.transfer}' where id = '${ids['exchange back']}'`,
      turned,
    ],
    [
      'one takes back what is not there',
      () => `update transaction.postings set reverses = uuidv7() where id = '${ids['deposit back']}'`,
      turned,
    ],
    [
      'a posting is taken back twice',
      () =>
        `update transaction.postings set reverses = '${ids.deposit}' where id = '${ids['transfer back']}'`,
      once,
    ],
    [
      'a reversal is taken back',
      () =>
        `update transaction.postings set reverses = '${ids['deposit back']}' where id = '${ids['transfer back']}'`,
      once,
    ],
    [
      'a sender took back what was theirs no more',
      () => `update transaction.postings set is_out = false where id = '${ids['transfer back']}'`,
      'what somebody else sent was taken back by its recipient only',
    ],
  ])('names it when %s', async (_what, tamper, expected) => {
    const [index] = await services.database.admin<{ definition: string }[]>`
      select pg_get_indexdef('transaction.postings_reverses'::regclass) as definition`
    await change(
      `create table public.kept as table transaction.postings; drop index transaction.postings_reverses`,
    )
    await change(tamper())
    expect(await findings()).toContain(expected)
    await change(`delete from transaction.postings; insert into transaction.postings select * from public.kept;
      drop table public.kept; ${index?.definition}`)
    expect(await findings()).toEqual([])
  })
})

/** As only a superuser can who takes the triggers away. */
async function change(statements: string): Promise<void> {
  await services.database.admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx.unsafe(statements).simple()
  })
}
