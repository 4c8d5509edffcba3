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
export {
  computeAvailable,
  decidePosting,
  type LedgerAccountState,
  type LedgerRefusal,
  type Leg,
  type ProposedPosting,
} from './decide-posting.ts'
