// Classes of holdings by the day they are from: rows are added and never changed.
import type { Tx } from '@fintwin/platform'

export interface AssetClassRow {
  assetClass: string
  /** YYYY-MM-DD. */
  effectiveFrom: string
  isSuperseded: boolean
  createdAt: Date
}

/** Notes a class its owner gave, unless it is noted for that day already, and sets the one in force on the holding. The holding is locked. */
export async function classHolding(
  tx: Tx,
  ownerId: string,
  { holdingId, assetClass, from }: { holdingId: string; assetClass: string; from: string },
): Promise<void> {
  await tx`
    insert into asset_classes (owner_id, holding_id, asset_class, effective_from)
    select ${ownerId}::uuid, ${holdingId}::uuid, ${assetClass}::text, ${from}::text::date
    where ${assetClass}::text is distinct from (
      select asset_class from asset_classes
      where owner_id = ${ownerId} and holding_id = ${holdingId} and effective_from = ${from}::text::date order by number desc limit 1)`
  await tx`
    update holdings h set asset_class = stands.asset_class, asset_class_from = stands.effective_from, is_class_own = true,
      updated_at = now()
    from (
      select asset_class, effective_from from asset_classes where owner_id = ${ownerId} and holding_id = ${holdingId}
      order by effective_from desc, number desc limit 1
    ) stands
    where h.owner_id = ${ownerId} and h.id = ${holdingId}`
}

/** Notes the classes that an import gave to the holdings of an account, where they are new. */
export async function noteImportedClasses(tx: Tx, ownerId: string, accountId: string): Promise<void> {
  await tx`
    insert into asset_classes (owner_id, holding_id, asset_class, effective_from)
    select h.owner_id, h.id, h.asset_class, h.asset_class_from
    from holdings h left join lateral (
      select c.asset_class, c.effective_from from asset_classes c where c.owner_id = h.owner_id and c.holding_id = h.id
      order by c.effective_from desc, c.number desc limit 1) noted on true
    where h.owner_id = ${ownerId} and h.account_id = ${accountId} and h.external_id is not null
      and (noted.asset_class, noted.effective_from) is distinct from (h.asset_class, h.asset_class_from)
    order by h.id`
}

/** Latest day first, and of one day the one that stands first. */
export async function listAssetClasses(
  tx: Tx,
  ownerId: string,
  { holdingId, limit }: { holdingId: string; limit: number },
): Promise<AssetClassRow[]> {
  return tx<AssetClassRow[]>`
    select asset_class as "assetClass", to_char(effective_from, 'YYYY-MM-DD') as "effectiveFrom",
      number <> max(number) over (partition by effective_from) as "isSuperseded", created_at as "createdAt"
    from asset_classes where owner_id = ${ownerId} and holding_id = ${holdingId}
    order by effective_from desc, number desc limit ${limit}`
}
