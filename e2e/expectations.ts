// What several suites expect of an answer.
import type { CallAnswer } from '@fintwin/testing'
import { expect } from 'vitest'

/** A UUIDv7 that nobody ever got. */
export const unknownId = '01890000-0000-7000-8000-000000000000'

export const malformedIds = [
  'x',
  '1',
  'not-an-id',
  '00000000-0000-0000-0000-000000000000',
  `${unknownId}0`,
  "'; drop table accounts; --",
  'a'.repeat(200),
]

export const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

const internals =
  /\bat .+\.[tj]s:\d|node_modules|\bselect\b.+\bfrom\b|\binsert into\b|postgres|127\.0\.0\.1|:800\d|ECONN|\/src\//i

/** RFC 9457, with a code and one sentence, and nothing of the inside. */
export function expectProblem(answer: CallAnswer, status: number, code?: string): void {
  expect(answer, `${answer.status} ${answer.text}`).toMatchObject({ status, body: { status } })
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer.body.type).toBeTypeOf('string')
  expect(answer.body.title).toMatch(/\S/)
  expect(answer.body.detail).toMatch(/\S/)
  expect(answer.body.code).toMatch(/^[a-z][a-z0-9_]*$/)
  expect(answer.text).not.toMatch(internals)
  if (code) expect(answer.body.code).toBe(code)
}

/** Every member of that name, anywhere in an answer. */
export function valuesOf(body: unknown, name: RegExp): unknown[] {
  if (Array.isArray(body)) return body.flatMap((item) => valuesOf(item, name))
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([key, value]) => [
    ...(name.test(key) ? [value] : []),
    ...valuesOf(value, name),
  ])
}

/** Tries until it holds or the time is over: for what may lag. */
export async function eventually<T>(attempt: () => Promise<T>, withinMs = 5_000): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() >= until) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
