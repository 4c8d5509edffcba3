// Errors are problem documents that tell a person what went wrong and nobody how FinTwin is built.
import type { CallAnswer } from '@fintwin/testing'
import { expect } from 'vitest'
import { expectProblem, unknownId } from '../expectations.ts'
import type { FinTwin } from '../fintwin.ts'
import { callApi, newPerson, openAccount } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('errors')

/** An error of each kind. */
async function errorsOf(fintwin: FinTwin): Promise<[CallAnswer, number, string][]> {
  const asha = await newPerson(fintwin)
  const dollars = await openAccount(asha, { currency: 'USD' })
  const post = (body: unknown) => asha.post('/transactions/', body)
  return [
    [await post('{"type":'), 400, 'malformed_request'],
    [await post({ type: 'deposit' }), 400, 'malformed_request'],
    [await post({ type: 'deposit', amount: -1 }), 400, 'invalid_amount'],
    [await post({ type: 'transfer', amount: 1 }), 400, 'missing_recipient'],
    [await callApi(fintwin, 'GET', '/accounts/'), 401, 'unauthenticated'],
    [
      await callApi(fintwin, 'POST', '/auth/login', { body: { email: 'x@example.org', password: 'wrong' } }),
      401,
      'wrong_credentials',
    ],
    [await asha.get(`/accounts/${unknownId}`), 403, 'not_your_account'],
    [await asha.get(`/simulate/history/detail/${unknownId}`), 404, 'not_found'],
    [await post({ type: 'transfer', amount: 1, to_account: unknownId }), 404, 'unknown_recipient'],
    [await asha.get('/no-such-thing'), 404, 'not_found'],
    [await asha.get('/accounts/x/y/z'), 404, 'not_found'],
    [await register(fintwin, asha.email), 409, 'email_taken'],
    [await post({ type: 'withdrawal', amount: 1 }), 422, 'insufficient_funds'],
    [await post({ type: 'transfer', amount: 1, to_account: dollars }), 422, 'currency_mismatch'],
    [await post({ type: 'transfer', amount: 1, to_account: asha.id }), 422, 'same_account'],
  ]
}

const register = (fintwin: FinTwin, email: string): Promise<CallAnswer> =>
  callApi(fintwin, 'POST', '/auth/register', {
    body: { name: 'Asha', email, password: 'a long enough passphrase' },
  })

line('problem', 'every kind of error', async (fintwin) => {
  for (const [answer, status, code] of await errorsOf(fintwin)) {
    expectProblem(answer, status, code)
    expect(answer.body.detail, code).toMatch(/[.!?]$/)
    expect(answer.body.type, code).toMatch(/^(urn:|https?:|about:blank)/)
  }
})

line('fields', 'the member at fault, by its pointer', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const cases: [CallAnswer, string][] = [
    [await asha.post('/transactions/', { type: 'deposit' }), '/amount'],
    [await asha.post('/transactions/', { type: 'mint', amount: 1 }), '/type'],
    [await asha.post('/accounts/', { type: 'savings' }), '/name'],
    [await asha.post('/accounts/', { name: 'A', type: 'pocket' }), '/type'],
    [
      await asha.post('/portfolio/holdings', { ticker: 'A', company_name: 'A', quantity: 1, buy_price: 1 }),
      '/current_price',
    ],
    [
      await callApi(fintwin, 'POST', '/auth/register', {
        body: { name: 'A', email: 'not an address', password: 'a long enough one' },
      }),
      '/email',
    ],
    [
      await callApi(fintwin, 'POST', '/auth/register', {
        body: { name: 'A', email: 'a@example.org', password: 'short' },
      }),
      '/password',
    ],
  ]
  for (const [answer, pointer] of cases) {
    expectProblem(answer, 400)
    expect(answer.body.errors, answer.text).toContainEqual({ pointer, detail: expect.stringMatching(/\S/) })
  }
})

line('no-internals', 'hostile input gets a plain sentence', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const answers = [
    await asha.post('/transactions/', { type: 'deposit', amount: 1, note: '\u0000' }),
    await asha.post('/accounts/', { name: 'a\u0000', type: 'savings' }),
    await asha.post('/portfolio/holdings', {
      ticker: 'A\u0000',
      company_name: 'A',
      quantity: 1,
      buy_price: 1,
      current_price: 1,
    }),
    await callApi(fintwin, 'POST', '/auth/register', {
      body: { name: 'a\u0000', email: `zero-${asha.id}@example.org`, password: 'a long enough one' },
    }),
    await asha.post('/transactions/', { type: 'deposit', amount: 1, effective_at: '2016-12-31T23:59:60Z' }),
    await asha.post('/transactions/', { type: 'deposit', amount: 1, effective_at: '0000-01-01T00:00:00Z' }),
    await asha.post('/transactions/', { type: 'deposit', amount: 1, effective_at: 'yesterday' }),
    await asha.get('/transactions/?from=0000-01-01'),
    await asha.get(`/transactions/account/${asha.id}/balances?to=0000-01-01`),
    await asha.post('/transactions/', { type: 'transfer', amount: 1, to_account: "'; select 1; --" }),
    await asha.post('/transactions/', '{"__proto__":{"a":1}}'),
    await asha.post('/transactions/', '[]'),
    await asha.post('/transactions/', 'null'),
    await asha.post('/transactions/', '\u0000'),
    await asha.post('/transactions/', `${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    await asha.post('/transactions/', '<xml/>', { 'content-type': 'application/xml' }),
    await asha.get('/transactions/?limit=abc'),
    await asha.get('/transactions/?offset=-1'),
    await asha.get('/transactions/?from=yesterday'),
    await asha.get('/notifications/?type=nothing'),
    await asha.post('/simulate/', { account_id: asha.id, scenario: 'meteor', amount: 1 }),
    await callApi(fintwin, 'GET', '/accounts/', { token: 'a.b.c' }),
  ]
  for (const [index, answer] of answers.entries()) {
    expect(answer.status, `${index}: ${answer.text}`).toBeGreaterThanOrEqual(400)
    expect(answer.status, `${index}: ${answer.text}`).toBeLessThan(500)
    expectProblem(answer, answer.status)
  }
})
