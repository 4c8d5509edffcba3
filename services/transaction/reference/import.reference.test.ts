// Real banks' statements, imported through the API: the preview is what is posted, the balance is the bank's, and a second time adds nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildAccountService } from '@fintwin/account'
import { buildPortfolioService } from '@fintwin/portfolio'
import { parseStatementFile, type Statement } from '@fintwin/statements'
import { type CallAnswer, startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = resolve(root, process.env.FINTWIN_REFERENCE_DIR ?? '../shared/data', 'statements/ofx')
const filesIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ofx|qfx)$/i.test(entry.name))
    .map(({ name }) => name)

const sound = filesIn(folder)
const broken = filesIn(resolve(folder, 'broken')).map((name) => `broken/${name}`)

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

async function importFile(file: string, preview: boolean): Promise<CallAnswer> {
  const form = new FormData()
  form.append('file', new Blob([Uint8Array.from(readFileSync(resolve(folder, file)))]), file)
  return services.call('transaction', 'POST', `/transactions/import?preview=${preview}`, {
    token: asha.token,
    body: form,
  })
}

interface State {
  accounts: { id: string; balance: number; currency: string; type: string; overdraft_limit: number }[]
  transactions: { external_id: string | null }[]
  holdings: {
    account_id: string
    ticker: string
    quantity: number
    current_value: number
    asset_class: string
  }[]
}

async function readState(): Promise<State> {
  const get = async (service: 'account' | 'transaction' | 'portfolio', path: string) =>
    (await services.call(service, 'GET', path, { token: asha.token })).body
  return {
    accounts: await get('account', '/accounts'),
    transactions: await get('transaction', '/transactions?limit=500'),
    holdings: (await get('portfolio', '/portfolio?limit=500')).holdings,
  }
}

function statementsOf(file: string): Statement[] {
  const parsed = parseStatementFile(readFileSync(resolve(folder, file)))
  if (!parsed.ok) throw new Error(`${file}: ${parsed.reason}`)
  return parsed.statements
}

/** A file that tells no balance gives what its entries come to. */
const sumOf = (entries: { amount: number }[]): number =>
  entries.reduce((paise, { amount }) => paise + Math.round(amount * 100), 0) / 100

/** Minor units in major units, as a number. */
const major = (amountMinor: bigint, currency: string): number =>
  Number(amountMinor) /
  10 **
    (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)

// biome-ignore lint/suspicious/noExplicitAny: a report, field by field.
const withoutIds = (report: any) => ({
  ...report,
  preview: undefined,
  // biome-ignore lint/suspicious/noExplicitAny: a report, field by field.
  statements: report.statements.map((statement: any) => ({
    ...statement,
    account: { ...statement.account, id: null },
  })),
})

it('finds the reference files', () => {
  expect(sound.length).toBeGreaterThan(5)
  expect(broken.length).toBeGreaterThan(1)
})

describe.each(sound)('%s', (file) => {
  it('is previewed without a trace, and posted as it was previewed', async () => {
    const before = await readState()
    const preview = await importFile(file, true)
    expect(preview.status, preview.text).toBe(200)
    expect(await readState()).toEqual(before)
    const posted = await importFile(file, false)
    expect(posted.status, posted.text).toBe(200)
    expect(withoutIds(posted.body)).toEqual(withoutIds(preview.body))
    expect(posted.body.totals.refused).toBe(0)
  })

  it('opens an account a statement, at the bank’s own balance', async () => {
    const { body } = await importFile(file, false)
    const statements = statementsOf(file)
    const { accounts } = await readState()
    expect(accounts).toHaveLength(1 + statements.length)
    for (const [index, statement] of statements.entries()) {
      const account = accounts.find(({ id }) => id === body.statements[index].account.id)
      const balance = statement.ledgerBalance ?? statement.cash
      expect(account).toMatchObject({ currency: statement.currency, type: statement.accountType })
      expect(account?.balance).toBe(
        balance ? major(balance.amountMinor, statement.currency) : sumOf(body.statements[index].transactions),
      )
      if (account?.type === 'credit' && account.balance < 0)
        expect(account.overdraft_limit).toBeGreaterThanOrEqual(-account.balance)
    }
  })

  it('keeps the bank’s ids, so that a second import adds nothing', async () => {
    const first = (await importFile(file, false)).body
    const before = await readState()
    expect(before.transactions.filter(({ external_id }) => external_id)).toHaveLength(first.totals.posted)
    const second = (await importFile(file, false)).body
    expect(second.totals).toMatchObject({ posted: 0, accounts_created: 0, refused: 0 })
    expect(second.totals.skipped).toBe(first.totals.posted + first.totals.skipped)
    const after = await readState()
    expect(after.accounts).toEqual(before.accounts)
    expect(after.transactions).toEqual(before.transactions)
    expect(after.holdings.map(factsOf)).toEqual(before.holdings.map(factsOf))
  })

  it('brings its holdings into the portfolio', async () => {
    const { body } = await importFile(file, false)
    const { holdings } = await readState()
    const wanted = statementsOf(file).flatMap((statement, index) =>
      statement.holdings.map((holding) => ({
        account_id: body.statements[index].account.id,
        ticker: (holding.ticker ?? holding.securityId).toUpperCase(),
        quantity: Number(holding.quantity),
        asset_class: holding.assetClass,
      })),
    )
    expect(holdings.map(factsOf).toSorted(byTicker)).toEqual(wanted.toSorted(byTicker))
  })
})

const factsOf = ({ account_id, ticker, quantity, asset_class }: State['holdings'][number]) => ({
  account_id,
  ticker,
  quantity,
  asset_class,
})
const byTicker = (a: { ticker: string }, b: { ticker: string }): number => a.ticker.localeCompare(b.ticker)

describe.each(broken)('%s', (file) => {
  it('is refused with the place and the reason, and nothing is written', async () => {
    const before = await readState()
    for (const preview of [true, false]) {
      const { status, body } = await importFile(file, preview)
      expect(status).toBe(400)
      expect(body).toMatchObject({ code: 'malformed_statement', detail: expect.stringMatching(/line \d+/) })
      expect(body.errors[0]).toMatchObject({ line: expect.any(Number), detail: expect.stringMatching(/\S/) })
    }
    expect(await readState()).toEqual(before)
  })
})
