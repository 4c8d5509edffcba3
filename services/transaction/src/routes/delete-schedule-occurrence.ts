// DELETE /transactions/schedules/{id}/occurrences/{date}: leaves one occurrence out.
import { Occurrence, OccurrenceParams } from '@fintwin/contracts'
import { type App, asPerson, isRefusal, Refused, type ServiceDeps } from '@fintwin/platform'
import { requireSchedule, skipOccurrence } from '../change-schedule.ts'

export function deleteScheduleOccurrence(app: App, deps: ServiceDeps): void {
  app.delete(
    '/transactions/schedules/:id/occurrences/:date',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Leave one occurrence out',
        params: OccurrenceParams,
        response: { 200: Occurrence },
      },
    },
    (request) => {
      const ownerId = request.caller.personId
      const { id, date } = request.params
      return asPerson(deps.database, ownerId, async (tx) => {
        const { schedule } = await requireSchedule(tx, ownerId, id)
        const skipped = await skipOccurrence(tx, schedule, date)
        if (isRefusal(skipped)) throw new Refused(skipped)
        return skipped
      })
    },
  )
}
