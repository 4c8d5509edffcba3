// GET /transactions/holds/{id}: one hold of the caller's, or in the caller's favour.
import { Hold, IdParams } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import { renderHold } from '../render-hold.ts'
import { findHold } from '../store/holds.ts'

export function getHold(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/holds/:id',
    { schema: { tags: ['holds'], summary: 'Read a hold', params: IdParams, response: { 200: Hold } } },
    async (request) => {
      const { id } = request.params
      const hold = isId(id)
        ? await asPerson(deps.database, request.caller.personId, (tx) => findHold(tx, id))
        : undefined
      if (!hold) throw new Refused(notFound)
      return renderHold(hold)
    },
  )
}
