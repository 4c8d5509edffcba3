// Holdings that statements told of, kept by the bank's ids.
import type { Tx } from '@fintwin/platform'
import { noteImportedClasses } from './asset-classes.ts'

export interface ImportedHoldingRow {
  id: string
  externalId: string
  ticker: string
  companyName: string
  assetClass: string
  /** The statement's day, YYYY-MM-DD: the first of that class, where it is another than before. */
  assetClassFrom: string
  currency: string
  quantity: string
  buyPrice: string
  currentPrice: string
  currentValueMinor: bigint
  investedValueMinor: bigint
}

/**
 * Notes that a statement is applied; false when a newer one has been. Other imports of the account wait until this transaction ends.
 */
export async function claimStatement(
  tx: Tx,
  ownerId: string,
  { accountId, asOf }: { accountId: string; asOf: Date },
): Promise<boolean> {
  const { count } = await tx`
    insert into applied_statements (owner_id, account_id, as_of) values (${ownerId}, ${accountId}, ${asOf})
    on conflict (owner_id, account_id) do update set as_of = excluded.as_of where applied_statements.as_of <= excluded.as_of`
  return count > 0
}

/** Buy prices by the bank's id, as earlier statements of the account gave them. */
export async function listBuyPrices(
  tx: Tx,
  ownerId: string,
  accountId: string,
): Promise<Map<string, string>> {
  const rows = await tx<{ externalId: string; buyPrice: string }[]>`
    select external_id as "externalId", buy_price as "buyPrice" from holdings
    where owner_id = ${ownerId} and account_id = ${accountId} and external_id is not null`
  return new Map(rows.map(({ externalId, buyPrice }) => [externalId, buyPrice]))
}

/**
 * Writes the rows by the bank's ids and removes what earlier statements told of and these do not. A class that the owner gave to a holding
 * stays.
 */
export async function replaceImport(
  tx: Tx,
  ownerId: string,
  { accountId, rows }: { accountId: string; rows: ImportedHoldingRow[] },
): Promise<void> {
  await tx`
    delete from holdings where owner_id = ${ownerId} and account_id = ${accountId} and external_id is not null
      and external_id <> all (${rows.map(({ externalId }) => externalId)}::text[])`
  if (rows.length === 0) return
  const given = rows.map((row) => ({
    ...row,
    currentValueMinor: row.currentValueMinor.toString(),
    investedValueMinor: row.investedValueMinor.toString(),
  }))
  await tx`
    insert into holdings (id, owner_id, account_id, ticker, company_name, asset_class, asset_class_from, currency, quantity, buy_price,
      current_price, current_value_minor, invested_value_minor, external_id)
    select id, ${ownerId}::uuid, ${accountId}::uuid, ticker, "companyName", "assetClass", "assetClassFrom", currency, quantity, "buyPrice",
      "currentPrice", "currentValueMinor", "investedValueMinor", "externalId"
    from jsonb_to_recordset(${tx.json(given)}) as given (id uuid, ticker text, "companyName" text, "assetClass" text,
      "assetClassFrom" date, currency text, quantity numeric, "buyPrice" numeric, "currentPrice" numeric, "currentValueMinor" bigint,
      "investedValueMinor" bigint, "externalId" text)
    on conflict (owner_id, account_id, external_id) where external_id is not null do update set
      ticker = excluded.ticker, company_name = excluded.company_name,
      asset_class = case when holdings.is_class_own then holdings.asset_class else excluded.asset_class end,
      asset_class_from = case when holdings.is_class_own or holdings.asset_class = excluded.asset_class
        then holdings.asset_class_from else greatest(holdings.asset_class_from, excluded.asset_class_from) end,
      currency = excluded.currency, quantity = excluded.quantity, current_price = excluded.current_price,
      current_value_minor = excluded.current_value_minor, invested_value_minor = excluded.invested_value_minor,
      updated_at = now()`
  await noteImportedClasses(tx, ownerId, accountId)
}
