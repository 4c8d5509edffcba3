// A person's own words beside a transaction: seen by that person only, found by the search, and never written into what was posted.
import { buildAccountService } from '@fintwin/account'
import { asPerson, newId } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTransactionService } from '../src/service.ts'

let services: TestServices
let asha: TestPerson
let bela: TestPerson
let id: string

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
})
afterAll(() => services.stop())
beforeEach(async () => {
  ;[asha, bela] = [await services.register(), await services.register('Bela')]
  await call(asha, 'POST', '/transactions', { type: 'deposit', amount: 500, note: 'Opening' })
  const transfer = { type: 'transfer', to_account: bela.id, amount: 20, note: 'UPI 881', counterparty: 'BLA' }
  id = (await call(asha, 'POST', '/transactions', transfer)).body.id
})

const call = (person: TestPerson, method: string, path: string, body?: unknown) =>
  services.call('transaction', method, path, { token: person.token, body })
const annotate = (person: TestPerson, body: unknown, of = id) =>
  call(person, 'PUT', `/transactions/${of}/annotation`, body)
const newest = async (person: TestPerson) => (await call(person, 'GET', '/transactions?limit=1')).body[0]
const find = async (person: TestPerson, q: string): Promise<string[]> =>
  (await call(person, 'GET', `/transactions?q=${encodeURIComponent(q)}`)).body.map(
    (found: { id: string }) => found.id,
  )

describe('an annotation', () => {
  it('stands in the lists in place of what was posted, which stays beside it', async () => {
    const answer = await annotate(asha, { note: 'Lunch with Bela', category: 'Food' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      note: 'Lunch with Bela',
      original_note: 'UPI 881',
      category: 'Food',
      original_category: null,
      counterparty: 'BLA',
      annotation: { note: 'Lunch with Bela', category: 'Food' },
    })
    expect(answer.body).not.toHaveProperty('original_counterparty')
    const { annotation: _annotation, legs: _legs, ...shown } = answer.body
    const { reversible_as: _as, irreversible_because: _because, ...listed } = shown
    expect(await newest(asha)).toEqual(listed)
    expect((await call(asha, 'GET', `/transactions/account/${asha.id}?limit=1`)).body[0]).toEqual(listed)
  })

  it('keeps what a change leaves out, shows nothing for null, and goes with the posted text', async () => {
    await annotate(asha, { note: 'Lunch', category: 'Food' })
    expect((await annotate(asha, { counterparty: 'Bela Shah' })).body.annotation).toMatchObject({
      note: 'Lunch',
      counterparty: 'Bela Shah',
      category: 'Food',
    })
    expect((await annotate(asha, { note: null, category: null })).body).toMatchObject({
      note: null,
      original_note: 'UPI 881',
      category: null,
      annotation: { note: null, counterparty: 'Bela Shah' },
    })
    const plain = (await annotate(asha, { note: 'UPI 881', counterparty: 'BLA' })).body
    expect(plain).toMatchObject({ note: 'UPI 881', counterparty: 'BLA', annotation: null })
    expect(plain).not.toHaveProperty('original_note')
  })

  it('goes as a whole', async () => {
    const before = await newest(asha)
    await annotate(asha, { note: 'Lunch', category: 'Food' })
    const answer = await call(asha, 'DELETE', `/transactions/${id}/annotation`)
    expect(answer).toMatchObject({ status: 200, body: { note: 'UPI 881', annotation: null } })
    expect((await call(asha, 'DELETE', `/transactions/${id}/annotation`)).status).toBe(200)
    expect(await newest(asha)).toEqual(before)
  })

  it('is each side’s own', async () => {
    await annotate(asha, { note: 'Secret of Asha' })
    expect(await newest(bela)).toMatchObject({ id, note: 'UPI 881' })
    expect((await call(bela, 'GET', `/transactions/${id}`)).body).toMatchObject({ annotation: null })
    await annotate(bela, { note: 'From Asha', category: 'Gifts' })
    expect(await newest(asha)).toMatchObject({ note: 'Secret of Asha', category: null })
    expect(await newest(bela)).toMatchObject({ note: 'From Asha', category: 'Gifts' })
    await call(bela, 'DELETE', `/transactions/${id}/annotation`)
    expect(await newest(asha)).toMatchObject({ note: 'Secret of Asha' })
  })

  it('is found, and so is what was posted, by that person only', async () => {
    await annotate(asha, { note: 'Mango lassi', category: 'Food_100%' })
    expect(await find(asha, 'mango')).toEqual([id])
    expect(await find(asha, 'food_100%')).toEqual([id])
    expect(await find(asha, 'upi 881')).toEqual([id])
    expect(await find(asha, 'lassi food')).toEqual([])
    expect(await find(bela, 'mango')).toEqual([])
    expect(await find(bela, 'upi 881')).toEqual([id])
  })

  it('never touches what was posted', async () => {
    const rows = () => services.database.admin`
      select md5(string_agg(p::text, '|' order by p.id)) as postings,
        (select md5(string_agg(e::text, '|' order by e.account_no, e.number)) from transaction.entries e) as entries,
        (select md5(string_agg(a::text, '|' order by a.id)) from transaction.accounts a) as accounts
      from transaction.postings p`
    const [before] = await rows()
    await annotate(asha, { note: 'Lunch', counterparty: 'Bela', category: 'Food' })
    await annotate(bela, { note: null })
    await call(asha, 'DELETE', `/transactions/${id}/annotation`)
    expect((await rows())[0]).toEqual(before)
  })

  it('is no reason to post other words in a reversal', async () => {
    const { body } = await call(asha, 'POST', '/transactions', {
      type: 'withdrawal',
      amount: 5,
      counterparty: 'Shop',
      category: 'Food',
    })
    await annotate(asha, { counterparty: 'Mine', category: 'Mine' }, body.id)
    const reversal = await call(asha, 'POST', `/transactions/${body.id}/reversal`)
    expect(reversal).toMatchObject({ status: 201, body: { counterparty: 'Shop', category: 'Food' } })
  })

  it.each([
    [{ note: 'x'.repeat(1001) }],
    [{ category: 'x'.repeat(101) }],
    [{ counterparty: 'x'.repeat(201) }],
    [{ note: 5 }],
    [{ note: 'a\u0000b' }],
    [null],
    [[]],
    ['{'],
  ])('is refused when it is no such words: %j', async (body) => {
    expect((await annotate(asha, body)).status).toBe(400)
    expect((await call(asha, 'GET', `/transactions/${id}`)).body.annotation).toBeNull()
  })
})

describe('somebody else’s transaction', () => {
  it('cannot be annotated: 404, the same for what exists, never did, or cannot', async () => {
    const hers = (await call(bela, 'POST', '/transactions', { type: 'deposit', amount: 1 })).body.id
    const answers = await Promise.all(
      [hers, newId(), 'nonsense'].flatMap((other) => [
        annotate(asha, { note: 'x' }, other),
        call(asha, 'DELETE', `/transactions/${other}/annotation`),
        call(asha, 'GET', `/transactions/${other}`),
      ]),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it('nor by the service’s own role, whatever its code says', async () => {
    const hers = (await call(bela, 'POST', '/transactions', { type: 'deposit', amount: 1 })).body.id
    await annotate(bela, { note: 'Hers' }, hers)
    const service = await services.database.as('fintwin_transaction')
    const asAsha = (sql: string, parameters: string[]) =>
      asPerson(service, asha.id, (tx) => tx.unsafe(sql, parameters))
    const insert = 'insert into annotations (posting_id, owner_id, note) values ($1, $2, $3)'
    for (const owner of [asha.id, bela.id])
      await expect(asAsha(insert, [hers, owner, 'x'])).rejects.toMatchObject({ code: '42501' })
    await expect(asAsha(insert, [id, bela.id, 'x'])).rejects.toMatchObject({ code: '42501' })
    expect(await asAsha('select * from annotations', [])).toHaveLength(0)
    for (const sql of ['update annotations set note = $1', 'delete from annotations where note <> $1'])
      expect((await asAsha(sql, ['x'])).count).toBe(0)
    expect((await call(bela, 'GET', `/transactions/${hers}`)).body.note).toBe('Hers')
  })
})
