// What to tell a person about a scheduled transaction that was refused: which one, why, and what can be done.
import type { EventPayloads } from '@fintwin/contracts'
import { type CurrencyCode, formatMoney } from '@fintwin/money'

export interface RefusalNotice {
  title: string
  message: string
  type: 'alert'
}

export function composeRefusal(
  refused: EventPayloads['schedule.refused'],
  accountName: string,
  locale: string,
): RefusalNotice {
  const { type, counterparty, note, due_on: dueOn, detail } = refused
  const amount = formatMoney(BigInt(refused.amount_minor), refused.currency as CurrencyCode, locale)
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${dueOn}T00:00:00Z`),
  )
  const isIn = type === 'deposit'
  const party = counterparty ? ` ${isIn ? 'from' : 'to'} ${counterparty}` : note ? ` (${note})` : ''
  const happened = isIn ? `was not posted to ${accountName}` : `was not paid from ${accountName}`
  const message =
    `${amount}${party}, scheduled for ${day}, ${happened}. ${detail} ` +
    'You can try it again under Scheduled; the next dates stay as planned.'
  return {
    title: isIn ? 'Scheduled deposit refused' : 'Scheduled payment refused',
    message: message.slice(0, 2000),
    type: 'alert',
  }
}
