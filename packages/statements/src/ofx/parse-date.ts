// OFX dates: `20110727160000.000[-5:EST]` and what banks make of them.

export type OfxDate = {
  /** RFC 3339 in UTC. */
  at: string
  /** The calendar day as written, `YYYY-MM-DD`. */
  day: string
}

const DATE =
  /^(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ]?(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?)?\s*(Z|[+-]\d{2}:\d{2}|\[[^\]]{0,24}\]?)?$/i

const MAX_OFFSET_MINUTES = 14 * 60

const ZONE_OFFSET_MINUTES: ReadonlyMap<string, number> = new Map([
  ...(['GMT', 'UTC', 'Z', 'WET'] as const).map((name) => [name, 0] as const),
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['CET', 60],
  ['CEST', 120],
])

/**
 * A date of OFX, or undefined if it is none. As OFX has it, a time without a zone is in UTC. A day without a time is put
 * at noon UTC, not at OFX's midnight, so that it is still that day for a reader in Chicago or in Auckland.
 */
export function parseOfxDate(text: string): OfxDate | undefined {
  const match = DATE.exec(text)
  if (!match) return undefined
  const [, year, , month, date, hour, minute = '00', second = '00', fraction = '0', zone] = match
  if (!isCalendarDay(Number(year), Number(month), Number(date))) return undefined
  const day = `${year}-${month}-${date}`
  if (hour === undefined) return { at: `${day}T12:00:00.000Z`, day }

  if (Number(minute) > 59 || Number(second) > 59) return undefined
  if (Number(hour) > 24 || (hour === '24' && Number(minute + second + fraction) > 0)) return undefined
  const offsetMinutes = zone === undefined ? 0 : parseOffset(zone)
  if (offsetMinutes === undefined) return undefined
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  const local =
    Date.parse(`${day}T00:00:00Z`) +
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
    milliseconds
  return { at: new Date(local - offsetMinutes * 60_000).toISOString(), day }
}

function isCalendarDay(year: number, month: number, date: number): boolean {
  if (year < 1900 || year >= 2200) return false
  const day = new Date(Date.UTC(year, month - 1, date))
  return day.getUTCMonth() === month - 1 && day.getUTCDate() === date
}

/** Minutes east of UTC from `Z`, `+05:30`, `[-5:EST]`, `[+5.5:IST]`, `[+5.30:IST]`, `[+0530]` or `[EST]`. */
function parseOffset(zone: string): number | undefined {
  const inside = zone
    .replace(/^\[|\]$/g, '')
    .trim()
    .toUpperCase()
  const match =
    /^([+-]?)(\d{2})(\d{2})(?::[^\d].*)?$/.exec(inside) ??
    /^([+-]?)(\d{1,2})(?:([.:])(\d{1,2}))?(?::.*)?$/.exec(inside)
  // A name alone that we do not know is no reason to refuse a date: it is read as UTC, as if it were not there.
  if (!match) return ZONE_OFFSET_MINUTES.get(inside.replace(/^:/, '')) ?? (/\d/.test(inside) ? undefined : 0)
  const minutes =
    Number(match[2]) * 60 + (match.length === 4 ? Number(match[3]) : minutesPastHour(match[3], match[4]))
  if (minutes > MAX_OFFSET_MINUTES) return undefined
  return match[1] === '-' ? -minutes : minutes
}

/** OFX writes a part of an hour as a decimal fraction; where that gives no quarter of an hour, minutes were meant. */
function minutesPastHour(separator: string | undefined, digits: string | undefined): number {
  if (digits === undefined) return 0
  const asFraction = Number(`0.${digits}`) * 60
  return separator === '.' && asFraction % 15 === 0 ? asFraction : Number(digits)
}
