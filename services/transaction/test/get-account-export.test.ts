// Statements as files: what they say is what the ledger says, to parsers of others, and to our own importer.
import { buildAccountService } from '@fintwin/account'
import { asPerson } from '@fintwin/platform'
import { type CallAnswer, startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { parse as parseCsv } from 'csv-parse/sync'
import { XMLParser } from 'fast-xml-parser'
import { parseSync as parseOfx } from 'ofx-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'
import { listDailyBalances } from '../src/store/balances.ts'
import { listExportedEntries, readExportTotals } from '../src/store/exports.ts'
import { type LedgerAccountRow, listOwnAccounts } from '../src/store/ledger.ts'
import { listPostings } from '../src/store/postings.ts'

type Format = 'csv' | 'ofx' | 'camt053'

/** The figures of a statement, as decimal text. */
interface Figures {
  opening: string | undefined
  closing: string
  amounts: string[]
  ids: string[]
}

let services: TestServices
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  asha = await services.register('Asha Rao')
})

const post = async (person: TestPerson, body: object): Promise<{ id: string }> => {
  const answer = await services.call('transaction', 'POST', '/transactions', { token: person.token, body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

const exported = (person: TestPerson, accountId: string, query = ''): Promise<CallAnswer> =>
  services.call('transaction', 'GET', `/transactions/account/${accountId}/export${query}`, {
    token: person.token,
  })

async function fileOf(person: TestPerson, accountId: string, format: Format, days = ''): Promise<string> {
  const answer = await exported(person, accountId, `?format=${format}${days}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.text
}

const openAccount = async (person: TestPerson, body: object): Promise<string> =>
  (await services.call('account', 'POST', '/accounts', { token: person.token, body })).body.id

const balanceOf = async (person: TestPerson, id: string): Promise<number> =>
  (await services.call('account', 'GET', `/accounts/${id}`, { token: person.token })).body.balance

async function importFile(person: TestPerson, file: string): Promise<CallAnswer['body']> {
  const answer = await services.call('transaction', 'POST', '/transactions/import', {
    token: person.token,
    body: new TextEncoder().encode(file),
    headers: { 'content-type': 'application/x-ofx' },
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.statements[0]
}

const rowsOf = (csv: string): Record<string, string>[] => parseCsv(csv, { columns: true })

const xml = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === 'Ntry' || name === 'Bal',
  ignoreAttributes: true,
})

const readers: Record<Format, (file: string) => Figures> = {
  csv(file) {
    const rows = rowsOf(file)
    const entries = rows.slice(1, -1)
    return {
      opening: rows[0]?.balance,
      closing: rows.at(-1)?.balance ?? '',
      amounts: entries.map(({ amount = '' }) => amount),
      ids: entries.map(({ id = '' }) => id),
    }
  },
  ofx(file) {
    // biome-ignore lint/suspicious/noExplicitAny: the parser's own types leave open which message set there is.
    const { BANKMSGSRSV1: bank, CREDITCARDMSGSRSV1: card } = parseOfx(file).OFX as any
    const statement = bank?.STMTTRNRS.STMTRS ?? card.CCSTMTTRNRS.CCSTMTRS
    const entries: { TRNAMT: string; FITID: string }[] = [statement.BANKTRANLIST.STMTTRN ?? []].flat()
    return {
      opening: undefined,
      closing: statement.LEDGERBAL.BALAMT,
      amounts: entries.map(({ TRNAMT }) => TRNAMT),
      ids: entries.map(({ FITID }) => FITID),
    }
  },
  camt053(file) {
    const { Bal: balances, Ntry: entries = [] } = xml.parse(file).Document.BkToCstmrStmt.Stmt
    const signed = ({ Amt, CdtDbtInd }: { Amt: string; CdtDbtInd: string }): string =>
      CdtDbtInd === 'DBIT' ? `-${Amt}` : Amt
    // biome-ignore lint/suspicious/noExplicitAny: what the parser gives has no type.
    const balance = (code: string) => signed(balances.find(({ Tp }: any) => Tp.CdOrPrtry.Cd === code))
    return {
      opening: balance('OPBD'),
      closing: balance('CLBD'),
      amounts: entries.map(signed),
      ids: entries.map(({ AcctSvcrRef }: { AcctSvcrRef: string }) => AcctSvcrRef),
    }
  },
}
const formats = Object.keys(readers) as Format[]

const minorOf = (decimal: string): bigint => BigInt(decimal.replace('.', ''))

describe.each(formats)('GET /transactions/account/{id}/export as %s', (format) => {
  it('says what the ledger says, by effective date, with what was there before', async () => {
    await post(asha, { type: 'deposit', amount: 1000, effective_at: '2024-01-10T10:00:00Z' })
    const second = await post(asha, { type: 'deposit', amount: '5.05', effective_at: '2024-03-05T10:00:00Z' })
    const first = await post(asha, {
      type: 'withdrawal',
      amount: '0.10',
      effective_at: '2024-02-01T00:00:00Z',
      note: 'Tea; =2+5 & <milk>',
    })
    await post(asha, { type: 'withdrawal', amount: 1, effective_at: '2024-04-01T00:00:00Z' })
    const file = await fileOf(asha, asha.id, format, '&from=2024-02-01&to=2024-03-31')
    expect(readers[format](file)).toEqual({
      opening: format === 'ofx' ? undefined : '1000.00',
      closing: '1004.95',
      amounts: ['-0.10', '5.05'],
      ids: [first.id, second.id].map((id) => (format === 'camt053' ? id.replaceAll('-', '') : id)),
    })
  })

  it('takes the last year until today, and gives the file a name and a type', async () => {
    await post(asha, { type: 'deposit', amount: 70 })
    const answer = await exported(asha, asha.id, `?format=${format}`)
    const today = new Date().toISOString().slice(0, 10)
    const types = { csv: 'text/csv', ofx: 'application/x-ofx', camt053: 'application/xml' }
    const extensions = { csv: 'csv', ofx: 'ofx', camt053: 'xml' }
    expect(answer.headers.get('content-type')).toMatch(`${types[format]}; charset=utf-8`)
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(
        `^attachment; filename="fintwin-\\w+-[0-9a-f]{4}-\\d{4}-\\d\\d-\\d\\d-to-${today}\\.${extensions[format]}"$`,
      ),
    )
    expect(readers[format](answer.text)).toMatchObject({ closing: '70.00', amounts: ['70.00'] })
  })

  it('has the digits of the currency', async () => {
    for (const [currency, amount] of [
      ['JPY', '1500'],
      ['KWD', '1.005'],
    ] as const) {
      const id = await openAccount(asha, { name: 'Abroad', type: 'current', currency })
      await post(asha, { account_id: id, type: 'deposit', amount })
      expect(readers[format](await fileOf(asha, id, format))).toMatchObject({
        closing: amount,
        amounts: [amount],
      })
    }
  })

  it('adds up over both sides of a transfer, an exchange and a journal', async () => {
    const dollars = await openAccount(asha, { name: 'Dollars', type: 'current', currency: 'USD' })
    const savings = await openAccount(asha, { name: 'Savings', type: 'savings', currency: 'INR' })
    const bela = await services.register('Bela')
    await post(asha, { type: 'deposit', amount: 10_000 })
    await post(asha, { type: 'transfer', amount: 8350, to_amount: 100, to_account: dollars })
    await post(asha, { type: 'transfer', amount: 40, to_account: bela.id })
    await post(asha, {
      type: 'journal',
      legs: [
        { account_id: asha.id, amount: -42.5 },
        { account_id: savings, amount: 30 },
        { account_id: null, amount: 12.5 },
      ],
    })
    const figures = readers[format](await fileOf(asha, asha.id, format))
    expect(figures).toMatchObject({
      closing: '1567.50',
      amounts: ['10000.00', '-8350.00', '-40.00', '-42.50'],
    })
    expect(new Set(figures.ids).size).toBe(4)
    expect(readers[format](await fileOf(asha, dollars, format))).toMatchObject({ amounts: ['100.00'] })
    expect(readers[format](await fileOf(asha, savings, format))).toMatchObject({ amounts: ['30.00'] })
    expect(readers[format](await fileOf(bela, bela.id, format))).toMatchObject({ amounts: ['40.00'] })
  })

  it('has more entries than a page, many of them at one instant', async () => {
    for (let batch = 0; batch < 2; batch += 1) {
      const transactions = Array.from({ length: 1300 }, (_, index) => ({
        type: 'deposit',
        amount: (index + 1) / 100,
        effective_at: index < 1200 ? '2024-05-05T12:00:00Z' : '2024-05-04T12:00:00Z',
      }))
      const answer = await services.call('transaction', 'POST', '/transactions/batch', {
        token: asha.token,
        body: { mode: 'atomic', transactions },
      })
      expect(answer.status, answer.text).toBeLessThan(300)
    }
    const { amounts, ids, closing } = readers[format](
      await fileOf(asha, asha.id, format, '&from=2024-05-01&to=2024-05-31'),
    )
    expect(amounts).toHaveLength(2600)
    expect(new Set(ids).size).toBe(2600)
    expect(amounts.reduce((sum, amount) => sum + minorOf(amount), 0n)).toBe(minorOf(closing))
    expect(closing).toBe('16913.00')
  })

  it('is of one state of the ledger while others post', async () => {
    await post(asha, { type: 'deposit', amount: 1 })
    const posting = Promise.all(Array.from({ length: 60 }, () => post(asha, { type: 'deposit', amount: 1 })))
    const files = await Promise.all(Array.from({ length: 20 }, () => fileOf(asha, asha.id, format)))
    await posting
    for (const file of files) {
      const { amounts, closing } = readers[format](file)
      expect(closing).toBe(`${amounts.length}.00`)
    }
  })

  it('can be of days on which nothing happened', async () => {
    await post(asha, { type: 'deposit', amount: 3, effective_at: '2020-05-05T12:00:00Z' })
    expect(readers[format](await fileOf(asha, asha.id, format))).toMatchObject({
      closing: '3.00',
      amounts: [],
    })
    const earlier = await fileOf(asha, asha.id, format, '&from=2019-01-01&to=2019-12-31')
    expect(readers[format](earlier)).toMatchObject({ closing: '0.00', amounts: [] })
  })
})

describe('an exported statement', () => {
  it('gives another person who imports it the same balance and the same entries', async () => {
    await post(asha, { type: 'deposit', amount: 900, effective_at: '2023-01-10T10:00:00Z' })
    await post(asha, {
      type: 'deposit',
      amount: '1234.56',
      effective_at: '2024-02-01T08:30:00.123Z',
      counterparty: 'Thiruvananthapuram Municipal Water Authority & Söhne',
      note: 'Refund <2024>',
    })
    await post(asha, { type: 'withdrawal', amount: '34.56', effective_at: '2024-02-29T23:59:59.999Z' })
    await post(asha, { type: 'transfer', amount: 50, to_account: (await services.register('Chand')).id })
    const file = await fileOf(
      asha,
      asha.id,
      'ofx',
      `&from=2024-01-01&to=${new Date().toISOString().slice(0, 10)}`,
    )
    const bela = await services.register('Bela')
    const imported = await importFile(bela, file)
    expect(imported).toMatchObject({
      posted: 3,
      refused: 0,
      opening: { amount: 900, effective_at: '2024-01-01T00:00:00.000Z' },
      closing_balance: 2050,
    })
    expect(await balanceOf(bela, imported.account.id)).toBe(2050)
    expect(await balanceOf(asha, asha.id)).toBe(2050)

    const ours = rowsOf(await fileOf(asha, asha.id, 'csv', '&from=2024-01-01')).slice(1, -1)
    const theirs = rowsOf(await fileOf(bela, imported.account.id, 'csv', '&from=2024-01-01')).slice(1, -1)
    expect(theirs[0]).toMatchObject({ type: 'opening', amount: '900.00', balance: '900.00' })
    const told = ({ effective_at, amount, balance, counterparty, note }: Record<string, string>) => ({
      effective_at,
      amount,
      balance,
      counterparty,
      note,
    })
    expect(theirs.slice(1).map(told)).toEqual(ours.map(told))
    expect(theirs.slice(1).map(({ external_id }) => external_id)).toEqual(ours.map(({ id }) => id))

    const again = await importFile(bela, file)
    expect(again).toMatchObject({ posted: 0, skipped: 3, opening: null, closing_balance: 2050 })
  })

  it('is imported once more from what was imported, openings and all', async () => {
    await post(asha, { type: 'deposit', amount: 12, effective_at: '2023-01-10T10:00:00Z' })
    await post(asha, { type: 'deposit', amount: 3, effective_at: '2024-06-10T10:00:00Z' })
    const days = '&from=2024-01-01&to=2024-12-31'
    const bela = await services.register('Bela')
    const first = await importFile(bela, await fileOf(asha, asha.id, 'ofx', days))
    const chand = await services.register('Chand')
    const second = await importFile(chand, await fileOf(bela, first.account.id, 'ofx', days))
    expect(second).toMatchObject({ posted: 2, opening: null, closing_balance: 15 })
    expect(await balanceOf(chand, second.account.id)).toBe(15)
  })

  it('of a card is a card’s, with what is left to spend, and comes back as one', async () => {
    const card = await openAccount(asha, {
      name: 'Card',
      type: 'credit',
      currency: 'INR',
      overdraft_limit: 5000,
    })
    await post(asha, { account_id: card, type: 'withdrawal', amount: '1200.50', counterparty: 'Shop' })
    const file = await fileOf(asha, card, 'ofx')
    expect(file).toContain('<CCSTMTRS><CURDEF>INR</CURDEF><CCACCTFROM>')
    expect(file).toContain('<LEDGERBAL><BALAMT>-1200.50</BALAMT>')
    expect(file).toContain('<AVAILBAL><BALAMT>3799.50</BALAMT>')
    const bela = await services.register('Bela')
    const imported = await importFile(bela, file)
    expect(imported.account).toMatchObject({ type: 'credit', currency: 'INR' })
    const { body } = await services.call('account', 'GET', `/accounts/${imported.account.id}`, {
      token: bela.token,
    })
    expect(body).toMatchObject({ balance: -1200.5, overdraft_limit: 5000, available_balance: 3799.5 })
  })

  it('of the past does not say what may be spent now', async () => {
    await post(asha, { type: 'deposit', amount: 12 })
    expect(await fileOf(asha, asha.id, 'ofx', '&from=2024-01-01&to=2024-12-31')).not.toContain('AVAILBAL')
  })

  it('tells both sides and the rate of an exchange', async () => {
    const dollars = await openAccount(asha, { name: 'Dollars', type: 'current', currency: 'USD' })
    await post(asha, { type: 'deposit', amount: 10_000 })
    await post(asha, { type: 'transfer', amount: 8350, to_amount: 100, to_account: dollars })
    expect(rowsOf(await fileOf(asha, asha.id, 'csv'))[2]).toMatchObject({
      type: 'exchange',
      amount: '-8350.00',
      other_account: dollars,
      other_amount: '100.00',
      other_currency: 'USD',
      exchange_rate: expect.stringMatching(/^0\.011976047904\d*$/),
      rate_currency: 'INR',
    })
    expect(rowsOf(await fileOf(asha, dollars, 'csv'))[1]).toMatchObject({
      amount: '100.00',
      other_account: asha.id,
      other_amount: '8350.00',
      other_currency: 'INR',
      exchange_rate: expect.stringMatching(/^0\.011976047904\d*$/),
      rate_currency: 'INR',
    })
    expect(await fileOf(asha, dollars, 'ofx')).toContain(
      '<CURRATE>0.011976047904</CURRATE><CURSYM>INR</CURSYM>',
    )
  })

  it('begins with the same balance before and after the days were summed up', async () => {
    await post(asha, { type: 'deposit', amount: 100, effective_at: '2024-01-10T10:00:00Z' })
    await post(asha, { type: 'deposit', amount: 20, effective_at: '2024-03-10T10:00:00Z' })
    const days = '&from=2024-03-10&to=2024-03-10'
    const before = await fileOf(asha, asha.id, 'csv', days)
    await services.database.admin`select * from transaction.seal(100000)`
    expect(readers.csv(await fileOf(asha, asha.id, 'csv', days))).toEqual(readers.csv(before))
    await post(asha, { type: 'deposit', amount: '0.5', effective_at: '2024-02-10T10:00:00Z' })
    await post(asha, { type: 'withdrawal', amount: 5, effective_at: '2024-03-10T23:59:59.999Z' })
    expect(readers.csv(await fileOf(asha, asha.id, 'csv', days))).toMatchObject({
      opening: '100.50',
      closing: '115.50',
      amounts: ['20.00', '-5.00'],
    })
  })

  it('is in its owner’s own words where there are any', async () => {
    const { id } = await post(asha, { type: 'deposit', amount: 5, note: 'UPI/123', category: 'Other' })
    const answer = await services.call('transaction', 'PUT', `/transactions/${id}/annotation`, {
      token: asha.token,
      body: { note: 'Lunch, paid back', category: '' },
    })
    expect(answer.status, answer.text).toBe(200)
    const [, row] = rowsOf(await fileOf(asha, asha.id, 'csv'))
    expect(row).toMatchObject({ note: 'Lunch, paid back', category: '' })
  })

  it('marks what takes an earlier entry back', async () => {
    const { id } = await post(asha, { type: 'deposit', amount: 5 })
    const answer = await services.call('transaction', 'POST', `/transactions/${id}/reversal`, {
      token: asha.token,
      body: {},
    })
    expect(answer.status, answer.text).toBe(201)
    const [, , row] = rowsOf(await fileOf(asha, asha.id, 'csv'))
    expect(row).toMatchObject({ type: 'reversal', amount: '-5.00', balance: '0.00' })
    expect(await fileOf(asha, asha.id, 'camt053')).toContain('<RvslInd>true</RvslInd>')
  })

  it('is cut off, never whole, where the ledger it was read from does not add up', async () => {
    await post(asha, { type: 'deposit', amount: 5 })
    const { id } = await post(asha, { type: 'deposit', amount: 7 })
    await services.database.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`delete from transaction.postings where id = ${id}`
    })
    for (const format of formats) await expect(exported(asha, asha.id, `?format=${format}`)).rejects.toThrow()
  })

  it('runs nothing in a spreadsheet that another person wrote into it', async () => {
    const bela = await services.register('Bela')
    await post(bela, { type: 'deposit', amount: 5 })
    await post(bela, {
      type: 'transfer',
      amount: 5,
      to_account: asha.id,
      note: '=HYPERLINK("http://x.example";A1)',
    })
    const [, row] = rowsOf(await fileOf(asha, asha.id, 'csv'))
    expect(row?.note).toBe(`'=HYPERLINK("http://x.example";A1)`)
  })
})

describe('an export', () => {
  it('of an account that is another’s, unknown or none at all is refused alike', async () => {
    const bela = await services.register('Bela')
    await post(bela, { type: 'deposit', amount: 4321.09, note: 'Bela’s secret' })
    const bodies = new Set<string>()
    for (const id of [bela.id, '0198a2b4-77c1-7d3e-9a10-3f5e6c7d8a9b', 'x', '%00', '1', "'", 'null']) {
      for (const format of formats) {
        const answer = await exported(asha, id, `?format=${format}`)
        expect(answer).toMatchObject({ status: 403, body: { code: 'not_your_account' } })
        expect(answer.headers.get('content-type')).toContain('application/problem+json')
        expect(answer.headers.get('content-disposition')).toBeNull()
        bodies.add(answer.text)
      }
    }
    expect(bodies.size).toBe(1)
  })

  it('of a system account is refused, too', async () => {
    await post(asha, { type: 'deposit', amount: 1 })
    const [system] = await services.database.admin<{ id: string }[]>`
      select id from transaction.accounts where owner_id = ${asha.id} and kind = 'system'`
    expect((await exported(asha, system?.id ?? '')).status).toBe(403)
  })

  it('reads nothing of another’s account, even where its number is known', async () => {
    await post(asha, { type: 'deposit', amount: 7 })
    const database = await services.database.as('fintwin_transaction')
    const read = (personId: string) =>
      asPerson(database, personId, async (tx) => {
        const [account] = (await asPerson(database, asha.id, (own) => listOwnAccounts(own, asha.id))).filter(
          ({ id }) => id === asha.id,
        )
        if (!account) throw new Error('Asha has no account.')
        const scope = { accountNo: account.no, position: 1n, from: '2000-01-01', to: '2100-01-01' }
        return {
          totals: await readExportTotals(tx, scope).catch(() => undefined),
          entries: await listExportedEntries(tx, scope, undefined, 10),
        }
      })
    expect(await read(asha.id)).toMatchObject({ totals: { credits: { count: 1 } }, entries: [{ number: 1 }] })
    const bela = await services.register('Bela')
    expect(await read(bela.id)).toEqual({ totals: undefined, entries: [] })
  })

  it('is of days in UTC, whatever time zone the database is in', async () => {
    await post(asha, { type: 'deposit', amount: 1, effective_at: '2024-05-04T23:59:59.999Z' })
    await post(asha, { type: 'deposit', amount: 2, effective_at: '2024-05-05T00:00:00Z' })
    await post(asha, { type: 'deposit', amount: 4, effective_at: '2024-05-05T23:59:59.999Z' })
    await post(asha, { type: 'deposit', amount: 8, effective_at: '2024-05-06T00:00:00Z' })
    const database = await services.database.as('fintwin_transaction')
    await asPerson(database, asha.id, async (tx) => {
      await tx`set local timezone to 'Asia/Kolkata'`
      const own = await listOwnAccounts(tx, asha.id)
      const account = own.find(({ id }) => id === asha.id) as LedgerAccountRow
      const day = { from: '2024-05-05', to: '2024-05-05' }
      const scope = { accountNo: account.no, position: account.position, ...day }
      expect(await readExportTotals(tx, scope)).toMatchObject({
        openingMinor: 100n,
        credits: { sumMinor: 600n },
      })
      expect(await listExportedEntries(tx, scope, undefined, 10)).toHaveLength(2)
      expect(await listDailyBalances(tx, account.no, day.from, day.to)).toEqual([
        { date: '2024-05-04', balanceMinor: 100n },
        { date: '2024-05-05', balanceMinor: 700n },
      ])
      const filter = { ...day, limit: 10, offset: 0 }
      expect(await listPostings(tx, { own, accounts: [account] }, filter)).toHaveLength(2)
    })
  })

  it('needs a token', async () => {
    expect(
      (await services.call('transaction', 'GET', `/transactions/account/${asha.id}/export`)).status,
    ).toBe(401)
  })

  it.each([
    '?format=pdf',
    '?format=',
    '?from=yesterday',
    '?to=2024-02-30',
    '?from=2024-02-01&to=2024-01-31',
    '?from=2999-01-01',
    '?from=1899-12-31',
    '?to=0000-01-01',
  ])('with %s is malformed', async (query) => {
    const answer = await exported(asha, asha.id, query)
    expect(answer, answer.text).toMatchObject({
      status: 400,
      body: { code: 'malformed_request', status: 400 },
    })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it('is CSV unless told', async () => {
    expect((await exported(asha, asha.id)).headers.get('content-type')).toContain('text/csv')
  })
})
