// A span of days in a query must be of days that the ledger can be asked for.
import { Refused, refuse } from '@fintwin/platform'
import { isKeepableInstant } from './rules/is-keepable-instant.ts'

/** @throws Refused `malformed_request` for a day before 1900. */
export function refuseOddDays(...days: (string | undefined)[]): void {
  if (days.some((day) => day !== undefined && !isKeepableInstant(day)))
    throw new Refused(refuse('malformed_request', 'A day must be one from 1900-01-01 on.'))
}
