// What as_of means, to the microsecond.
import { expect, it } from 'vitest'
import { readAsOf } from '../src/rules/read-as-of.ts'

it.each([
  ['0', { position: 0 }],
  ['17', { position: 17 }],
  ['9999999999', { position: 2_147_483_647 }],
  ['2026-01-31T18:30:00Z', { instant: '2026-01-31T18:30:00.000999Z' }],
  ['2026-01-31T18:30:00.5Z', { instant: '2026-01-31T18:30:00.500999Z' }],
  ['2026-01-31T18:30:00.123Z', { instant: '2026-01-31T18:30:00.123999Z' }],
  ['2026-01-31T18:30:00.1230Z', { instant: '2026-01-31T18:30:00.123000Z' }],
  ['2026-01-31T18:30:00.123001+05:30', { instant: '2026-01-31T18:30:00.123001+05:30' }],
  ['2026-01-31T18:30:00.1230019999-08:00', { instant: '2026-01-31T18:30:00.123001-08:00' }],
])('takes %s', (text, asOf) => {
  expect(readAsOf(text)).toEqual(asOf)
})

it.each(['1899-12-31T23:59:59Z', '2016-12-31T23:59:60Z', 'yesterday', '2026-01-31', ''])(
  'refuses %j',
  (text) => {
    expect(readAsOf(text)).toMatchObject({ refused: 'malformed_request' })
  },
)
