// The transaction service's calls.
import { expect } from 'vitest'
import { expectProblem, timestamp, unknownId, uuidv7 } from '../expectations.ts'
import { type Fixture, readFixture } from '../fixtures/read-fixture.ts'
import { balanceOf, deposit, newPerson, openAccount, type Person } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('transaction')

line('post', 'with all that was sent, and what the ledger made of it', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const answer = await asha.post('/transactions/', {
    account_id: asha.id,
    type: 'deposit',
    amount: 1234.5,
    note: 'Salary',
  })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    id: expect.stringMatching(uuidv7),
    account_id: asha.id,
    type: 'deposit',
    amount: 1234.5,
    to_account: null,
    note: 'Salary',
    created_at: expect.stringMatching(timestamp),
  })
  const bare = await asha.post('/transactions/', {
    type: 'withdrawal',
    amount: 4.5,
    note: null,
    to_account: null,
  })
  expect(bare).toMatchObject({ status: 201, body: { note: null, to_account: null } })
  expect(await balanceOf(asha)).toBe(1230)
})

line('types', 'three, spelled so', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  await deposit(asha, 100)
  for (const body of [
    { type: 'deposit' },
    { type: 'withdrawal' },
    { type: 'transfer', to_account: bela.id },
  ]) {
    expect((await asha.post('/transactions/', { ...body, amount: 1 })).body.type).toBe(body.type)
  }
  for (const type of ['mint', 'Deposit', 'opening', '', null, 1]) {
    expectProblem(await asha.post('/transactions/', { type, amount: 1 }), 400)
  }
})

line('amount-above-zero', 'zero, below it, and what comes to zero', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  await deposit(asha, 100)
  for (const amount of [0, -0, -5, '0', '0.00', '-1', -0.01]) {
    for (const body of [
      { type: 'deposit' },
      { type: 'withdrawal' },
      { type: 'transfer', to_account: bela.id },
    ]) {
      expectProblem(await asha.post('/transactions/', { ...body, amount }), 400)
    }
  }
  expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([100, 0])
})

line('transfer', 'to another person, and between own accounts', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const second = await openAccount(asha)
  await deposit(asha, 100)
  const sent = await asha.post('/transactions/', {
    type: 'transfer',
    amount: 30.25,
    to_account: bela.id,
    note: 'Lunch',
  })
  expect(sent).toMatchObject({
    status: 201,
    body: { account_id: asha.id, to_account: bela.id, amount: 30.25, note: 'Lunch' },
  })
  await asha.post('/transactions/', { type: 'transfer', amount: 20, to_account: second })
  await asha.post('/transactions/', {
    account_id: second,
    type: 'transfer',
    amount: 5,
    to_account: bela.id.toUpperCase(),
  })
  expect([await balanceOf(asha), await balanceOf(asha, second), await balanceOf(bela)]).toEqual([
    49.75, 15, 35.25,
  ])
})

line('transfer-needs-recipient', 'none, an unknown one, one that is no id', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 100)
  for (const to_account of [undefined, null, '']) {
    expectProblem(await asha.post('/transactions/', { type: 'transfer', amount: 1, to_account }), 400)
  }
  for (const to_account of [unknownId, 'nobody']) {
    expectProblem(
      await asha.post('/transactions/', { type: 'transfer', amount: 1, to_account }),
      404,
      'unknown_recipient',
    )
  }
  expect(await balanceOf(asha)).toBe(100)
})

line('no-overdraft', 'none without a limit, and none beyond it', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const current = await openAccount(asha, { type: 'current', overdraft_limit: 50 })
  const withdraw = (account_id: string, amount: number) =>
    asha.post('/transactions/', { account_id, type: 'withdrawal', amount })
  expectProblem(await withdraw(asha.id, 0.01), 422, 'insufficient_funds')
  expect((await withdraw(current, 50)).status).toBe(201)
  expectProblem(await withdraw(current, 0.01), 422, 'insufficient_funds')
  expect([await balanceOf(asha), await balanceOf(asha, current)]).toEqual([0, -50])
})

line('no-overdraft', 'a hundred at once never pass the floor', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await deposit(asha, 50)
  const drains = Array.from({ length: 100 }, () =>
    asha.post('/transactions/', { type: 'withdrawal', amount: 7 }),
  )
  const statuses = (await Promise.all(drains)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(7)
  expect(statuses.filter((status) => status === 422)).toHaveLength(93)
  expect(await balanceOf(asha)).toBe(1)
})

line('list', 'both sides of a transfer, each own account', async (fintwin) => {
  const [asha, bela, other] = await Promise.all([newPerson(fintwin), newPerson(fintwin), newPerson(fintwin)])
  const second = await openAccount(asha)
  await deposit(asha, 100)
  await deposit(asha, 1, { account_id: second })
  await asha.post('/transactions/', { type: 'transfer', amount: 2, to_account: bela.id })
  await bela.post('/transactions/', { type: 'transfer', amount: 1, to_account: second })
  await deposit(other, 9)
  expect(await amountsOf(asha, '/transactions/')).toEqual([1, 2, 1, 100])
  expect(await amountsOf(bela, '/transactions/')).toEqual([1, 2])
  const created = (await asha.get('/transactions/')).body.map(
    ({ created_at }: { created_at: string }) => created_at,
  )
  expect(created).toEqual(created.toSorted().toReversed())
})

line('account-list', 'one account’s side only', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  const second = await openAccount(asha)
  await deposit(asha, 100)
  await deposit(asha, 1, { account_id: second })
  await bela.post('/transactions/', { type: 'deposit', amount: 10 })
  await bela.post('/transactions/', { type: 'transfer', amount: 3, to_account: second })
  expect(await amountsOf(asha, `/transactions/account/${asha.id}`)).toEqual([100])
  expect(await amountsOf(asha, `/transactions/account/${second}`)).toEqual([3, 1])
  expectProblem(await asha.get(`/transactions/account/${bela.id}`), 403)
})

async function amountsOf(person: Person, path: string): Promise<number[]> {
  return (await person.get(path)).body.map(({ amount }: { amount: number }) => amount)
}

async function importFile(person: Person, fixture: Fixture, preview = false) {
  const form = new FormData()
  form.append('file', new Blob([Uint8Array.from(await readFixture(fixture))]), fixture)
  return person.post(`/transactions/import?preview=${preview}`, form)
}

/** Everything an import could have written. */
async function stateOf(person: Person): Promise<string> {
  const paths = ['/accounts/', '/transactions/?limit=500', '/portfolio/']
  return JSON.stringify(await Promise.all(paths.map(async (path) => (await person.get(path)).body)))
}

const every: [Fixture, { posted: number; accounts: number; holdings: number; balances: number[] }][] = [
  ['current-account.ofx', { posted: 4, accounts: 1, holdings: 0, balances: [91_382.55] }],
  ['card.ofx', { posted: 3, accounts: 1, holdings: 0, balances: [-405.8] }],
  ['three-accounts.ofx', { posted: 2, accounts: 3, holdings: 0, balances: [620, 98_500, 50.5] }],
  ['balance-only.ofx', { posted: 0, accounts: 1, holdings: 0, balances: [43_210.09] }],
  ['investments.ofx', { posted: 2, accounts: 1, holdings: 2, balances: [731.4] }],
]

for (const [fixture, { posted, accounts, holdings, balances }] of every) {
  line('import-preview', fixture, async (fintwin) => {
    const asha = await newPerson(fintwin)
    const before = await stateOf(asha)
    const answer = await importFile(asha, fixture, true)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({
      preview: true,
      totals: { posted, skipped: 0, refused: 0, accounts_created: accounts, holdings },
    })
    expect(
      answer.body.statements.map(({ closing_balance }: { closing_balance: number }) => closing_balance),
    ).toEqual(balances)
    expect(await stateOf(asha)).toBe(before)
  })

  line('import-post', `${fixture}, to the bank’s own balance`, async (fintwin) => {
    const asha = await newPerson(fintwin)
    const previewed = (await importFile(asha, fixture, true)).body
    const answer = await importFile(asha, fixture)
    expect(answer.status, answer.text).toBe(200)
    expect(withoutIds(answer.body)).toEqual(withoutIds({ ...previewed, preview: false }))
    const opened = (await asha.get('/accounts/')).body.slice(1)
    expect(opened.map(({ balance }: { balance: number }) => balance)).toEqual(balances)
    const bankIds = (await asha.get('/transactions/')).body.map(
      ({ external_id }: { external_id: string }) => external_id,
    )
    expect(bankIds.filter(Boolean)).toHaveLength(posted)
    expect((await asha.get('/portfolio/')).body.holdings).toHaveLength(holdings)
  })

  line('import-again', fixture, async (fintwin) => {
    const asha = await newPerson(fintwin)
    await importFile(asha, fixture)
    const before = await stateOf(asha)
    for (const preview of [true, false]) {
      const { body } = await importFile(asha, fixture, preview)
      expect(body.totals).toMatchObject({ posted: 0, skipped: posted, refused: 0, accounts_created: 0 })
    }
    expect(withoutTimes(await stateOf(asha))).toBe(withoutTimes(before))
  })
}

/** Accounts get their ids when they are opened. */
function withoutIds(report: { statements: { account: object }[] }) {
  return {
    ...report,
    statements: report.statements.map((statement) => ({
      ...statement,
      account: { ...statement.account, id: null },
    })),
  }
}

/** Importing holdings again renews them. */
const withoutTimes = (state: string): string => state.replaceAll(/"(updated_at|id|created_at)":"[^"]*"/g, '')

line(
  'import-again',
  'an overlapping statement adds only what is new, and stays the bank’s balance',
  async (fintwin) => {
    const asha = await newPerson(fintwin)
    await importFile(asha, 'current-account.ofx')
    const { body } = await importFile(asha, 'current-account-next-month.ofx')
    expect(body.totals).toMatchObject({ posted: 2, skipped: 1, refused: 0, accounts_created: 0 })
    expect(body.statements[0].opening).toBeNull()
    expect((await asha.get('/accounts/')).body[1].balance).toBe(170_632.55)
  },
)

line('import-again', 'the later statement first, then the earlier one', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await importFile(asha, 'current-account-next-month.ofx')
  await importFile(asha, 'current-account.ofx')
  expect((await asha.get('/accounts/')).body[1].balance).toBe(170_632.55)
  expect((await importFile(asha, 'current-account-next-month.ofx')).body.totals).toMatchObject({
    posted: 0,
    skipped: 3,
  })
  expect((await asha.get('/accounts/')).body[1].balance).toBe(170_632.55)
})

line('import-again', 'the same file by another person is theirs alone', async (fintwin) => {
  const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
  await importFile(asha, 'current-account.ofx')
  const before = await stateOf(asha)
  expect((await importFile(bela, 'current-account.ofx')).body.totals).toMatchObject({
    posted: 4,
    accounts_created: 1,
  })
  expect(await stateOf(asha)).toBe(before)
})

line('import-post', 'a card may go on being used up to its limit', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await importFile(asha, 'card.ofx')
  const card = (await asha.get('/accounts/')).body[1]
  expect(card).toMatchObject({
    type: 'credit',
    currency: 'USD',
    overdraft_limit: 2000,
    available_balance: 1594.2,
  })
  const withdraw = (amount: number) =>
    asha.post('/transactions/', { account_id: card.id, type: 'withdrawal', amount })
  expectProblem(await withdraw(1594.21), 422, 'insufficient_funds')
  expect((await withdraw(1594.2)).status).toBe(201)
})

line('import-post', 'holdings arrive in the portfolio, with an asset class', async (fintwin) => {
  const asha = await newPerson(fintwin)
  await importFile(asha, 'investments.ofx')
  const account = (await asha.get('/accounts/')).body[1]
  const holdings = (await asha.get(`/portfolio/holdings/${account.id}`)).body
  expect(holdings.toSorted(byTicker)).toMatchObject([
    {
      ticker: 'ANCR',
      company_name: 'Anchor Tools Ltd',
      quantity: 12,
      current_price: 42.25,
      current_value: 507,
      asset_class: 'stock',
      currency: 'USD',
    },
    {
      ticker: 'DWIX',
      company_name: 'Driftwood Index Fund',
      quantity: 150.125,
      current_value: 1681.4,
      asset_class: 'fund',
      currency: 'USD',
    },
  ])
})

const byTicker = (a: { ticker: string }, b: { ticker: string }): number => a.ticker.localeCompare(b.ticker)

line(
  'import-refused',
  'a broken file is refused with line and reason, and nothing is written',
  async (fintwin) => {
    const asha = await newPerson(fintwin)
    const before = await stateOf(asha)
    for (const preview of [true, false]) {
      const broken = await importFile(asha, 'broken-amount.ofx', preview)
      expectProblem(broken, 400, 'malformed_statement')
      expect(broken.body.errors[0]).toMatchObject({
        line: 32,
        element: 'TRNAMT',
        detail: expect.stringMatching(/\S/),
      })
      expect(broken.body.detail).toContain('32')
      expectProblem(await importFile(asha, 'cut-off.ofx', preview), 400, 'malformed_statement')
    }
    expectProblem(
      await asha.post('/transactions/import', 'hello', { 'content-type': 'text/plain' }),
      400,
      'malformed_statement',
    )
    expectProblem(await asha.post('/transactions/import', {}), 400)
    expect(await stateOf(asha)).toBe(before)
  },
)

line('batch-atomic', 'a result each, or nothing', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const good = [
    { type: 'deposit', amount: 10 },
    { type: 'withdrawal', amount: '4.5' },
  ]
  const posted = await asha.post('/transactions/batch', { mode: 'atomic', transactions: good })
  expect(posted.status).toBe(201)
  expect(
    posted.body.results.map(
      ({ status, transaction }: { status: number; transaction: { amount: number } }) => [
        status,
        transaction.amount,
      ],
    ),
  ).toEqual([
    [201, 10],
    [201, 4.5],
  ])
  const bad = {
    mode: 'atomic',
    transactions: [
      { type: 'deposit', amount: 1 },
      { type: 'withdrawal', amount: 1000 },
    ],
  }
  const refused = await asha.post('/transactions/batch', bad)
  expectProblem(refused, 422, 'insufficient_funds')
  expect(refused.body.errors[0].pointer).toBe('/transactions/1')
  expectProblem(
    await asha.post('/transactions/batch', {
      mode: 'atomic',
      transactions: [{ type: 'deposit', amount: 1 }, {}],
    }),
    400,
  )
  expect(await balanceOf(asha)).toBe(5.5)
})

line('batch-independent', 'each on its own, in their order', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const transactions = [
    { type: 'withdrawal', amount: 1 },
    { type: 'deposit', amount: 10 },
    { type: 'withdrawal', amount: 4 },
    { type: 'transfer', amount: 1, to_account: unknownId },
    { type: 'deposit', amount: 'x' },
    null,
  ]
  const { status, body } = await asha.post('/transactions/batch', { mode: 'independent', transactions })
  expect(status).toBe(201)
  expect(body.results.map((result: { status: number }) => result.status)).toEqual([
    422, 201, 201, 404, 400, 400,
  ])
  expect(await balanceOf(asha)).toBe(6)
  for (const wrong of [
    { mode: 'some', transactions },
    { mode: 'atomic', transactions: [] },
    { transactions },
  ]) {
    expectProblem(await asha.post('/transactions/batch', wrong), 400)
  }
})
