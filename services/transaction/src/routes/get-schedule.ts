// GET /transactions/schedules/{id}: one of the caller's schedules, with its next twelve occurrences.
import { IdParams, Schedule } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { renderOneSchedule } from '../render-schedule.ts'
import { findSchedule } from '../store/schedules.ts'

export function getSchedule(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/schedules/:id',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Show one of my scheduled transactions',
        params: IdParams,
        response: { 200: Schedule },
      },
    },
    (request) => {
      const { id } = request.params
      const { personId } = request.caller
      if (!isId(id)) throw new Refused(notFound)
      return asPerson(deps.database, personId, async (tx) => {
        const schedule = await findSchedule(tx, personId, id)
        if (!schedule) throw new Refused(notFound)
        return renderOneSchedule(tx, schedule, new Date())
      })
    },
  )
}
