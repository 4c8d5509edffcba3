// Wire shapes of the portfolio service.
import Type from 'typebox'
import { Account } from './account.ts'
import { Amount, PageQuery, Timestamp } from './schemas.ts'

const PositiveInput = Type.Union([
  Type.Number({ exclusiveMinimum: 0 }),
  Type.String({ pattern: '^[0-9]{1,18}(\\.[0-9]{1,12})?$' }),
])

export const AssetClass = Type.Enum([
  'stock',
  'bond',
  'fund',
  'cash',
  'commodity',
  'real_estate',
  'option',
  'other',
])

export const NewHolding = Type.Object({
  account_id: Type.Optional(Type.Unknown()),
  ticker: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
  company_name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  quantity: PositiveInput,
  buy_price: PositiveInput,
  current_price: PositiveInput,
  asset_class: Type.Optional(AssetClass),
  currency: Type.Optional(Type.String({ minLength: 3, maxLength: 3 })),
})

/** A price, a class, or both. */
export const HoldingUpdate = Type.Object({
  current_price: Type.Optional(PositiveInput),
  asset_class: Type.Optional(AssetClass),
  effective_from: Type.Optional(
    Type.String({ format: 'date', description: 'The first day of the class; today (UTC) unless told' }),
  ),
})
export type HoldingUpdate = Type.Static<typeof HoldingUpdate>

/** The class of a holding from a day on, until the next one's day; the first one's also before that. */
export const AssetClassPeriod = Type.Object({
  asset_class: Type.String(),
  effective_from: Type.String({ format: 'date' }),
  is_superseded: Type.Boolean({ description: 'A later class was told for the same day' }),
  created_at: Timestamp,
})
export type AssetClassPeriod = Type.Static<typeof AssetClassPeriod>

export const PortfolioQuery = Type.Object({
  limit: PageQuery.properties.limit,
  cursor: PageQuery.properties.cursor,
})

/** Holdings of one imported investment statement, none when everything is sold: replaces what an earlier one of the same account said. */
export const ImportedHoldings = Type.Object({
  currency: Type.String({ minLength: 3, maxLength: 3 }),
  /** The statement's own date. */
  as_of: Timestamp,
  holdings: Type.Array(
    Type.Object({
      external_id: Type.String({ maxLength: 64 }),
      ticker: Type.String({ maxLength: 40 }),
      company_name: Type.String({ maxLength: 200 }),
      quantity: Type.String(),
      unit_price: Type.String(),
      asset_class: AssetClass,
    }),
    { maxItems: 5000 },
  ),
})
export type ImportedHoldings = Type.Static<typeof ImportedHoldings>

/** An older statement than the one that is known is not applied. */
export const ImportedHoldingsAnswer = Type.Object({ holdings: Type.Integer(), is_applied: Type.Boolean() })

export const Holding = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  ticker: Type.String(),
  company_name: Type.String(),
  asset_class: Type.String(),
  asset_class_from: Type.String({ format: 'date' }),
  currency: Type.String(),
  quantity: Type.Number(),
  buy_price: Type.Number(),
  current_price: Type.Number(),
  current_value: Amount,
  invested_value: Amount,
  gain_loss: Amount,
  gain_loss_pct: Type.Number(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Holding = Type.Static<typeof Holding>

export const Portfolio = Type.Object({
  accounts: Type.Array(Account),
  holdings: Type.Array(Holding),
  totals: Type.Object({
    net_worth: Amount,
    cash: Amount,
    holdings: Amount,
    invested: Amount,
    gain_loss: Amount,
    currency: Type.String(),
    other_currencies: Type.Array(
      Type.Object({ currency: Type.String(), cash: Amount, holdings: Amount, net_worth: Amount }),
    ),
  }),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type Portfolio = Type.Static<typeof Portfolio>

const Performer = Type.Union([
  Type.Object({ ticker: Type.String(), gain_loss_pct: Type.Number() }),
  Type.Null(),
])

/** The figures are of the holdings in the account's own currency; those in another are told apart. */
export const PortfolioSummary = Type.Object({
  total_portfolio_value: Amount,
  total_invested: Amount,
  total_gain_loss: Amount,
  total_return_pct: Type.Number(),
  total_holdings: Type.Integer(),
  best_performer: Performer,
  worst_performer: Performer,
  currency: Type.String(),
  other_currencies: Type.Array(
    Type.Object({ currency: Type.String(), value: Amount, invested: Amount, gain_loss: Amount }),
  ),
})
export type PortfolioSummary = Type.Static<typeof PortfolioSummary>
