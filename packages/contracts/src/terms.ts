// Wire shapes of what an account earns, costs and allows, each change dated; and of changes to an account itself.
import Type from 'typebox'
import { AccountStatus } from './account.ts'
import { AssetClass } from './portfolio.ts'
import { Amount, AmountInput, Timestamp } from './schemas.ts'

/** A calendar day, YYYY-MM-DD. */
const Day = Type.String({ format: 'date' })

const PercentInput = Type.Union([Type.Number(), Type.String({ minLength: 1, maxLength: 40 })], {
  description: 'Percent a year, as a number or a decimal string, with at most six decimal digits: 7.1',
})

/** Output percent a year: the decimal text that was put in, exact. */
const Percent = Type.String({ pattern: '^-?[0-9]+(\\.[0-9]+)?$' })

/** How often interest is added to the balance. */
export const InterestPeriod = Type.Enum(['daily', 'monthly', 'quarterly', 'yearly'])

const MonthCount = Type.Integer({ minimum: 1, maximum: 1200 })

/**
 * All the terms as they are from a day on; what is left out, or null, is not told. Savings, current and credit accounts have an interest rate
 * with its period; loans a principal, an APR, a term, an instalment and the day of the first; portfolios an asset class.
 */
export const NewTerms = Type.Object({
  effective_from: optional(Day, 'The first day on which they hold; today (UTC) unless told'),
  interest_rate: optional(PercentInput),
  interest_period: optional(InterestPeriod),
  overdraft_limit: optional(
    AmountInput,
    'Of current accounts, cards and loans. The ledger’s, so it changes at once and for good: it is put with no day but today, and stays ' +
      'when left out',
  ),
  principal: optional(AmountInput, 'What is owed on the first day of these terms'),
  apr: optional(
    PercentInput,
    'Nominal rate a year of a loan, in percent; a twelfth of it is charged each month',
  ),
  term_months: optional(MonthCount),
  instalment: optional(AmountInput, 'Paid each month'),
  first_instalment_on: optional(Day),
  asset_class: optional(AssetClass),
})
export type NewTerms = Type.Static<typeof NewTerms>

export const Terms = Type.Object({
  effective_from: Day,
  interest_rate: nullable(Percent),
  interest_period: nullable(InterestPeriod),
  principal: nullable(Amount),
  apr: nullable(Percent),
  term_months: nullable(MonthCount),
  instalment: nullable(Amount),
  first_instalment_on: nullable(Day),
  asset_class: nullable(AssetClass),
  is_superseded: Type.Boolean({ description: 'Later terms were put for the same day' }),
  created_at: Timestamp,
})
export type Terms = Type.Static<typeof Terms>

/** What the ledger holds an account to, from an instant on. */
export const Standing = Type.Object({ status: AccountStatus, overdraft_limit: Amount, since: Timestamp })
export type Standing = Type.Static<typeof Standing>

export const TermsWarning = Type.Object({
  code: Type.Enum(['instalment_below_interest', 'instalment_too_small', 'instalment_too_large']),
  detail: Type.String({ description: 'One sentence for a person' }),
})
export type TermsWarning = Type.Static<typeof TermsWarning>

export const TermsQuery = Type.Object({ terms_as_of: Type.Optional(Day) })

export const AccountTerms = Type.Object({
  account_id: Type.String(),
  type: Type.String(),
  currency: Type.String(),
  terms_as_of: Day,
  current: Type.Union([Terms, Type.Null()], { description: 'Those in force on the day terms_as_of' }),
  warnings: Type.Array(TermsWarning, { description: 'What does not fit together in them' }),
  instalment_needed: Type.Union([Amount, Type.Null()], {
    description: 'Of a loan with a term: the instalment that repays it in that term',
  }),
  history: Type.Array(Terms, { description: 'All that were ever put, latest day first; at most 500' }),
  status: AccountStatus,
  overdraft_limit: Amount,
  standings: Type.Array(Standing, {
    description: 'How state and overdraft limit changed, newest first; at most 500',
  }),
})
export type AccountTerms = Type.Static<typeof AccountTerms>

/** A closed account stays closed. */
export const AccountChange = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })),
  status: Type.Optional(AccountStatus),
  overdraft_limit: Type.Optional(AmountInput),
})
export type AccountChange = Type.Static<typeof AccountChange>

/** For the account service, under the owner's token. */
export const LedgerStatusChange = Type.Object({ status: AccountStatus })

/** For the account service, under the owner's token: the lowest balance a payment may leave, in minor units. */
export const LedgerFloorChange = Type.Object({ floor_minor: Type.String({ pattern: '^-?[0-9]{1,15}$' }) })

function nullable<T extends Type.TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

function optional<T extends Type.TSchema>(schema: T, description?: string) {
  return Type.Optional(Type.Union([schema, Type.Null()], description ? { description } : {}))
}
