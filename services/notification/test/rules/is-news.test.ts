// History is not news.
import { describe, expect, it } from 'vitest'
import { isNews } from '../../src/rules/is-news.ts'

describe('isNews', () => {
  it.each([
    ['2026-11-24T10:00:00.000Z', true],
    ['2026-11-23T10:00:00.000Z', true],
    ['2026-11-23T09:59:59.999Z', false],
    ['2024-01-01T00:00:00.000Z', false],
  ])('of %s, told on the 24th at ten: %s', (effective_at, expected) => {
    expect(isNews({ effective_at, created_at: '2026-11-24T10:00:00.000Z' })).toBe(expected)
  })
})
