// GET /transactions/schedules/{id}/occurrences: what became of its dates, newest first.
import { IdParams, Occurrence, OccurrenceQuery } from '@fintwin/contracts'
import { isCalendarDate } from '@fintwin/ledger-rules'
import {
  type App,
  announceNextPage,
  asPerson,
  isId,
  notFound,
  Refused,
  type ServiceDeps,
} from '@fintwin/platform'
import Type from 'typebox'
import { renderOccurrence } from '../render-schedule.ts'
import { listOccurrences } from '../store/occurrences.ts'
import { findSchedule } from '../store/schedules.ts'

export function getScheduleOccurrences(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/schedules/:id/occurrences',
    {
      schema: {
        tags: ['schedules'],
        summary: 'List what was posted, refused or left out',
        params: IdParams,
        querystring: OccurrenceQuery,
        response: { 200: Type.Array(Occurrence) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { personId } = request.caller
      const { state, limit, offset, cursor } = request.query
      if (!isId(id)) throw new Refused(notFound)
      const before = cursor && isCalendarDate(cursor) ? cursor : undefined
      const occurrences = await asPerson(deps.database, personId, async (tx) => {
        const schedule = await findSchedule(tx, personId, id)
        if (!schedule) throw new Refused(notFound)
        const rows = await listOccurrences(tx, id, { state, before, limit, offset: before ? 0 : offset })
        return rows.map((row) => renderOccurrence(row, schedule))
      })
      const last = occurrences.at(-1)
      if (last && occurrences.length === limit) announceNextPage(request, reply, last.date)
      return occurrences
    },
  )
}
