// What the short notices say, and when all is normal.
import { expect, it } from 'vitest'
import { composeNotices } from '../../src/rules/compose-notices.ts'

const calm = { score: 10, level: 'low' as const, flags: [], simulations: [], unread: [] }
const simulation = (alert_level: 'low' | 'high') => ({
  scenario: 'rate_change',
  alert_level,
  recommendation: 'Keep it.',
})

it('says so when all is normal', () => {
  expect(composeNotices(calm)).toEqual([
    { message: 'All is normal: the risk score is 10 of 100.', type: 'Info' },
  ])
  expect(composeNotices({ ...calm, simulations: [simulation('low')], unread: [{ type: 'info' }] })).toEqual([
    { message: 'All is normal: the risk score is 10 of 100.', type: 'Info' },
    { message: '1 notification not read yet.', type: 'Info' },
  ])
})

it('puts what is at risk first', () => {
  const notices = composeNotices({
    score: 45,
    level: 'medium',
    flags: ['Low.', 'Below zero.'],
    simulations: [simulation('low'), simulation('high'), simulation('high')],
    unread: [{ type: 'risk' }, { type: 'alert' }, { type: 'info' }],
  })
  expect(notices).toEqual([
    { message: 'The risk score is 45 of 100, which is medium.', type: 'Risk' },
    { message: 'Low.', type: 'Risk' },
    { message: 'Below zero.', type: 'Risk' },
    { message: 'A recent simulation (rate change) came out high. Keep it.', type: 'Alert' },
    { message: '2 warnings not read yet.', type: 'Alert' },
    { message: '1 notification not read yet.', type: 'Info' },
  ])
})

it('tells a flag of a low score without calling it a risk level', () => {
  expect(composeNotices({ ...calm, score: 20, flags: ['Low.'] })).toEqual([{ message: 'Low.', type: 'Risk' }])
})
