// Money on the wire: exact numbers in major units.
import { expect } from 'vitest'
import { expectProblem, valuesOf } from '../expectations.ts'
import { fetchDocument } from '../openapi.ts'
import { addHolding, balanceOf, callApi, deposit, newPerson, openAccount, simulate } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('money')

const moneyMember =
  /^(amount|\w*balance|\w*_value|gain_loss|net_worth|cash|invested|total_invested|overdraft_limit)$/

line('json-numbers', 'each amount in the answers is a number', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, '1234.5')
  await addHolding(asha)
  await simulate(asha)
  const paths = [
    '/accounts/',
    '/transactions/',
    '/portfolio/',
    `/portfolio/summary/${asha.id}`,
    `/simulate/history/${asha.id}`,
  ]
  const amounts = valuesOf(
    await Promise.all(paths.map(async (path) => (await asha.get(path)).body)),
    moneyMember,
  )
  expect(amounts.length).toBeGreaterThan(15)
  for (const amount of amounts) expect(amount).toBeTypeOf('number')
  expect((await asha.get('/transactions/')).text).toContain('"amount":1234.5,')
})

line('exact', 'ten dimes are one rupee, and large sums keep their paise', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (let count = 0; count < 3; count += 1) await deposit(asha, 0.1)
  expect((await asha.get(`/accounts/${asha.id}`)).text).toContain('"balance":0.3,')
  await deposit(asha, 9_007_199_254_740.99)
  await asha.post('/transactions/', { type: 'withdrawal', amount: 0.31 })
  expect((await asha.get(`/accounts/${asha.id}`)).text).toContain('"balance":9007199254740.98,')
  const simulated = await simulate(asha, { scenario: 'withdrawal', amount: 0.07 })
  expect(simulated.text).toContain('"virtual_balance":9007199254740.91,')
})

line('exact', 'three hundred odd amounts sum to the paisa', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const transactions = Array.from({ length: 300 }, (_, index) => ({
    type: 'deposit',
    amount: ((index * 7919) % 99_991) / 100 + 0.01,
  })).map(({ type, amount }) => ({ type, amount: amount.toFixed(2) }))
  const paise = transactions.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n)
  const answer = await asha.post('/transactions/batch', { mode: 'atomic', transactions })
  expect(answer.status).toBe(201)
  expect(BigInt(Math.round((await balanceOf(asha)) * 100))).toBe(paise)
  expect((await asha.get(`/accounts/${asha.id}`)).text).toMatch(/"balance":\d+(\.\d{1,2})?,/)
})

line('input', 'numbers and decimal strings, and nothing that is neither', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const amount of [1, 1.5, '1', '1.5', '1.50', '001.5', 1e2])
    expect((await deposit(asha, amount)).status).toBe(201)
  expect(await balanceOf(asha)).toBe(108)
  const wrong = [
    '',
    ' ',
    '1,000',
    '1 000',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '₹5',
    '1.',
    '.5',
    '--1',
    '١٢',
    true,
    null,
    [],
    {},
    [5],
  ]
  for (const amount of wrong) {
    expectProblem(await asha.post('/transactions/', { type: 'deposit', amount }), 400)
  }
  expect(await balanceOf(asha)).toBe(108)
})

line('digits', 'as many as the currency has, by currency', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const accounts = {
    INR: asha.id,
    JPY: await openAccount(asha, { currency: 'JPY' }),
    KWD: await openAccount(asha, { currency: 'KWD' }),
  }
  const cases: [keyof typeof accounts, string | number, number][] = [
    ['INR', 0.01, 201],
    ['INR', '0.001', 400],
    ['INR', 1.005, 400],
    ['JPY', 1, 201],
    ['JPY', '0.5', 400],
    ['KWD', '0.001', 201],
    ['KWD', 0.0001, 400],
  ]
  for (const [currency, amount, status] of cases) {
    const answer = await asha.post('/transactions/', {
      account_id: accounts[currency],
      type: 'deposit',
      amount,
    })
    expect(answer.status, `${amount} ${currency}`).toBe(status)
  }
  expectProblem(
    await asha.post('/simulate/', { account_id: asha.id, scenario: 'deposit', amount: '0.001' }),
    400,
  )
})

line(
  'magnitude',
  'the largest amount is taken, anything above is 400, and no balance passes it',
  async (fintwin) => {
    const asha = await newPerson(fintwin)
    for (const amount of ['10000000000000', 1e13, 1e21, 1e308, '9223372036854775808', `1${'0'.repeat(39)}`]) {
      expectProblem(await asha.post('/transactions/', { type: 'deposit', amount }), 400)
    }
    expectProblem(await asha.post('/transactions/', '{"type":"deposit","amount":1e400}'), 400)
    await deposit(asha, '9999999999999.99')
    expectProblem(await asha.post('/transactions/', { type: 'deposit', amount: 0.01 }), 422)
    expect((await asha.get(`/accounts/${asha.id}`)).text).toContain('"balance":9999999999999.99,')
  },
)

line('magnitude', 'the API’s documentation tells the limit', async (fintwin) => {
  expect(JSON.stringify(await fetchDocument(fintwin, 'transaction'))).toMatch(
    /fifteen digits|15 digits|999,?999,?999,?999,?9/i,
  )
})

line(
  'default-currency',
  'an account opens in INR, and sentences write rupees as India does',
  async (fintwin) => {
    const asha = await newPerson(fintwin)
    await deposit(asha, 100_000)
    expect((await asha.get(`/accounts/${asha.id}`)).body.currency).toBe('INR')
    expect((await asha.get('/portfolio/')).body.totals.currency).toBe('INR')
    const refused = await asha.post('/transactions/', { type: 'withdrawal', amount: 123_456.5 })
    expect(refused.body.detail).toContain('₹1,23,456.50')
  },
)

ownLine('settings', 'EUR and de-DE', 'needs DEFAULT_CURRENCY and DEFAULT_LOCALE', async (start) => {
  const fintwin = await start({ DEFAULT_CURRENCY: 'EUR', DEFAULT_LOCALE: 'de-DE' })
  const asha = await newPerson(fintwin)
  expect((await asha.get(`/accounts/${asha.id}`)).body.currency).toBe('EUR')
  expect((await asha.get('/portfolio/')).body.totals.currency).toBe('EUR')
  const refused = await callApi(fintwin, 'POST', '/transactions/', {
    token: asha.token,
    body: { type: 'withdrawal', amount: 1234.5 },
  })
  expect(refused.body.detail).toContain('1.234,50')
})
