// What is kept of simulations: the newest ten of an account, each by its id, gone when deleted, and nobody else's.
import { buildAccountService } from '@fintwin/account'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTwinService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    twin: buildTwinService,
  })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
  bela = await services.register('Bela')
})

const simulate = (person: TestPerson, amount: number) =>
  services.call('twin', 'POST', '/simulate', {
    token: person.token,
    body: { account_id: person.id, scenario: 'deposit', amount },
  })
const call = (person: TestPerson, method: string, path: string) =>
  services.call('twin', method, path, { token: person.token })

describe('GET /simulate/history/{account_id}', () => {
  it('lists the newest ten, newest first', async () => {
    for (let amount = 1; amount <= 12; amount += 1) await simulate(asha, amount)
    const { body } = await call(asha, 'GET', `/simulate/history/${asha.id}/`)
    expect(body.map(({ amount }: { amount: number }) => amount)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    expect(body[0]).toMatchObject({
      account_id: asha.id,
      scenario: 'deposit',
      before_balance: 0,
      after_balance: 12,
      risk_score: 60,
      alert_level: 'medium',
    })
    expect(body[0].created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  it('gives 403 for an account that is not the caller’s', async () => {
    const answers = await Promise.all([
      call(asha, 'GET', `/simulate/history/${bela.id}`),
      call(asha, 'GET', '/simulate/history/nonsense'),
      call(asha, 'DELETE', `/simulate/history/${bela.id}`),
    ])
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })
})

describe('DELETE /simulate/history/{account_id}', () => {
  it('deletes them all, and nobody else’s', async () => {
    await Promise.all([simulate(asha, 1), simulate(asha, 2), simulate(bela, 3)])
    expect((await call(asha, 'DELETE', `/simulate/history/${asha.id}`)).body).toEqual({
      message: 'Deleted 2 simulations.',
      deleted_count: 2,
    })
    expect((await call(asha, 'GET', `/simulate/history/${asha.id}`)).body).toEqual([])
    expect((await call(bela, 'GET', `/simulate/history/${bela.id}`)).body).toHaveLength(1)
  })
})

describe('/simulate/history/detail/{id}', () => {
  it('shows one, and deletes it', async () => {
    const { body: simulation } = await simulate(asha, 5)
    const path = `/simulate/history/detail/${simulation.id}`
    expect((await call(asha, 'GET', path)).body).toMatchObject({
      id: simulation.id,
      amount: 5,
      after_balance: 5,
    })
    const deleted = await call(asha, 'DELETE', path)
    expect(deleted.status).toBe(200)
    expect(deleted.body.message).toBeTruthy()
    expect((await call(asha, 'GET', path)).status).toBe(404)
  })

  it('gives 404 with one body for another’s and an unknown one, and deletes nothing', async () => {
    const { body: simulation } = await simulate(asha, 5)
    const unknown = '01a20efe-9791-7638-ac63-f5157733cea0'
    const answers = await Promise.all(
      [simulation.id, unknown, 'nonsense'].flatMap((id) => [
        call(bela, 'GET', `/simulate/history/detail/${id}`),
        call(bela, 'DELETE', `/simulate/history/detail/${id}`),
      ]),
    )
    expect(answers.every(({ status }) => status === 404)).toBe(true)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await call(asha, 'GET', `/simulate/history/detail/${simulation.id}`)).status).toBe(200)
  })
})
