// Short notices from what several services know: the score, recent simulations, unread notifications.
import type { Notification, PastSimulation, RiskNotice } from '@fintwin/contracts'
import type { AlertLevel } from '@fintwin/risk-model'

export interface NoticeFacts {
  score: number
  level: AlertLevel
  flags: string[]
  /** Newest first. */
  simulations: Pick<PastSimulation, 'scenario' | 'alert_level' | 'recommendation'>[]
  unread: Pick<Notification, 'type'>[]
}

/** What is at risk comes first; when nothing is, the list says so. */
export function composeNotices(facts: NoticeFacts): RiskNotice[] {
  const warnings = [...composeRisks(facts), ...composeAlerts(facts)]
  const normal: RiskNotice = {
    message: `All is normal: the risk score is ${facts.score} of 100.`,
    type: 'Info',
  }
  return [...(warnings.length > 0 ? warnings : [normal]), ...composeInfos(facts)]
}

function composeRisks({ score, level, flags }: NoticeFacts): RiskNotice[] {
  const summary = `The risk score is ${score} of 100, which is ${level}.`
  const messages = level === 'low' ? flags : [summary, ...flags]
  return messages.map((message) => ({ message, type: 'Risk' }))
}

function composeAlerts({ simulations, unread }: NoticeFacts): RiskNotice[] {
  const risky = simulations.find(({ alert_level }) => alert_level === 'high')
  const unreadCount = unread.filter(({ type }) => type !== 'info').length
  const messages = [
    ...(risky
      ? [`A recent simulation (${nameOf(risky.scenario)}) came out high. ${risky.recommendation}`]
      : []),
    ...(unreadCount > 0 ? [`${countOf(unreadCount, 'warning')} not read yet.`] : []),
  ]
  return messages.map((message) => ({ message, type: 'Alert' }))
}

function composeInfos({ unread }: NoticeFacts): RiskNotice[] {
  const count = unread.filter(({ type }) => type === 'info').length
  return count > 0 ? [{ message: `${countOf(count, 'notification')} not read yet.`, type: 'Info' }] : []
}

const nameOf = (scenario: string): string => scenario.replace('_', ' ')
/** The list is read up to its cap, so a full one may be longer. */
const countOf = (count: number, noun: string): string =>
  `${count >= 500 ? '500 or more' : count} ${noun}${count === 1 ? '' : 's'}`
