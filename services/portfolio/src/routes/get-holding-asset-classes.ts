// GET /portfolio/holdings/{id}/asset-classes: which class a holding had from which day on.
import { AssetClassPeriod, IdParams } from '@fintwin/contracts'
import { type App, asPerson, isId, notFound, Refused, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { listAssetClasses } from '../store/asset-classes.ts'

/** A holding always has a first class: where there is none, there is no such holding of the caller's. */
export function getHoldingAssetClasses(app: App, deps: ServiceDeps): void {
  app.get(
    '/portfolio/holdings/:id/asset-classes',
    {
      schema: {
        tags: ['portfolio'],
        summary: 'List the classes a holding had, latest first',
        params: IdParams,
        response: { 200: Type.Array(AssetClassPeriod) },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { id } = request.params
      if (!isId(id)) throw new Refused(notFound)
      const rows = await asPerson(deps.database, personId, (tx) =>
        listAssetClasses(tx, personId, { holdingId: id, limit: 500 }),
      )
      if (rows.length === 0) throw new Refused(notFound)
      return rows.map((row) => ({
        asset_class: row.assetClass,
        effective_from: row.effectiveFrom,
        is_superseded: row.isSuperseded,
        created_at: row.createdAt.toISOString(),
      }))
    },
  )
}
