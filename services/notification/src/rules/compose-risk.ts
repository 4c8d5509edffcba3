// When a change of risk, or a simulation, is worth telling, and what to say.
import type { EventPayloads } from '@fintwin/contracts'

export interface RiskNotice {
  title: string
  message: string
  type: 'risk' | 'alert'
}

const NOTICE_SCORE = 40

/** A score that rises through 40: below it before, at or above it now. Undefined for every other change. */
export function composeRiskChange(
  { score, previous_score, alert_level, flags }: EventPayloads['risk.changed'],
  accountName: string,
): RiskNotice | undefined {
  if (previous_score >= NOTICE_SCORE || score < NOTICE_SCORE) return undefined
  const sentence = `The risk score of ${accountName} rose from ${previous_score} to ${score} of 100, which is ${alert_level}.`
  return { title: 'Risk is rising', message: [sentence, ...flags].join(' '), type: 'risk' }
}

/** A simulation of level medium or high. Undefined for a low one. */
export function composeSimulation(
  { scenario, risk_score, alert_level, recommendation }: EventPayloads['simulation.completed'],
  accountName: string,
): RiskNotice | undefined {
  if (alert_level === 'low') return undefined
  const what = scenario.replace('_', ' ')
  return {
    title: alert_level === 'high' ? 'High risk in a simulation' : 'Some risk in a simulation',
    message: `The ${what} you tried on ${accountName} scores ${risk_score} of 100. ${recommendation}`,
    type: 'alert',
  }
}
