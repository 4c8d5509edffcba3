// How money that is set aside is called, until when, and what can be done with it.
import { formatDay } from '../../ui/format-date.ts'
import { locale } from '../../ui/format-money.ts'
import type { Hold } from './get-holds.ts'

type Names = ReadonlyMap<string, string>

/** What a hold is to the reader: their own payment to come, their own transfer that waits, or something in their favour. */
export type HoldKind = 'payment' | 'transfer' | 'incoming'

export function kindOf(hold: Hold, own: Names): HoldKind {
  if (!own.has(hold.account_id)) return 'incoming'
  return hold.capture_at === null ? 'payment' : 'transfer'
}

/** `Taj Hotel`, `Transfer to Trip`, `Set aside for you`: the best name there is. */
export function holdTitle(hold: Hold, own: Names): string {
  const { counterparty, note, to_account: to } = hold
  const kind = kindOf(hold, own)
  if (kind === 'incoming') return note ?? 'Set aside for you'
  if (counterparty ?? note) return (counterparty ?? note) as string
  const toName = to === null ? undefined : own.get(to)
  if (toName) return `Transfer to ${toName}`
  if (kind === 'transfer') return to === null ? 'Withdrawal' : 'Transfer to another account'
  return to === null ? 'Set aside' : 'Set aside for another account'
}

/** `Goes in 9 minutes`, `Expires tomorrow at 2:05 pm`, `Until it is paid or released`. */
export function holdTime(hold: Hold, now: Date): string {
  if (hold.capture_at) return `Goes ${timeUntil(new Date(hold.capture_at), now)}`
  if (hold.expires_at) return `Expires ${timeUntil(new Date(hold.expires_at), now)}`
  return 'Until it is paid or released'
}

const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })

/** `any moment now`, `in less than a minute`, `in 9 minutes`, `in 3 hours`, `tomorrow at 2:05 pm`, `on 3 Oct`. */
export function timeUntil(at: Date, now: Date): string {
  const seconds = Math.ceil((at.getTime() - now.getTime()) / 1000)
  if (seconds <= 0) return 'any moment now'
  if (seconds < 60) return 'in less than a minute'
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
  const day = formatDay(at, now)
  if (day === 'Today') return minutes < 90 ? 'in an hour' : `in ${Math.round(minutes / 60)} hours`
  return day === 'Tomorrow' ? `tomorrow at ${clock.format(at)}` : `on ${day}`
}

/** What the buttons of a hold say: the one that pays, and the one that lets go. */
export function holdVerbs(kind: HoldKind): { pay: string; letGo: string } {
  if (kind === 'transfer') return { pay: 'Send now', letGo: 'Undo' }
  return kind === 'incoming' ? { pay: 'Take it', letGo: 'Decline' } : { pay: 'Pay', letGo: 'Release' }
}

/** What was done, for the message about it. */
export function doneTitle(kind: HoldKind, did: 'pay' | 'letGo'): string {
  const titles = {
    payment: { pay: 'Paid', letGo: 'Released' },
    transfer: { pay: 'Transfer sent', letGo: 'Transfer undone' },
    incoming: { pay: 'Taken', letGo: 'Declined' },
  }
  return titles[kind][did]
}
