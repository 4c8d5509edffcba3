// What happens anywhere becomes a notification for everyone it concerns, within seconds.
import { buildAccountService } from '@fintwin/account'
import { buildRiskService } from '@fintwin/risk'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { buildTwinService } from '@fintwin/twin'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildNotificationService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson

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
  bela = await services.register('Bela')
})

const titles = async (person: TestPerson): Promise<string[]> => {
  const { body } = await services.call('notification', 'GET', '/notifications', { token: person.token })
  return body.map(({ title, type }: { title: string; type: string }) => `${type}: ${title}`).sort()
}
const expectTitles = (person: TestPerson, expected: string[]) =>
  vi.waitFor(async () => expect(await titles(person)).toEqual([...expected].sort()), {
    timeout: 5_000,
    interval: 50,
  })
const post = (body: object) =>
  services.call('transaction', 'POST', '/transactions', { token: asha.token, body })

it('a deposit, a withdrawal, and a transfer for both who take part', async () => {
  await post({ type: 'deposit', amount: 300_000 })
  await post({ type: 'withdrawal', amount: 10 })
  await expectTitles(asha, ['info: Money in', 'info: Money out'])
  await post({ type: 'transfer', amount: 90_000, to_account: bela.id })
  await expectTitles(bela, ['info: Transfer received'])
  await expectTitles(asha, [
    'info: Money in',
    'info: Money out',
    'info: Transfer sent',
    'risk: Risk is rising',
  ])
})

it('an exchange, what was undone, and what was returned for both who take part', async () => {
  const say = async (person: TestPerson): Promise<string[]> => {
    const { body } = await services.call('notification', 'GET', '/notifications', { token: person.token })
    return body.map(({ message }: { message: string }) => message)
  }
  const { body: dollars } = await services.call('account', 'POST', '/accounts', {
    token: asha.token,
    body: { name: 'Dollars', type: 'savings', currency: 'USD' },
  })
  const deposit = await post({ type: 'deposit', amount: 200_000 })
  await post({ type: 'transfer', to_account: dollars.id, amount: 83_000, to_amount: 1_000 })
  const sent = await post({ type: 'transfer', to_account: bela.id, amount: 500 })
  const back = (person: TestPerson, id: string) =>
    services.call('transaction', 'POST', `/transactions/${id}/reversal`, { token: person.token })
  expect((await back(bela, sent.body.id)).status).toBe(201)
  await post({ type: 'deposit', amount: 100_000 })
  expect((await back(asha, deposit.body.id)).status).toBe(201)
  await vi.waitFor(
    async () => {
      expect(await say(asha)).toEqual(
        expect.arrayContaining([
          'You exchanged ₹83,000.00 for $1,000.00, from Savings to Dollars.',
          '₹500.00 that you had sent came back to Savings. You now have ₹1,17,000.00 there.',
          '₹2,00,000.00 was taken back: it went out of Savings. You now have ₹17,000.00 there.',
        ]),
      )
      expect(await say(bela)).toContain(
        'You returned ₹500.00 from Savings to its sender. You now have ₹0.00 there.',
      )
    },
    { timeout: 5_000, interval: 50 },
  )
})

it('none for a change of an account, which is called by its new name from then on', async () => {
  const answer = await services.call('account', 'PATCH', `/accounts/${asha.id}`, {
    token: asha.token,
    body: { name: 'Nest egg', status: 'frozen' },
  })
  expect(answer.status).toBe(200)
  await vi.waitFor(
    async () => {
      const [row] = await services.database.admin`
        select name from notification.accounts where account_id = ${asha.id}`
      expect(row?.name).toBe('Nest egg')
    },
    { timeout: 5_000, interval: 50 },
  )
  await post({ type: 'deposit', amount: 300_000 })
  await expectTitles(asha, ['info: Money in'])
  const { body } = await services.call('notification', 'GET', '/notifications', { token: asha.token })
  expect(body[0].message).toContain('into Nest egg')
})

it('one for a transfer between own accounts', async () => {
  const { body: trip } = await services.call('account', 'POST', '/accounts', {
    token: asha.token,
    body: { name: 'Trip', type: 'savings' },
  })
  await post({ type: 'deposit', amount: 500_000 })
  await post({ type: 'transfer', amount: 100_000, to_account: trip.id })
  await expectTitles(asha, ['info: Money in', 'info: Moved between your accounts'])
})

it('a hold that was declined or expired, and a delayed transfer that was refused; none for one that its owner let go', async () => {
  await post({ type: 'deposit', amount: 500_000 })
  const place = async (body: object) =>
    (await services.call('transaction', 'POST', '/transactions/holds', { token: asha.token, body })).body.id
  const settle = (person: TestPerson, id: string) =>
    services.call('transaction', 'POST', `/transactions/holds/${id}/release`, { token: person.token })
  await settle(bela, await place({ amount: 10, to_account: bela.id }))
  await settle(asha, await place({ amount: 10, to_account: bela.id }))
  await place({ amount: 10, expires_in_s: 1 })
  await place({ amount: 10, to_account: bela.id, capture_in_s: 1, counterparty: 'Bela' })
  await services.database.admin`update transaction.accounts set status = 'closed' where id = ${bela.id}`
  await expectTitles(asha, [
    'alert: Transfer not sent',
    'info: Hold declined',
    'info: Hold expired',
    'info: Money in',
  ])
  expect(await titles(bela)).toEqual([])
})

it('a risk score that rises through 40, once', async () => {
  await post({ type: 'deposit', amount: 1_000 })
  await expectTitles(asha, ['info: Money in', 'risk: Risk is rising'])
  await post({ type: 'deposit', amount: 100 })
  await post({ type: 'deposit', amount: 100 })
  await expectTitles(asha, ['info: Money in', 'info: Money in', 'info: Money in', 'risk: Risk is rising'])
})

it('a simulation of level medium or high, and none of level low', async () => {
  await post({ type: 'deposit', amount: 200_000 })
  const simulate = (scenario: string, amount: number) =>
    services.call('twin', 'POST', '/simulate', {
      token: asha.token,
      body: { account_id: asha.id, scenario, amount },
    })
  await simulate('deposit', 1)
  await simulate('withdrawal', 120_000)
  await simulate('withdrawal', 300_000)
  await expectTitles(asha, [
    'info: Money in',
    'alert: Some risk in a simulation',
    'alert: High risk in a simulation',
  ])
})

it('does not hold up the request that caused it', async () => {
  const answer = await post({ type: 'deposit', amount: 1 })
  expect(answer.status).toBe(201)
})
