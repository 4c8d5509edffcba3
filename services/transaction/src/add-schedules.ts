// The calls about what is posted later, listed by hand, and the worker that posts it.
import type { App, ServiceDeps } from '@fintwin/platform'
import { deleteSchedule } from './routes/delete-schedule.ts'
import { deleteScheduleOccurrence } from './routes/delete-schedule-occurrence.ts'
import { getSchedule } from './routes/get-schedule.ts'
import { getScheduleOccurrences } from './routes/get-schedule-occurrences.ts'
import { getSchedules } from './routes/get-schedules.ts'
import { postSchedule } from './routes/post-schedule.ts'
import { postScheduleOccurrenceRetry } from './routes/post-schedule-occurrence-retry.ts'
import { postSchedulePause } from './routes/post-schedule-pause.ts'
import { postScheduleResume } from './routes/post-schedule-resume.ts'
import { putSchedule } from './routes/put-schedule.ts'
import { putScheduleOccurrence } from './routes/put-schedule-occurrence.ts'
import { startDueWorker } from './workers/post-due.ts'

export function addSchedules(app: App, deps: ServiceDeps): void {
  const worker = startDueWorker(deps)
  deps.onStop.push(() => worker.stop())
  postSchedule(app, deps, worker)
  getSchedules(app, deps)
  getSchedule(app, deps)
  putSchedule(app, deps, worker)
  deleteSchedule(app, deps)
  postSchedulePause(app, deps)
  postScheduleResume(app, deps, worker)
  getScheduleOccurrences(app, deps)
  putScheduleOccurrence(app, deps, worker)
  deleteScheduleOccurrence(app, deps)
  postScheduleOccurrenceRetry(app, deps)
}
