// Every route of the six documents, tried with another person's ids: a new route is tried by itself.
import type { CallAnswer } from '@fintwin/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { eventually, expectProblem, malformedIds, unknownId } from '../expectations.ts'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { type ApiOperation, listOperations } from '../openapi.ts'
import { addHolding, callApi, deposit, newPerson, openAccount, type Person, simulate } from '../person.ts'
import { sampleBody } from './sample-body.ts'

const publicCalls = /^(POST \/auth\/|GET \/(health|ready|events)$)/
const nameOf = ({ method, path }: ApiOperation): string => `${method} ${path}`

let fintwin: FinTwin
let operations: ApiOperation[]
let asha: Person
let bela: Victim

/** Whose things others reach for. */
interface Victim {
  person: Person
  accounts: string[]
  others: string[]
  state(): Promise<string>
}

beforeAll(async () => {
  fintwin = await openFinTwin()
  operations = (await listOperations(fintwin)).filter((operation) => !publicCalls.test(nameOf(operation)))
  asha = await newPerson(fintwin, 'Asha Rao')
  await deposit(asha, 1000)
  bela = await openVictim(fintwin)
}, 120_000)

async function openVictim(fintwin: FinTwin): Promise<Victim> {
  const person = await newPerson(fintwin, 'Bela Shah')
  const accounts = [person.id, await openAccount(person, { type: 'portfolio', name: 'Bela’s other' })]
  const transaction = (await deposit(person, 4321.09, { note: 'Bela’s secret' })).body.id
  await person.put(`/transactions/${transaction}/annotation`, { note: 'Bela’s own words' })
  const hold = (await person.post('/transactions/holds', { amount: 4321.09, note: 'Bela’s' })).body.id
  const schedule = await openSchedule(person)
  const holding = await addHolding(person, { ticker: 'BELA', company_name: 'Bela’s holding' })
  const simulation = (await simulate(person, { amount: 4000 })).body.id
  const notifications = await eventually(async () => {
    const { body } = await person.get('/notifications/')
    // The risk is told last, by way of another service.
    const titles = body.map(({ title }: { title: string }) => title)
    expect(titles).toEqual(
      expect.arrayContaining(['Money in', 'Some risk in a simulation', 'Risk is rising']),
    )
    return body.map(({ id }: { id: string }) => id)
  }, 20_000)
  return {
    person,
    accounts,
    others: [transaction, hold, schedule, holding, simulation, ...notifications],
    state: () => readState(person, [`/transactions/holds/${hold}`]),
  }
}

async function openSchedule(person: Person): Promise<string> {
  const body = {
    type: 'deposit',
    amount: 4321.09,
    note: 'Bela’s',
    frequency: 'weekly',
    start_on: '2090-01-31',
  }
  const { body: schedule } = await person.post('/transactions/schedules', body)
  await person.delete(`/transactions/schedules/${schedule.id}/occurrences/2090-02-07`)
  return schedule.id
}

async function readState(person: Person, morePaths: string[]): Promise<string> {
  const paths = [
    ...morePaths,
    '/accounts/',
    '/transactions/?limit=500',
    '/transactions/schedules',
    '/portfolio/',
    '/notifications/?limit=500',
    `/notifications/count/${person.id}`,
    `/simulate/history/${person.id}`,
    `/risk/flags/${person.id}`,
  ]
  return JSON.stringify(await Promise.all(paths.map(async (path) => (await person.get(path)).text)))
}

/** Whether a path parameter names an account; any other names a thing of its service. */
function namesAccount({ path }: ApiOperation, parameter: string): boolean {
  return parameter === 'account_id' || (/^\/accounts\/\{/.test(path) && parameter === 'id')
}

const tried = (): ApiOperation[] => operations.filter(({ isInternal }) => !isInternal)

async function callWith(operation: ApiOperation, id: string, token = asha.token): Promise<CallAnswer> {
  const path = operation.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id))
  const body = sampleBody(operation.body, bela.person.id)
  return callApi(fintwin, operation.method, path, { token, body })
}

/** Nothing of Bela's is in it, but what the caller wrote into the request. */
function expectNothingOfBela({ text }: CallAnswer, sent: string): void {
  const secrets = [...bela.accounts, ...bela.others, bela.person.email, 'Bela', 'BELA', '4321.09']
  for (const secret of secrets.filter((one) => !sent.includes(one))) expect(text).not.toContain(secret)
}

describe('a person with another’s ids', () => {
  it('meets enough routes for this to mean something', () => {
    expect(tried().filter(({ pathParameters }) => pathParameters.length > 0).length).toBeGreaterThanOrEqual(
      16,
    )
  })

  it('gets 403 for accounts and 404 for the rest, the same for those that exist, never did, or cannot', async () => {
    const before = await bela.state()
    const forbidden = new Set<string>()
    for (const operation of tried().filter(({ pathParameters }) => pathParameters.length > 0)) {
      const isAccount = operation.pathParameters.every((parameter) => namesAccount(operation, parameter))
      const bodies = new Set<string>()
      for (const id of [...bela.accounts, ...bela.others, unknownId, ...malformedIds]) {
        const answer = await callWith(operation, id)
        expectProblem(answer, isAccount ? 403 : 404)
        bodies.add(answer.text)
        if (isAccount) forbidden.add(answer.text)
      }
      expect([...bodies], nameOf(operation)).toHaveLength(1)
    }
    expect([...forbidden]).toHaveLength(1)
    expect(await bela.state()).toBe(before)
  }, 120_000)

  it('gets nothing of theirs by a body or a query', async () => {
    const before = await bela.state()
    for (const operation of tried().filter(({ pathParameters }) => pathParameters.length === 0)) {
      for (const id of [...bela.accounts, ...bela.others.slice(0, 3), unknownId, 'x']) {
        const query = operation.queryParameters
          .filter((name) => /account|owner|user|cursor|^q$|_id$/.test(name))
          .map((name) => `${name}=${encodeURIComponent(id)}`)
          .join('&')
        const body = sampleBody(operation.body, id)
        const answer = await callApi(fintwin, operation.method, `${operation.path}?${query}`, {
          token: asha.token,
          body,
        })
        expect(answer.status, `${nameOf(operation)}: ${answer.text}`).toBeLessThan(500)
        if (answer.status < 300) expectNothingOfBela(answer, query + JSON.stringify(body ?? null))
        else expectProblem(answer, answer.status)
      }
    }
    expect(await bela.state()).toBe(before)
  }, 120_000)

  it('changes nothing of theirs with each verb on each path', async () => {
    const before = await bela.state()
    for (const path of new Set(tried().map((operation) => operation.path))) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        if (
          /^\/(transactions|portfolio\/holdings|accounts|simulate|risk\/analyze)$/.test(path) &&
          method === 'POST'
        )
          continue
        for (const id of [bela.person.id, ...bela.others.slice(0, 3)]) {
          const answer = await callApi(fintwin, method, path.replaceAll(/\{\w+\}/g, id), {
            token: asha.token,
            body: { balance: 1, current_price: 1 },
          })
          expect(answer.status, `${method} ${path}: ${answer.text}`).toBeGreaterThanOrEqual(400)
          expect(answer.status).toBeLessThan(500)
        }
      }
    }
    expect(await bela.state()).toBe(before)
  }, 120_000)

  it('cannot take another’s account as the source of a transfer, one by one or in a batch', async () => {
    const before = await bela.state()
    const transfer = { account_id: bela.person.id, type: 'transfer', amount: 1, to_account: asha.id }
    for (const account_id of bela.accounts) {
      expectProblem(await asha.post('/transactions/', { ...transfer, account_id }), 422, 'same_account')
      await asha.post('/transactions/', { account_id, type: 'withdrawal', amount: 1 })
    }
    const { body } = await asha.post('/transactions/batch', {
      mode: 'independent',
      transactions: [transfer, { ...transfer, to_account: unknownId }],
    })
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([422, 404])
    expect(await bela.state()).toBe(before)
  })

  it('gets nothing of theirs with another’s cursor', async () => {
    await deposit(bela.person, 1)
    const link = (await bela.person.get('/transactions/?limit=1')).headers.get('link') ?? ''
    const next = /<\/api([^>]+)>/.exec(link)?.[1] ?? ''
    expect(next).toContain('cursor=')
    expectNothingOfBela(await asha.get(next), '')
  })
})
