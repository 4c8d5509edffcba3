// The short notices: gathered from every service that knows, in the caller's name.
import { buildAccountService } from '@fintwin/account'
import { buildNotificationService } from '@fintwin/notification'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { buildTwinService } from '@fintwin/twin'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildRiskService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    twin: buildTwinService,
    risk: buildRiskService,
    notification: buildNotificationService,
  })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const notices = async (): Promise<{ message: string; type: string }[]> =>
  (await services.call('risk', 'GET', `/risk/notifications/${asha.id}`, { token: asha.token })).body
const deposit = (amount: number) =>
  services.call('transaction', 'POST', '/transactions', {
    token: asha.token,
    body: { type: 'deposit', amount },
  })

it('say what the score says', async () => {
  expect(await notices()).toEqual([
    { message: 'Your balance of ₹0.00 is below the ₹50,000.00 worth keeping.', type: 'Risk' },
  ])
})

it('say that all is normal when nothing speaks against it', async () => {
  await services.database.admin.begin(async (tx) => {
    await tx`alter table transaction.accounts disable trigger user`
    await tx`update transaction.accounts set balance_minor = 9000000, entry_count = 1 where id = ${asha.id}`
    await tx`alter table transaction.accounts enable trigger user`
  })
  expect(await notices()).toEqual([{ message: 'All is normal: the risk score is 10 of 100.', type: 'Info' }])
})

it('tell of a simulation that came out high, and of what is unread', async () => {
  await deposit(90_000)
  await services.call('twin', 'POST', '/simulate', {
    token: asha.token,
    body: { account_id: asha.id, scenario: 'withdrawal', amount: 100_000 },
  })
  await vi.waitFor(
    async () => {
      const types = (await notices()).map(({ type }) => type)
      expect(types).toEqual(['Risk', 'Alert', 'Alert', 'Info'])
    },
    { timeout: 5_000, interval: 100 },
  )
})
