// Holdings: listed newest first; values are written with the row and only added up here.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'
import type { Sums } from '../rules/compute-totals.ts'

export interface HoldingRow {
  id: string
  accountId: string
  ticker: string
  companyName: string
  assetClass: string
  /** The first day of that class, YYYY-MM-DD. */
  assetClassFrom: string
  currency: CurrencyCode
  /** Decimal texts. */
  quantity: string
  buyPrice: string
  currentPrice: string
  currentValueMinor: bigint
  investedValueMinor: bigint
  createdAt: Date
  updatedAt: Date
}

export interface HoldingFilter {
  accountId?: string | undefined
  /** Rows after this id in the list's order. */
  afterId?: string | undefined
  limit: number
  offset?: number
}

export async function listHoldings(tx: Tx, ownerId: string, filter: HoldingFilter): Promise<HoldingRow[]> {
  const { accountId, afterId, limit, offset = 0 } = filter
  return tx<HoldingRow[]>`
    select ${columns(tx)} from holdings
    where owner_id = ${ownerId}
      ${accountId ? tx`and account_id = ${accountId}` : tx``}
      ${afterId ? tx`and id < ${afterId}` : tx``}
    order by id desc limit ${limit} offset ${offset}`
}

/** Locks the row until the transaction ends. */
export async function lockHolding(tx: Tx, ownerId: string, id: string): Promise<HoldingRow | undefined> {
  const [row] = await tx<HoldingRow[]>`
    select ${columns(tx)} from holdings where owner_id = ${ownerId} and id = ${id} for no key update`
  return row
}

/** With the first row of its classes. */
export async function insertHolding(
  tx: Tx,
  ownerId: string,
  row: Omit<HoldingRow, 'createdAt' | 'updatedAt'>,
): Promise<HoldingRow> {
  const [inserted] = await tx<HoldingRow[]>`
    with inserted as (
      insert into holdings (id, owner_id, account_id, ticker, company_name, asset_class, asset_class_from, currency, quantity, buy_price,
        current_price, current_value_minor, invested_value_minor)
      values (${row.id}, ${ownerId}, ${row.accountId}, ${row.ticker}, ${row.companyName}, ${row.assetClass},
        ${row.assetClassFrom}::text::date, ${row.currency}, ${row.quantity}, ${row.buyPrice}, ${row.currentPrice},
        ${row.currentValueMinor}, ${row.investedValueMinor})
      returning *
    ), classed as (
      insert into asset_classes (owner_id, holding_id, asset_class, effective_from)
      select owner_id, id, asset_class, asset_class_from from inserted
    )
    select ${columns(tx)} from inserted`
  return inserted as HoldingRow
}

export async function updatePrice(
  tx: Tx,
  ownerId: string,
  id: string,
  { currentPrice, currentValueMinor }: { currentPrice: string; currentValueMinor: bigint },
): Promise<HoldingRow> {
  const [row] = await tx<HoldingRow[]>`
    update holdings set current_price = ${currentPrice}, current_value_minor = ${currentValueMinor}, updated_at = now()
    where owner_id = ${ownerId} and id = ${id} returning ${columns(tx)}`
  return row as HoldingRow
}

/** The account it was in, or undefined when there is none with that id. */
export async function deleteHoldingById(tx: Tx, ownerId: string, id: string): Promise<string | undefined> {
  const [row] = await tx<{ accountId: string }[]>`
    delete from holdings where owner_id = ${ownerId} and id = ${id} returning account_id as "accountId"`
  return row?.accountId
}

export interface HoldingSums extends Sums {
  count: number
}

/** One row a currency: of everything, or of one account. */
export async function sumHoldings(tx: Tx, ownerId: string, accountId?: string): Promise<HoldingSums[]> {
  const rows = await tx<{ currency: string; value: string; invested: string; count: number }[]>`
    select currency, sum(current_value_minor)::text as value, sum(invested_value_minor)::text as invested, count(*)::int as count
    from holdings where owner_id = ${ownerId} ${accountId ? tx`and account_id = ${accountId}` : tx``}
    group by currency`
  return rows.map(({ currency, value, invested, count }) => ({
    currency,
    valueMinor: BigInt(value),
    investedMinor: BigInt(invested),
    count,
  }))
}

/** The holdings of an account with the highest and the lowest gain in percent. */
export async function findPerformers(
  tx: Tx,
  ownerId: string,
  accountId: string,
): Promise<{ best: HoldingRow | undefined; worst: HoldingRow | undefined }> {
  const first = (direction: ReturnType<typeof tx>) => tx<HoldingRow[]>`
    select ${columns(tx)} from holdings where owner_id = ${ownerId} and account_id = ${accountId}
    order by coalesce((current_price - buy_price) / nullif(buy_price, 0), 0) ${direction}, id limit 1`
  const [best] = await first(tx`desc`)
  const [worst] = await first(tx`asc`)
  return { best, worst }
}

const columns = (tx: Tx) => tx`
  id, account_id as "accountId", ticker, company_name as "companyName", asset_class as "assetClass",
  to_char(asset_class_from, 'YYYY-MM-DD') as "assetClassFrom", currency, quantity,
  buy_price as "buyPrice", current_price as "currentPrice", current_value_minor as "currentValueMinor",
  invested_value_minor as "investedValueMinor", created_at as "createdAt", updated_at as "updatedAt"`
