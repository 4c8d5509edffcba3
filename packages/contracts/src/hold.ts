// Wire shapes of holds: money set aside for a payment to come, and transfers that wait before they go.
import Type from 'typebox'
import { Amount, AmountInput, PageQuery, Timestamp } from './schemas.ts'
import { Metadata } from './transaction.ts'

export const HoldStateName = Type.Union([
  Type.Literal('placed'),
  Type.Literal('captured'),
  Type.Literal('released'),
  Type.Literal('expired'),
])

const daysInS = (days: number): number => days * 86_400

export const NewHold = Type.Object({
  account_id: Type.Optional(
    Type.Unknown({ description: 'Ignored unless it is one of the caller’s accounts' }),
  ),
  amount: AmountInput,
  to_account: Type.Optional(
    Type.Union([Type.String(), Type.Null()], {
      description: 'Whom it is for; without it, the world outside',
    }),
  ),
  note: Type.Optional(Type.Union([Type.String({ maxLength: 1000 }), Type.Null()])),
  counterparty: Type.Optional(Type.String({ maxLength: 200 })),
  category: Type.Optional(Type.String({ maxLength: 100 })),
  metadata: Type.Optional(Metadata),
  expires_in_s: Type.Optional(
    Type.Integer({ minimum: 1, maximum: daysInS(366), description: 'Or `expires_at`; without both, never' }),
  ),
  expires_at: Type.Optional(Type.String({ format: 'date-time' })),
  capture_in_s: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: daysInS(30),
      description: 'A delayed transfer: it is captured by itself after so long, unless it is released before',
    }),
  ),
  capture_at: Type.Optional(Type.String({ format: 'date-time', description: 'The same, as an instant' })),
})
export type NewHold = Type.Static<typeof NewHold>

/** Nothing captures the whole. */
export const Capture = Type.Union([Type.Object({ amount: Type.Optional(AmountInput) }), Type.Null()])
export type Capture = Type.Static<typeof Capture>

const NullableText = Type.Union([Type.String(), Type.Null()])
const NullableTimestamp = Type.Union([Timestamp, Type.Null()])

export const Hold = Type.Object({
  id: Type.String(),
  account_id: Type.String({ description: 'The account whose money is set aside' }),
  to_account: NullableText,
  amount: Amount,
  currency: Type.String(),
  state: HoldStateName,
  captured_amount: Amount,
  transaction_id: Type.Union([Type.String(), Type.Null()], { description: 'What the capture posted' }),
  note: NullableText,
  counterparty: NullableText,
  category: NullableText,
  metadata: Type.Optional(Metadata),
  expires_at: NullableTimestamp,
  capture_at: NullableTimestamp,
  created_at: Timestamp,
  settled_at: NullableTimestamp,
  settled_by: Type.Union([
    Type.Literal('owner'),
    Type.Literal('recipient'),
    Type.Literal('clock', { description: 'Its time had come' }),
    Type.Null(),
  ]),
  reason: Type.Union([Type.String(), Type.Null()], {
    description: 'The code of what refused a delayed transfer at its time',
  }),
})
export type Hold = Type.Static<typeof Hold>

export const HoldQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(HoldStateName),
  account_id: Type.Optional(Type.String()),
})
