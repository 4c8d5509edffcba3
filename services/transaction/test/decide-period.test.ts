// The days a statement is of.
import { describe, expect, it } from 'vitest'
import { decidePeriod } from '../src/rules/decide-period.ts'

describe('the period of a statement', () => {
  it.each([
    [{}, { from: '2025-11-24', to: '2026-11-24' }],
    [{ to: '2024-02-29' }, { from: '2023-02-28', to: '2024-02-29' }],
    [{ from: '2026-11-24' }, { from: '2026-11-24', to: '2026-11-24' }],
    [
      { from: '2020-01-01', to: '2030-01-01' },
      { from: '2020-01-01', to: '2030-01-01' },
    ],
    [{ from: '2026-11-25' }, undefined],
    [{ from: '2024-02-01', to: '2024-01-31' }, undefined],
  ])('asked for as %j is %j', (asked, period) => {
    expect(decidePeriod(asked, '2026-11-24')).toEqual(period)
  })
})
