// The ledger's rules: the same decisions for the live ledger and for a twin.
export {
  addDays,
  type BusinessDayRule,
  type CalendarDate,
  computeDueDates,
  type DueDate,
  findDueDate,
  isCalendarDate,
  type RecurrenceRule,
} from './compute-due-dates.ts'
export { computeRate, type ExchangedAmount } from './compute-rate.ts'
export {
  decideCapture,
  decideHold,
  decideRelease,
  type HoldRefusal,
  type HoldState,
  type ProposedCapture,
} from './decide-hold.ts'
export {
  computeAvailable,
  decidePosting,
  type LedgerAccountState,
  type LedgerRefusal,
  type Leg,
  type ProposedPosting,
} from './decide-posting.ts'
export {
  alreadyReversed,
  decideReversal,
  type Reversal,
  type ReversalKind,
  type ReversalRefusal,
  type StandingPosting,
} from './decide-reversal.ts'
