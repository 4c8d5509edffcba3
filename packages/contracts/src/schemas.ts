// Shapes that several services share on the wire.
import Type from 'typebox'

export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC, with Z' })

/** Input money in major units: a JSON number or a decimal string. Exactness and digits are checked by the money package. */
export const AmountInput = Type.Union([Type.Number(), Type.String({ minLength: 1, maxLength: 40 })], {
  description:
    'Major units, as a number or a decimal string, with at most the currency’s minor digits (two for INR) and at most 15 digits in all: ' +
    '9,999,999,999,999.99 for INR. A number is read as an IEEE double: send more than 15 digits as a string',
})

/** Output money: a JSON number in major units, exact. */
export const Amount = Type.Number()

export const AlertLevel = Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')])

export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        pointer: Type.String(),
        detail: Type.String(),
        line: Type.Optional(Type.Integer()),
        column: Type.Optional(Type.Integer()),
        element: Type.Optional(Type.String()),
      }),
    ),
  ),
})

export const AccountIdParams = Type.Object({ account_id: Type.String() })
export const IdParams = Type.Object({ id: Type.String() })

/** `cap` is ours: a larger number is taken as that many. */
export const PageLimit = Type.Integer({
  minimum: 1,
  default: 100,
  cap: 500,
  description: 'At most 500; more counts as 500',
})

/** `limit` and `offset` as in the original; `cursor` is the way that stays fast. */
export const PageQuery = Type.Object({
  limit: PageLimit,
  offset: Type.Integer({ minimum: 0, maximum: 100_000, default: 0 }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
})
