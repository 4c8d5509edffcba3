// A person who schedules transactions, for tests: short calls, and a way to let days pass for one schedule.
import { addDays } from '@fintwin/ledger-rules'
import type { CallAnswer, TestPerson, TestServices } from '@fintwin/testing'
import { expect, vi } from 'vitest'

export const today = (): string => new Date().toISOString().slice(0, 10)
export const inDays = (days: number): string => addDays(today(), days)

export interface Planner extends TestPerson {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<CallAnswer>
  /** Plans a payment of 100 to a landlord from today on, in UTC, unless told. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer, field by field.
  plan(change?: object): Promise<any>
  deposit(amount: number): Promise<void>
  balance(): Promise<number>
  /** What its schedule posted, as `date amount`, oldest first. */
  posted(): Promise<string[]>
  /** What became of a schedule's dates, as `date state`, oldest first. */
  became(scheduleId: string): Promise<string[]>
}

export async function newPlanner(services: TestServices, name = 'Asha Rao'): Promise<Planner> {
  const person = await services.register(name)
  const call: Planner['call'] = (method, path, body, headers = {}) =>
    services.call('transaction', method, path, { token: person.token, body, headers })
  return {
    ...person,
    call,
    async plan(change = {}) {
      const body = {
        type: 'withdrawal',
        amount: 100,
        counterparty: 'Landlord',
        frequency: 'daily',
        start_on: today(),
        time_zone: 'UTC',
        ...change,
      }
      const answer = await call('POST', '/transactions/schedules', body)
      expect(answer.status, answer.text).toBe(201)
      return answer.body
    },
    async deposit(amount) {
      const answer = await call('POST', '/transactions', { type: 'deposit', amount })
      expect(answer.status, answer.text).toBe(201)
    },
    balance: async () =>
      (await services.call('account', 'GET', `/accounts/${person.id}`, { token: person.token })).body.balance,
    async posted() {
      const { body } = await call('GET', '/transactions?limit=500')
      return body
        .filter(({ counterparty }: { counterparty: string | null }) => counterparty !== null)
        .map(
          ({ effective_at, amount }: { effective_at: string; amount: number }) =>
            `${effective_at.slice(0, 10)} ${amount}`,
        )
        .toReversed()
    },
    async became(scheduleId) {
      const { body } = await call('GET', `/transactions/schedules/${scheduleId}/occurrences?limit=500`)
      return body.map(({ date, state }: { date: string; state: string }) => `${date} ${state}`).toReversed()
    },
  }
}

/**
 * Lets a schedule have begun on an earlier day, with nothing posted of it since: as if no worker had run. Its limits are not moved.
 */
export async function beginAt(services: TestServices, scheduleId: string, day: string): Promise<void> {
  await services.database.admin`
    update transaction.schedules set start_on = ${day}::date, open_from = ${day}::date, next_due_at = ${day}::date at time zone 'UTC',
      created_at = ${day}::date at time zone 'UTC'
    where id = ${scheduleId}`
}

/** Until the workers have nothing left to do. */
export async function settleAll(services: TestServices): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await services.database.admin<{ due: number }[]>`
        select count(*)::int as due from transaction.schedules where state = 'active' and next_due_at <= now()`
      expect(row?.due).toBe(0)
    },
    { timeout: 25_000, interval: 25 },
  )
}
