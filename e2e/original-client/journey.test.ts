// The whole journey of the original system's users, with a client that was written for the original.
import { beforeAll, describe, expect, it } from 'vitest'
import { eventually, unknownId } from '../expectations.ts'
import { openFinTwin } from '../fintwin.ts'
import { createOriginalClient, type OriginalClient, ShownError } from './original-client.ts'

let url: string
let client: OriginalClient
let friend: OriginalClient
let emails = 0
const newEmail = (): string => `original-${process.pid}-${Date.now()}-${++emails}@example.org`

beforeAll(async () => {
  url = (await openFinTwin()).url
  client = createOriginalClient(url)
  friend = createOriginalClient(url)
  await friend.signUp('Farah', newEmail(), 'a long enough passphrase')
}, 120_000)

const me = (): string => client.who().sub
const account = async () => (await client.get('/accounts/'))[0]

/** What the original's form sends: everything it has at hand. */
async function transact(type: string, amount: number, more: object = {}) {
  const { id, balance } = await account()
  return client.post('/transactions/', {
    account_id: id,
    user_id: me(),
    type,
    amount,
    to_account: null,
    note: '',
    balance,
    current_balance: balance,
    timestamp: new Date().toISOString(),
    ...more,
  })
}

describe('with the original’s client, a person', () => {
  const email = newEmail()

  it('signs up, is known by the token, and sees one account', async () => {
    await client.signUp('Omar Sheikh', email, 'a long enough passphrase')
    expect(client.isSignedIn()).toBe(true)
    expect(client.who()).toEqual({
      sub: JSON.parse(client.storage.get('ft_user') ?? '{}').id,
      name: 'Omar Sheikh',
    })
    const accounts = await client.get('/accounts/')
    expect(accounts).toHaveLength(1)
    expect(accounts[0]).toMatchObject({ id: me(), email, balance: 0, currency: 'INR', type: 'savings' })
    expect(await client.get(`/accounts/${me()}`)).toEqual(accounts[0])
  })

  it('is told what is wrong in a sentence', async () => {
    const wrongs: [() => Promise<unknown>, RegExp][] = [
      [() => client.signUp('Omar', email, 'a long enough passphrase'), /already/],
      [() => createOriginalClient(url).signIn(email, 'wrong'), /wrong/i],
      [() => transact('withdrawal', 5), /insufficient funds/i],
      [() => transact('deposit', -5), /above zero/i],
      [() => transact('transfer', 5, { to_account: unknownId }), /no account/i],
      [() => client.get(`/accounts/${friend.who().sub}`), /not yours/i],
    ]
    for (const [run, sentence] of wrongs) {
      const error = await run().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(ShownError)
      expect((error as ShownError).message).toMatch(sentence)
      expect((error as ShownError).message).toMatch(/\.$/)
    }
  })

  it('deposits, withdraws and sends, and sees each in the list and the balance', async () => {
    expect(await transact('deposit', 150_000, { note: 'Salary' })).toMatchObject({
      account_id: me(),
      amount: 150_000,
      note: 'Salary',
    })
    await transact('withdrawal', 20_000.5)
    await transact('transfer', 4_999.5, { to_account: friend.who().sub })
    expect((await account()).balance).toBe(125_000)
    expect((await friend.get('/accounts/'))[0].balance).toBe(4_999.5)
    const listed = await client.get('/transactions/?limit=20&offset=0')
    expect(listed.map(({ type, amount }: { type: string; amount: number }) => [type, amount])).toEqual([
      ['transfer', 4_999.5],
      ['withdrawal', 20_000.5],
      ['deposit', 150_000],
    ])
    expect(await client.get(`/transactions/account/${me()}`)).toEqual(listed)
    expect(await client.get('/transactions/?limit=1&offset=1')).toEqual([listed[1]])
  })

  it('deposits under a stale account id, and the money goes to their own account', async () => {
    const posted = await transact('deposit', 1, { account_id: friend.who().sub })
    expect(posted.account_id).toBe(me())
    await transact('withdrawal', 1)
  })

  it('simulates, and reads and clears the history, while the live balance stays', async () => {
    const { balance } = await account()
    const run = (scenario: string, amount: number) =>
      client.post('/simulate/', {
        account_id: me(),
        user_id: me(),
        scenario,
        amount,
        current_balance: 999,
        balance: 999,
      })
    expect(await run('withdrawal', 100_000)).toMatchObject({
      current_balance: 125_000,
      virtual_balance: 25_000,
      risk_score: 60,
      alert_level: 'medium',
    })
    expect(await run('deposit', 1000)).toMatchObject({
      virtual_balance: 126_000,
      risk_score: 10,
      alert_level: 'low',
    })
    expect(await run('rate_change', 4)).toMatchObject({ virtual_balance: 130_000 })
    expect((await account()).balance).toBe(balance)
    const history = await client.get(`/simulate/history/${me()}`)
    expect(history.map(({ scenario }: { scenario: string }) => scenario)).toEqual([
      'rate_change',
      'deposit',
      'withdrawal',
    ])
    expect(history[2]).toMatchObject({ before_balance: 125_000, after_balance: 25_000, amount: 100_000 })
    expect(await client.get(`/simulate/history/detail/${history[0].id}`)).toEqual(history[0])
    expect((await client.remove(`/simulate/history/detail/${history[0].id}`)).message).toBeTruthy()
    expect(await client.remove(`/simulate/history/${me()}`)).toMatchObject({ deleted_count: 2 })
  })

  it('has a risk score without asking for it, and an analysis that cannot be talked round', async () => {
    const score = await client.get(`/risk/score/${me()}`)
    expect(score).toMatchObject({ account_id: me(), alert_level: expect.stringMatching(/low|medium|high/) })
    const analyzed = await client.post('/risk/analyze', {
      account_id: me(),
      current_balance: 1,
      recent_transactions: await client.get('/transactions/?limit=10'),
    })
    expect(analyzed.score).toBe(score.score)
    expect((await client.get(`/risk/flags/${me()}`)).flags).toEqual(score.flags)
    for (const notice of await client.get(`/risk/notifications/${me()}`)) {
      expect(notice).toMatchObject({
        message: expect.any(String),
        type: expect.stringMatching(/^(Risk|Alert|Info)$/),
      })
    }
  })

  it('keeps holdings, and sees them summed', async () => {
    const send = {
      account_id: me(),
      user_id: me(),
      ticker: 'infy',
      company_name: 'Infosys',
      quantity: 10,
      buy_price: 1400,
      current_price: 1505.5,
      current_value: 0,
    }
    const holding = await client.post('/portfolio/holdings', send)
    expect(holding).toMatchObject({
      ticker: 'INFY',
      account_id: me(),
      current_value: 15_055,
      gain_loss: 1055,
    })
    await client.put(`/portfolio/holdings/${holding.id}`, { ...send, current_price: 1600 })
    expect(await client.get(`/portfolio/summary/${me()}`)).toMatchObject({
      total_portfolio_value: 16_000,
      total_invested: 14_000,
      total_holdings: 1,
      best_performer: { ticker: 'INFY' },
    })
    expect(await client.get(`/portfolio/holdings/${me()}`)).toHaveLength(1)
    expect((await client.remove(`/portfolio/holdings/${holding.id}`)).message).toBeTruthy()
    expect(await client.get(`/portfolio/holdings/${me()}`)).toEqual([])
  })

  it('is notified, reads, reads all and deletes', async () => {
    const listed = await eventually(async () => {
      const notifications = await client.get(`/notifications/${me()}`)
      expect(notifications.length).toBeGreaterThanOrEqual(4)
      return notifications
    })
    const counted = await client.get(`/notifications/count/${me()}`)
    expect(counted).toEqual({ total: listed.length, unread: listed.length })
    expect((await client.put(`/notifications/read/${listed[0].id}`)).is_read).toBe(true)
    expect(await client.get(`/notifications/${me()}?unread_only=true`)).toHaveLength(listed.length - 1)
    expect((await client.put(`/notifications/read-all/${me()}`)).count).toBe(listed.length - 1)
    expect((await client.remove(`/notifications/${listed[0].id}`)).message).toBeTruthy()
    expect((await client.get(`/notifications/count/${me()}`)).total).toBe(listed.length - 1)
  })

  it('signs out and in again, and finds everything there', async () => {
    const before = await client.get('/accounts/')
    client.signOut()
    expect(client.isSignedIn()).toBe(false)
    await expect(client.get('/accounts/')).rejects.toBeInstanceOf(ShownError)
    await client.signIn(email, 'a long enough passphrase')
    expect(await client.get('/accounts/')).toEqual(before)
  })

  it('forgets a token that is refused', async () => {
    client.storage.set('ft_token', `${client.storage.get('ft_token')}x`)
    await expect(client.get('/accounts/')).rejects.toBeInstanceOf(ShownError)
    expect(client.storage.has('ft_token')).toBe(false)
  })
})
