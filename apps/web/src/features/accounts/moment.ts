// A moment that a person picks, to the minute of their own clock: `2026-01-31T18:30`, as a date-and-time field has it.
import { toDay } from '../../ui/format-date.ts'

export type Moment = string

export function momentOf(at: Date): Moment {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${toDay(at)}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The last instant of the minute, so that what was posted within it is there. Undefined for what is no moment, or one before 1900. */
export function endOfMinute(moment: Moment): string | undefined {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime()) || at.getFullYear() < 1900) return undefined
  at.setSeconds(59, 999)
  return at.toISOString()
}
