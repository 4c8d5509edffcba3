// Wire shapes of balances as they were: as of an instant or a position, and by effective date.
import Type from 'typebox'
import { Amount, PageQuery } from './schemas.ts'

const AsOf = Type.Union([Type.String({ format: 'date-time' }), Type.String({ pattern: '^[0-9]{1,10}$' })], {
  description:
    'A posting instant (RFC 3339), included, to the millisecond unless microseconds are given; or a position: the number of an entry of the account, counted from 1. What is still to come is now',
})

export const BalanceAtQuery = Type.Object({
  as_of: Type.Optional(AsOf),
  effective_as_of: Type.Optional(
    Type.String({
      format: 'date',
      description:
        'The end of a day, UTC, by the dates on which things happened; all that is posted by now counts',
    }),
  ),
})

export const BalanceAt = Type.Object({
  account_id: Type.String(),
  currency: Type.String(),
  balance: Amount,
  position: Type.Integer({ description: 'Number of the newest entry that is counted; 0 before the first' }),
  as_of: Type.Optional(Type.String({ description: 'As it was asked for' })),
  effective_as_of: Type.Optional(Type.String({ description: 'As it was asked for' })),
  available_balance: Type.Optional(
    Type.Number({ description: 'What may be spent, where neither is given: it is known of now only' }),
  ),
})
export type BalanceAt = Type.Static<typeof BalanceAt>

export const AccountTransactionsQuery = Type.Object({ ...PageQuery.properties, as_of: Type.Optional(AsOf) })
