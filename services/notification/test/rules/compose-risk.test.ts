// Which changes of risk and which simulations are worth telling.
import { describe, expect, it } from 'vitest'
import { composeRiskChange, composeSimulation } from '../../src/rules/compose-risk.ts'

describe('a change of risk', () => {
  it.each([
    [10, 39, false],
    [39, 40, true],
    [10, 80, true],
    [40, 55, false],
    [55, 45, false],
    [80, 10, false],
  ])('from %s to %s is told: %s', (previous_score, score, isTold) => {
    const change = { account_id: 'a', score, previous_score, alert_level: 'medium', flags: ['Low.'] }
    const notice = composeRiskChange(change, 'Savings')
    expect(notice !== undefined).toBe(isTold)
    if (notice) {
      expect(notice.type).toBe('risk')
      expect(notice.message).toBe(
        `The risk score of Savings rose from ${previous_score} to ${score} of 100, which is medium. Low.`,
      )
    }
  })
})

describe('a simulation', () => {
  it.each([
    ['low', undefined],
    ['medium', 'Some risk in a simulation'],
    ['high', 'High risk in a simulation'],
  ])('of level %s', (alert_level, title) => {
    const simulation = {
      simulation_id: 's',
      account_id: 'a',
      scenario: 'rate_change',
      risk_score: 50,
      alert_level,
      recommendation: 'Wait.',
    }
    expect(composeSimulation(simulation, 'Savings')?.title).toBe(title)
    if (title)
      expect(composeSimulation(simulation, 'Savings')).toMatchObject({
        type: 'alert',
        message: 'The rate change you tried on Savings scores 50 of 100. Wait.',
      })
  })
})
