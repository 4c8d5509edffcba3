// Where a schedule stands: what it still has to do, and when the next of it falls due. Every change of a schedule ends here.
import { addDays, type CalendarDate } from '@fintwin/ledger-rules'
import type { Tx } from '@fintwin/platform'
import { dueInstantOf } from './rules/calendar-day.ts'
import {
  findNextOccurrence,
  type PlannedOccurrence,
  planOccurrences,
  type SchedulePlan,
} from './rules/plan-occurrences.ts'
import { leaveOut, listOpenDates, type OccurrenceRow } from './store/occurrences.ts'
import { type Progress, type ScheduleRow, type ScheduleState, updateProgress } from './store/schedules.ts'

/** Reads its dates again and keeps when the next one falls due. A schedule without a next one has ended; one that has one again goes on. */
export async function advanceSchedule(
  tx: Tx,
  schedule: ScheduleRow,
  { openFrom = schedule.openFrom, state = schedule.state }: Partial<Progress> = {},
): Promise<ScheduleRow> {
  const known = await listOpenDates(tx, [schedule.id])
  return updateProgress(tx, schedule.id, computeProgress({ ...schedule, openFrom, state }, known))
}

export function computeProgress(
  schedule: SchedulePlan & { timeZone: string; state: ScheduleState },
  known: readonly OccurrenceRow[],
): Progress {
  const { openFrom, state, timeZone } = schedule
  const next = findNextOccurrence(schedule, known)
  if (!next) return { openFrom, state: 'ended', nextDueAt: null }
  return {
    openFrom,
    state: state === 'ended' ? 'active' : state,
    nextDueAt: dueInstantOf(next.dueOn, timeZone),
  }
}

/** Leaves out, as such, what fell due while the schedule was paused. */
export async function leaveOutPaused(tx: Tx, schedule: ScheduleRow, now: Date): Promise<ScheduleRow> {
  const known = await listOpenDates(tx, [schedule.id])
  const passed: PlannedOccurrence[] = []
  for (const occurrence of planOccurrences(schedule, known)) {
    if (dueInstantOf(occurrence.dueOn, schedule.timeZone) > now) break
    if (!occurrence.isSkipped) passed.push(occurrence)
  }
  await leaveOut(tx, schedule, passed, { code: 'paused', detail: 'The schedule was paused on that day.' })
  return advanceSchedule(tx, schedule, { openFrom: openAfter(schedule, passed) })
}

/** Dates that only the rule gives settle in their order; those known by themselves keep their row, and move nothing. */
export function openAfter(schedule: ScheduleRow, settled: readonly PlannedOccurrence[]): CalendarDate {
  const last = settled.findLast(({ isKnown }) => !isKnown)
  return last ? addDays(last.date, 1) : schedule.openFrom
}
