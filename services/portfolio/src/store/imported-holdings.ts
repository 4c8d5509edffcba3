// Holdings that statements told of, kept by the bank's ids.
import type { Tx } from '@fintwin/platform'

export interface ImportedHoldingRow {
  id: string
  externalId: string
  ticker: string
  companyName: string
  assetClass: string
  currency: string
  quantity: string
  buyPrice: string
  currentPrice: string
  currentValueMinor: bigint
  investedValueMinor: bigint
}

export interface KnownImport {
  /** Buy price by the bank's id. */
  buyPrices: Map<string, string>
  /** Date of the newest statement that was applied. */
  asOf: Date | undefined
}

/** What earlier statements of the account told. Later imports of it wait until this transaction ends. */
export async function lockImport(tx: Tx, ownerId: string, accountId: string): Promise<KnownImport> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`import ${accountId}`}, 0))`
  const rows = await tx<{ externalId: string; buyPrice: string; asOf: Date }[]>`
    select external_id as "externalId", buy_price as "buyPrice", as_of as "asOf" from holdings
    where owner_id = ${ownerId} and account_id = ${accountId} and external_id is not null`
  const newest = rows.reduce((latest, { asOf }) => Math.max(latest, asOf.getTime()), Number.NEGATIVE_INFINITY)
  return {
    buyPrices: new Map(rows.map(({ externalId, buyPrice }) => [externalId, buyPrice])),
    asOf: rows.length > 0 ? new Date(newest) : undefined,
  }
}

/** Writes the rows by the bank's ids and removes what earlier statements told of and these do not. */
export async function replaceImport(
  tx: Tx,
  ownerId: string,
  { accountId, asOf, rows }: { accountId: string; asOf: Date; rows: ImportedHoldingRow[] },
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
    insert into holdings (id, owner_id, account_id, ticker, company_name, asset_class, currency, quantity, buy_price, current_price,
      current_value_minor, invested_value_minor, external_id, as_of)
    select id, ${ownerId}::uuid, ${accountId}::uuid, ticker, "companyName", "assetClass", currency, quantity, "buyPrice", "currentPrice",
      "currentValueMinor", "investedValueMinor", "externalId", ${asOf}::timestamptz
    from jsonb_to_recordset(${tx.json(given)}) as given (id uuid, ticker text, "companyName" text, "assetClass" text, currency text,
      quantity numeric, "buyPrice" numeric, "currentPrice" numeric, "currentValueMinor" bigint, "investedValueMinor" bigint,
      "externalId" text)
    on conflict (owner_id, account_id, external_id) where external_id is not null do update set
      ticker = excluded.ticker, company_name = excluded.company_name, asset_class = excluded.asset_class,
      currency = excluded.currency, quantity = excluded.quantity, current_price = excluded.current_price,
      current_value_minor = excluded.current_value_minor, invested_value_minor = excluded.invested_value_minor,
      as_of = excluded.as_of, updated_at = now()`
}
