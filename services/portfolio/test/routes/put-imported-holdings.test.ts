// What an investment statement does to the holdings: importing again adds nothing, and what is sold goes.
import { buildAccountService } from '@fintwin/account'
import { isInternalRoute } from '@fintwin/contracts'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPortfolioService } from '../../src/service.ts'

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({
    account: buildAccountService,
    transaction: buildTransactionService,
    portfolio: buildPortfolioService,
  })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register()
})

const position = (external_id: string, quantity: string, unit_price: string) => ({
  external_id,
  ticker: external_id,
  company_name: external_id,
  quantity,
  unit_price,
  asset_class: 'fund',
})
const put = (as_of: string, holdings: object[], accountId = asha.id) =>
  services.call('portfolio', 'PUT', `/portfolio/imported/${accountId}`, {
    token: asha.token,
    body: { currency: 'INR', as_of, holdings },
  })
const holdings = async () =>
  (await services.call('portfolio', 'GET', `/portfolio/holdings/${asha.id}`, { token: asha.token })).body

describe('PUT /portfolio/imported/{account_id}', () => {
  it('turns positions into holdings, once', async () => {
    for (let time = 0; time < 2; time += 1)
      expect(
        (await put('2024-01-31T00:00:00Z', [position('E1', '10.5', '5.25'), position('E2', '-1', '7')])).body,
      ).toEqual({
        holdings: 2,
        is_applied: true,
      })
    expect(await holdings()).toHaveLength(2)
    expect(await holdings()).toContainEqual(
      expect.objectContaining({
        ticker: 'E1',
        quantity: 10.5,
        buy_price: 5.25,
        current_value: 55.12,
        asset_class: 'fund',
      }),
    )
  })

  it('keeps the first price as the buy price, and removes what is no longer held', async () => {
    await services.call('portfolio', 'POST', '/portfolio/holdings', {
      token: asha.token,
      body: { ticker: 'OWN', company_name: 'By hand', quantity: 1, buy_price: 1, current_price: 1 },
    })
    await put('2024-01-31T00:00:00Z', [position('E1', '10', '5'), position('E2', '1', '7')])
    await put('2024-02-29T00:00:00Z', [position('E1', '12', '6')])
    const left = await holdings()
    expect(left.map(({ ticker }: { ticker: string }) => ticker)).toEqual(['E1', 'OWN'])
    expect(left[0]).toMatchObject({
      quantity: 12,
      buy_price: 5,
      current_price: 6,
      invested_value: 60,
      gain_loss: 12,
    })
  })

  it('dates the class by the statement that tells it, and leaves the class that the owner gave', async () => {
    const classes = async (id: string) => {
      const path = `/portfolio/holdings/${id}/asset-classes`
      const { body } = await services.call('portfolio', 'GET', path, { token: asha.token })
      return body.map((row: { asset_class: string; effective_from: string }) => [
        row.asset_class,
        row.effective_from,
      ])
    }
    await put('2024-01-31T00:00:00Z', [position('E1', '10', '5')])
    await put('2024-02-29T00:00:00Z', [position('E1', '10', '5')])
    const [{ id }] = await holdings()
    expect(await classes(id)).toEqual([['fund', '2024-01-31']])
    const bond = { ...position('E1', '10', '5'), asset_class: 'bond' }
    await put('2024-03-31T00:00:00Z', [bond])
    await put('2024-04-30T00:00:00Z', [bond])
    expect(await holdings()).toMatchObject([{ asset_class: 'bond', asset_class_from: '2024-03-31' }])
    await services.call('portfolio', 'PUT', `/portfolio/holdings/${id}`, {
      token: asha.token,
      body: { asset_class: 'real_estate', effective_from: '2024-05-01' },
    })
    await put('2024-05-31T00:00:00Z', [position('E1', '11', '6')])
    expect(await holdings()).toMatchObject([{ asset_class: 'real_estate', quantity: 11 }])
    expect(await classes(id)).toEqual([
      ['real_estate', '2024-05-01'],
      ['bond', '2024-03-31'],
      ['fund', '2024-01-31'],
    ])
  })

  it('lets an older statement say nothing about now', async () => {
    await put('2024-02-29T00:00:00Z', [position('E1', '12', '6')])
    expect((await put('2024-01-31T00:00:00Z', [position('E2', '1', '7')])).body.is_applied).toBe(false)
    expect((await put('2024-01-31T00:00:00Z', [])).body.is_applied).toBe(false)
    expect(await holdings()).toMatchObject([{ ticker: 'E1' }])
  })

  it('removes everything that was imported when a statement tells of nothing, and what is entered by hand stays', async () => {
    await services.call('portfolio', 'POST', '/portfolio/holdings', {
      token: asha.token,
      body: { ticker: 'OWN', company_name: 'By hand', quantity: 1, buy_price: 1, current_price: 1 },
    })
    await put('2024-01-31T00:00:00Z', [position('E1', '12', '6'), position('E2', '1', '7')])
    expect((await put('2024-02-29T00:00:00Z', [])).body).toEqual({ holdings: 0, is_applied: true })
    expect(await holdings()).toMatchObject([{ ticker: 'OWN' }])
  })

  it('does not bring back by an older statement what a newer one says is sold', async () => {
    await put('2024-02-29T00:00:00Z', [])
    const answer = await put('2024-01-31T00:00:00Z', [position('E1', '12', '6')])
    expect(answer.body.is_applied).toBe(false)
    expect(await holdings()).toEqual([])
    expect((await put('2024-02-29T00:00:00Z', [position('E1', '3', '6')])).body.is_applied).toBe(true)
    expect(await holdings()).toMatchObject([{ ticker: 'E1', quantity: 3 }])
  })

  it('applies the newest of statements that come at once', async () => {
    const days = ['05', '01', '09', '03', '07']
    await Promise.all(days.map((day) => put(`2024-02-${day}T00:00:00Z`, [position(`E${day}`, '1', '1')])))
    expect(await holdings()).toMatchObject([{ ticker: 'E09' }])
  })

  it('refuses a quantity that is no number, and writes nothing', async () => {
    const answer = await put('2024-01-31T00:00:00Z', [position('E1', '10', '5'), position('E2', 'many', '7')])
    expect(answer.status).toBe(400)
    expect(await holdings()).toEqual([])
  })

  it('gives 403 for another’s account, and is unreachable from outside', async () => {
    const bela = await services.register('Bela')
    expect((await put('2024-01-31T00:00:00Z', [], bela.id)).status).toBe(403)
    expect(isInternalRoute('PUT', `/portfolio/imported/${asha.id}`)).toBe(true)
  })
})
