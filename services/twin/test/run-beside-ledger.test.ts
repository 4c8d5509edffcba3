// The proof of a simulation can fail: it sees every posting between its two readings, and a history that is altered.
import { buildAccountService } from '@fintwin/account'
import type { ServiceDeps } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTwinService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
/** What happens to the ledger once the proof before a run has been taken, run by run. */
let meanwhile: (() => Promise<unknown>)[]
let proofs: number

beforeAll(async () => {
  services = await startTestServices(
    {
      account: buildAccountService,
      transaction: buildMovingTransactionService,
      twin: buildTwinService,
    },
    // What is altered once it is sealed is for the audit to find: a proof reads again only what is not.
    { SEAL_EVERY: '1h' },
  )
})
afterAll(() => services.stop())
beforeEach(async () => {
  meanwhile = []
  proofs = 0
  asha = await services.register()
  await post('deposit', 1_000)
})

/** A transaction service in which something happens between the first and the second proof of each pair. */
async function buildMovingTransactionService(deps: ServiceDeps) {
  const app = await buildTransactionService(deps)
  app.addHook('onSend', async (request) => {
    if (request.url !== '/ledger/proof') return
    proofs += 1
    if (proofs % 2 === 1) await meanwhile.shift()?.()
  })
  return app
}

async function post(type: string, amount: number): Promise<void> {
  const answer = await services.call('transaction', 'POST', '/transactions', {
    token: asha.token,
    body: { type, amount },
  })
  expect(answer.status).toBe(201)
}
const withdraw = () => post('withdrawal', 100)
/** Alters the first entry, as nobody can but an administrator who takes the trigger away. */
const alterHistory = () =>
  services.database.admin.begin(async (tx) => {
    await tx`alter table transaction.entries disable trigger append_only`
    await tx`update transaction.entries set effective_at = effective_at - interval '1 day' where account_no = (select no from transaction.accounts where id = ${asha.id}) and number = 1`
    await tx`alter table transaction.entries enable trigger append_only`
  })
const simulate = async () =>
  (
    await services.call('twin', 'POST', '/simulate', {
      token: asha.token,
      body: { account_id: asha.id, scenario: 'withdrawal', amount: 300 },
    })
  ).body

it('proves a ledger that stood still, in one run', async () => {
  const { proof } = await simulate()
  expect(proof).toMatchObject({ position: 1, unchanged: true, moved_meanwhile: 0, history_unchanged: true })
  expect(proof.entries_hash_after).toBe(proof.entries_hash)
  expect(proofs).toBe(2)
})

it('says that live changed when every run posts a withdrawal', async () => {
  meanwhile = [withdraw, withdraw, withdraw]
  const { proof, current_balance } = await simulate()
  expect(proof).toMatchObject({ position: 3, unchanged: false, moved_meanwhile: 3, history_unchanged: true })
  expect(proof.entries_hash_after).not.toBe(proof.entries_hash)
  expect(current_balance).toBe(800)
  expect(proofs).toBe(6)
})

it('runs again from the new position after a ledger moved once', async () => {
  meanwhile = [withdraw]
  const { proof, current_balance, virtual_balance } = await simulate()
  expect(proof).toMatchObject({ position: 2, unchanged: true, moved_meanwhile: 0, history_unchanged: true })
  expect([current_balance, virtual_balance]).toEqual([900, 600])
})

it('sees an altered history while the position stays, and does not try to run that away', async () => {
  meanwhile = [alterHistory]
  const { proof } = await simulate()
  expect(proof).toMatchObject({ position: 1, unchanged: false, moved_meanwhile: 0, history_unchanged: false })
})

it('tells an altered history from what was added', async () => {
  meanwhile = [withdraw, alterHistory]
  const { proof } = await simulate()
  expect(proof).toMatchObject({ position: 2, unchanged: false, moved_meanwhile: 1, history_unchanged: false })
})
