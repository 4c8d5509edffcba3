// GET /transactions/schedules: the caller's schedules, newest first, each with its next occurrences.
import { Schedule, ScheduleQuery } from '@fintwin/contracts'
import { type App, announceNextPage, asPerson, isId, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { renderSchedules } from '../render-schedule.ts'
import { listSchedules } from '../store/schedules.ts'

export function getSchedules(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/schedules',
    {
      schema: {
        tags: ['schedules'],
        summary: 'List my scheduled transactions',
        querystring: ScheduleQuery,
        response: { 200: Type.Array(Schedule) },
      },
    },
    async (request, reply) => {
      const { limit, offset, cursor } = request.query
      const { personId } = request.caller
      const afterId = isId(cursor) ? cursor : undefined
      const schedules = await asPerson(deps.database, personId, async (tx) => {
        const rows = await listSchedules(tx, personId, { afterId, limit, offset: afterId ? 0 : offset })
        return renderSchedules(tx, rows, new Date())
      })
      const last = schedules.at(-1)
      if (last && schedules.length === limit) announceNextPage(request, reply, last.id)
      return schedules
    },
  )
}
