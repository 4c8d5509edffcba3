// What comes over the wire besides the data: the next page, what went wrong, and keys for what is sent.
import { expect, test } from 'vitest'
import { idempotencyKeys, randomKey } from '../src/features/session/idempotency-key.ts'
import { nextCursor } from '../src/features/session/next-cursor.ts'
import { fieldError, parseProblem } from '../src/features/session/problem.ts'
import { safePath } from '../src/features/session/safe-path.ts'

test.each([
  ['</api/transactions/?limit=100&cursor=abc>; rel="next"', 'abc'],
  ['<https://x.example/a?cursor=1>; rel="prev", </transactions?cursor=a%2Bb>; rel=next', 'a+b'],
  ['</api/transactions/?cursor=abc>; rel="prev"', null],
  ['</api/transactions/>; rel="next"', null],
  [undefined, null],
])('finds the next page in %s', (link, cursor) => {
  expect(nextCursor(link)).toBe(cursor)
})

test('reads a problem document', () => {
  const problem = parseProblem(422, {
    code: 'insufficient_funds',
    detail: 'There is not enough.',
    errors: [{ pointer: '/amount', detail: 'Too much.' }, 'nonsense'],
  })
  expect(problem).toMatchObject({ status: 422, code: 'insufficient_funds', detail: 'There is not enough.' })
  expect(problem.errors).toHaveLength(1)
  expect(fieldError(problem, 'amount')).toBe('Too much.')
  expect(fieldError(problem, 'note')).toBeUndefined()
})

test('has a sentence for what is no problem document', () => {
  expect(parseProblem(502, '<html>Bad gateway</html>').detail).toMatch(/not available/)
  expect(parseProblem(429, null).detail).toMatch(/wait/i)
})

test('keeps the key while the same thing is sent, and takes a new one for another or after it arrived', () => {
  const keys = idempotencyKeys()
  const first = keys.keyFor({ amount: '5' })
  expect(keys.keyFor({ amount: '5' })).toBe(first)
  expect(keys.keyFor({ amount: '6' })).not.toBe(first)
  const second = keys.keyFor({ amount: '6' })
  keys.settle()
  expect(keys.keyFor({ amount: '6' })).not.toBe(second)
})

test('makes keys that are random UUIDs', () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(Array.from({ length: 100 }, randomKey)).size).toBe(100)
})

test.each([
  ['/twin?account=1', '/twin?account=1'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [undefined, '/'],
])('goes from sign-in to %s only within the app', (next, path) => {
  expect(safePath(next)).toBe(path)
})
