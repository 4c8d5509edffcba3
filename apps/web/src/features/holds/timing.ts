// When a payment goes: now, later, or only once it is taken.

export type Timing = 'now' | 'soon' | 'tomorrow' | 'set_aside'

const minuteS = 60
const dayS = 86_400

/** What a hold is asked for, to be paid at that time or to be kept for a while; undefined for a payment that goes now. */
export function holdTimes(timing: Timing): { capture_in_s: number } | { expires_in_s: number } | undefined {
  if (timing === 'soon') return { capture_in_s: 10 * minuteS }
  if (timing === 'tomorrow') return { capture_in_s: dayS }
  return timing === 'set_aside' ? { expires_in_s: 7 * dayS } : undefined
}

/** A transfer can wait; money that leaves can also be set aside until it is asked for. */
export function timingsOf(type: string): readonly Timing[] {
  if (type === 'transfer') return ['now', 'soon', 'tomorrow', 'set_aside']
  return type === 'withdrawal' ? ['now', 'set_aside'] : ['now']
}

export const timingWords: Record<Timing, { option: string; hint: string | undefined; verb: string }> = {
  now: { option: 'Now', hint: undefined, verb: 'Post transaction' },
  soon: { option: 'In 10 minutes', hint: 'It can be undone until it goes.', verb: 'Send in 10 minutes' },
  tomorrow: {
    option: 'Tomorrow at this time',
    hint: 'It can be undone until it goes.',
    verb: 'Send tomorrow',
  },
  set_aside: {
    option: 'Not yet: set it aside for 7 days',
    hint: 'The money stays in the account, and cannot be spent on anything else.',
    verb: 'Set aside',
  },
}
