// What a simulation answers, and that nothing live changes.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTwinService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices(
    {
      account: buildAccountService,
      transaction: buildTransactionService,
      twin: buildTwinService,
    },
    // What is altered once it is sealed is for the audit to find.
    { SEAL_EVERY: '1h' },
  )
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const simulate = (person: TestPerson, body: object, headers: Record<string, string> = {}) =>
  services.call('twin', 'POST', '/simulate/', { token: person.token, body, headers })
const deposit = (person: TestPerson, amount: number) =>
  services.call('transaction', 'POST', '/transactions', {
    token: person.token,
    body: { type: 'deposit', amount },
  })

describe('POST /simulate', () => {
  it('plays a withdrawal on the live balance and says why it scores as it does', async () => {
    await deposit(asha, 120_000)
    const answer = await simulate(asha, { account_id: asha.id, scenario: 'withdrawal', amount: 70_000.01 })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      account_id: asha.id,
      scenario: 'withdrawal',
      amount: 70_000.01,
      current_balance: 120_000,
      virtual_balance: 49_999.99,
      risk_score: 60,
      alert_level: 'medium',
      before: { risk_score: 10, alert_level: 'low' },
    })
    expect(answer.body.flags).toHaveLength(2)
    expect(answer.body.contributions.map(({ points }: { points: number }) => points)).toEqual([10, 30, 20])
    expect(answer.body.recommendation).toContain('₹70,000.00')
  })

  it('takes what a hold set aside neither for spent nor for free', async () => {
    await deposit(asha, 120_000)
    const hold = { token: asha.token, body: { amount: 100_000 } }
    await services.call('transaction', 'POST', '/transactions/holds', hold)
    const answer = await simulate(asha, { account_id: asha.id, scenario: 'withdrawal', amount: 20_001 })
    expect(answer.body).toMatchObject({ current_balance: 120_000, virtual_balance: 99_999, risk_score: 10 })
    expect(answer.body.recommendation).toContain('Withdraw no more than ₹20,000.00 now')
  })

  it.each([
    ['rate_change', 7.5, 107_500],
    ['rate_change', -7.5, 92_500],
    ['deposit', '0.01', 100_000.01],
  ])('%s of %s gives %s', async (scenario, amount, virtual_balance) => {
    await deposit(asha, 100_000)
    const answer = await simulate(asha, { account_id: asha.id, scenario, amount })
    expect(answer.body).toMatchObject({ current_balance: 100_000, virtual_balance, risk_score: 10 })
  })

  it('changes nothing live, and proves it', async () => {
    await deposit(asha, 500)
    const ledger = () =>
      services.database.admin`select * from transaction.entries order by account_no, number`
    const before = await ledger()
    const { body } = await simulate(asha, { account_id: asha.id, scenario: 'withdrawal', amount: 500 })
    expect(await ledger()).toEqual(before)
    expect(body.proof).toMatchObject({
      position: 1,
      unchanged: true,
      moved_meanwhile: 0,
      history_unchanged: true,
    })
    expect(body.proof.entries_hash).toMatch(/^[0-9a-f]{64}$/)
    expect(body.proof.entries_hash_after).toBe(body.proof.entries_hash)
  })

  it('says of a busy ledger only what is true', async () => {
    await deposit(asha, 1_000)
    const posting = Promise.all(Array.from({ length: 20 }, () => deposit(asha, 1)))
    const body = { account_id: asha.id, scenario: 'deposit', amount: 1 }
    const answers = await Promise.all(Array.from({ length: 10 }, () => simulate(asha, body)))
    await posting
    for (const { body } of answers) {
      expect(body.current_balance).toBe(1_000 + body.proof.position - 1)
      expect(body.proof.history_unchanged).toBe(true)
      if (body.proof.unchanged) expect(body.proof.entries_hash_after).toBe(body.proof.entries_hash)
      expect(body.proof.moved_meanwhile > 0).toBe(!body.proof.unchanged)
    }
  })

  it('sees a change of the past: a proof of the same position differs', async () => {
    await deposit(asha, 1_000)
    const body = { account_id: asha.id, scenario: 'deposit', amount: 1 }
    const before = await simulate(asha, body)
    await services.database.admin.begin(async (tx) => {
      await tx`alter table transaction.entries disable trigger append_only`
      await tx`update transaction.entries set effective_at = effective_at - interval '1 day' where account_no = (select no from transaction.accounts where id = ${asha.id})`
      await tx`alter table transaction.entries enable trigger append_only`
    })
    const after = await simulate(asha, body)
    expect(after.body.proof.position).toBe(before.body.proof.position)
    expect(after.body.proof.entries_hash).not.toBe(before.body.proof.entries_hash)
  })

  it('gives 403 with one body for another’s, an unknown and a malformed account', async () => {
    const bela = await services.register('Bela')
    const ids = [bela.id, '01a20efe-9791-7638-ac63-f5157733cea0', 'nonsense', '../x']
    const answers = await Promise.all(
      ids.map((account_id) => simulate(asha, { account_id, scenario: 'deposit', amount: 1 })),
    )
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it.each([
    [{ scenario: 'withdrawal', amount: 0 }],
    [{ scenario: 'withdrawal', amount: -5 }],
    [{ scenario: 'deposit', amount: 1.234 }],
    [{ scenario: 'deposit', amount: 'NaN' }],
    [{ scenario: 'rate_change', amount: 0.0000001 }],
    [{ scenario: 'lottery', amount: 1 }],
    [{ scenario: 'deposit' }],
  ])('refuses %o as malformed', async (body) => {
    const answer = await simulate(asha, { account_id: asha.id, ...body })
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toBeTruthy()
  })

  it('refuses a balance beyond what FinTwin can hold', async () => {
    await deposit(asha, 9_000_000_000_000)
    const answer = await simulate(asha, { account_id: asha.id, scenario: 'rate_change', amount: 100 })
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('balance_out_of_range')
  })

  it('gives the first answer again for the same key, and simulates once', async () => {
    const body = { account_id: asha.id, scenario: 'deposit', amount: 10 }
    const first = await simulate(asha, body, { 'idempotency-key': 'once' })
    await deposit(asha, 99)
    const second = await simulate(asha, body, { 'idempotency-key': 'once' })
    expect(second.text).toBe(first.text)
    const other = await simulate(asha, { ...body, amount: 11 }, { 'idempotency-key': 'once' })
    expect(other.body.code).toBe('idempotency_key_reused')
    const history = await services.call('twin', 'GET', `/simulate/history/${asha.id}`, { token: asha.token })
    expect(history.body).toHaveLength(1)
  })

  it('scores a loan by what is owed, not as an overdraft', async () => {
    const { body: loan } = await services.call('account', 'POST', '/accounts', {
      token: asha.token,
      body: { name: 'Home loan', type: 'loan', overdraft_limit: 5000 },
    })
    await services.call('transaction', 'POST', '/transactions', {
      token: asha.token,
      body: { account_id: loan.id, type: 'withdrawal', amount: 4000 },
    })
    const answer = await simulate(asha, { account_id: loan.id, scenario: 'rate_change', amount: 9 })
    expect(answer.body).toMatchObject({ current_balance: -4000, risk_score: 10, flags: [] })
  })
})
