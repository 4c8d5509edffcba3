// What to tell the owner of a hold that ended without them: a delayed transfer that was refused, a hold that was declined or that expired.
import type { EventPayloads } from '@fintwin/contracts'
import { type CurrencyCode, formatMoney } from '@fintwin/money'

export interface HoldNotice {
  title: string
  message: string
  type: 'alert' | 'info'
}

/** Undefined where there is no news in it: the owner did it, or it was for the other side to know. */
export function composeHold(
  released: EventPayloads['hold.released'],
  accountName: string,
  locale: string,
): HoldNotice | undefined {
  const { side, settled_by: settledBy, reason, counterparty, note, is_delayed: isDelayed } = released
  if (side !== 'sent' || settledBy === 'owner') return undefined
  const amount = formatMoney(BigInt(released.amount_minor), released.currency as CurrencyCode, locale)
  const withNote = (message: string): string => (note ? `${message} Note: ${note}` : message).slice(0, 2000)
  if (isDelayed) {
    const to = counterparty ? ` to ${counterparty}` : ''
    const why = reasons[reason ?? ''] ?? 'it was refused'
    const message = `Your transfer of ${amount}${to} from ${accountName} did not go at its time: ${why}. The money is available again.`
    return { title: 'Transfer not sent', message: withNote(message), type: 'alert' }
  }
  const held = `${amount} that you had set aside in ${accountName}${counterparty ? ` for ${counterparty}` : ''}`
  return settledBy === 'recipient'
    ? {
        title: 'Hold declined',
        message: withNote(`${held} was declined and is available again.`),
        type: 'info',
      }
    : {
        title: 'Hold expired',
        message: withNote(`${held} was not taken in time and is available again.`),
        type: 'info',
      }
}

/** The account on the side of whoever is told. */
export function ownAccountOf({ side, account_id, to_account }: EventPayloads['hold.placed']): string {
  return side === 'received' && to_account !== null ? to_account : account_id
}

const reasons: Record<string, string> = {
  account_frozen: 'the account was frozen',
  account_closed: 'the account it was for was closed',
  insufficient_funds: 'there was not enough money left',
  balance_out_of_range: 'the account it was for could not take it',
}
