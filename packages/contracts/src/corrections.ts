// Wire shapes of corrections: taking a transaction back, and a person's own words beside what was posted.
import Type from 'typebox'
import { Timestamp } from './schemas.ts'
import { Transaction, TransactionLeg } from './transaction.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])

export const NewReversal = Type.Union([
  Type.Object({ note: Type.Optional(Type.Union([Type.String({ maxLength: 1000 }), Type.Null()])) }),
  Type.Null(),
])
export type NewReversal = Type.Static<typeof NewReversal>

const words = (maxLength: number) => Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]))

/** What is left out stays as it is; null shows nothing in its place; the posted text itself takes the person's own away. */
export const NewAnnotation = Type.Object({
  note: words(1000),
  counterparty: words(200),
  category: words(100),
})
export type NewAnnotation = Type.Static<typeof NewAnnotation>

/** The person's own words, seen by that person only. A member that is not there is shown as it was posted. */
export const Annotation = Type.Object({
  note: Type.Optional(NullableText),
  counterparty: Type.Optional(NullableText),
  category: Type.Optional(NullableText),
  updated_at: Timestamp,
})
export type Annotation = Type.Static<typeof Annotation>

export const TransactionDetail = Type.Object({
  ...Transaction.properties,
  legs: Type.Array(TransactionLeg),
  reversible_as: Type.Union([Type.Literal('undo'), Type.Literal('return'), Type.Null()], {
    description:
      'What POST …/reversal would do: undo what moved among the caller’s own accounts, or return what somebody else sent',
  }),
  irreversible_because: NullableText,
  annotation: Type.Union([Annotation, Type.Null()]),
})
export type TransactionDetail = Type.Static<typeof TransactionDetail>
