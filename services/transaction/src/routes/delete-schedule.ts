// DELETE /transactions/schedules/{id}: nothing more is posted. What was posted stays in the ledger.
import { IdParams, Message } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { deleteScheduleById } from '../store/schedules.ts'

export function deleteSchedule(app: App, deps: ServiceDeps): void {
  app.delete(
    '/transactions/schedules/:id',
    {
      schema: {
        tags: ['schedules'],
        summary: 'Delete a scheduled transaction',
        params: IdParams,
        response: { 200: Message },
      },
    },
    async (request) => {
      const { id } = request.params
      const { personId } = request.caller
      const isDeleted =
        isId(id) && (await asPerson(deps.database, personId, (tx) => deleteScheduleById(tx, personId, id)))
      if (!isDeleted) throw new Refused(notFound)
      return { message: 'Schedule deleted. What it posted stays.' }
    },
  )
}
