// Wire shapes of scheduled and recurring transactions: a template, a rule, and the occurrences that the rule makes of it.
import Type from 'typebox'
import { Amount, AmountInput, PageQuery, Timestamp } from './schemas.ts'

/** A calendar day, YYYY-MM-DD, in the schedule's time zone. */
const Day = Type.String({ format: 'date' })

const NullableText = Type.Union([Type.String(), Type.Null()])

/** How often: `once`, or every `interval` days, weeks or months. */
const Frequency = Type.Enum(['once', 'daily', 'weekly', 'monthly'])

const businessDays = ['none', 'following', 'preceding', 'modified_following'] as const
const aboutBusinessDays =
  'Where a date on a Saturday or Sunday goes: nowhere, to the Monday after, to the Friday before, or to the Monday unless that is in another ' +
  'month, then to the Friday'

const DayOfMonth = Type.Union([Type.Integer({ minimum: 1, maximum: 31 }), Type.Literal('last')], {
  description:
    'Of a monthly schedule; the day of start_on unless told. In a month that is too short it falls on the last day, and goes back in the next',
})

export const NewSchedule = Type.Object({
  account_id: Type.Optional(
    Type.Unknown({ description: 'Ignored unless it is one of the caller’s accounts' }),
  ),
  type: Type.Enum(['deposit', 'withdrawal', 'transfer']),
  amount: AmountInput,
  to_account: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  note: Type.Optional(Type.Union([Type.String({ maxLength: 1000 }), Type.Null()])),
  counterparty: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
  category: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Null()])),
  frequency: Frequency,
  interval: Type.Integer({ minimum: 1, maximum: 999, default: 1 }),
  day_of_month: Type.Optional(Type.Union([...DayOfMonth.anyOf, Type.Null()])),
  business_days: Type.Enum([...businessDays], { default: 'none', description: aboutBusinessDays }),
  start_on: Type.String({
    format: 'date',
    description:
      'No date is before it. Days and weeks are counted from it, months from the first date on or after it. Today or later; an edit may keep it',
  }),
  end_on: Type.Optional(
    Type.Union([Day, Type.Null()], { description: 'The last day that may still be a date' }),
  ),
  count: Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: 1000 }), Type.Null()], {
      description: 'How many dates in all, from start_on; not together with end_on',
    }),
  ),
  time_zone: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'An IANA name such as Asia/Kolkata; DEFAULT_TIME_ZONE unless told',
    }),
  ),
})
export type NewSchedule = Type.Static<typeof NewSchedule>

const OccurrenceState = Type.Enum(['planned', 'skipped', 'posted', 'refused'])

export const Occurrence = Type.Object({
  date: Type.String({
    format: 'date',
    description: 'The rule’s own date: the name of the occurrence wherever it is moved',
  }),
  due_on: Type.String({ format: 'date', description: 'The day it falls due on, or was posted for' }),
  state: OccurrenceState,
  is_changed: Type.Boolean({ description: 'Whether this one was edited by itself' }),
  amount: Amount,
  currency: Type.String(),
  note: NullableText,
  transaction_id: NullableText,
  reason: Type.Union([Type.Object({ code: Type.String(), detail: Type.String() }), Type.Null()], {
    description: 'Why it was refused, or left out by itself',
  }),
  settled_at: Type.Union([Timestamp, Type.Null()]),
})
export type Occurrence = Type.Static<typeof Occurrence>

export const Schedule = Type.Object({
  id: Type.String(),
  state: Type.Enum(['active', 'paused', 'ended']),
  account_id: Type.String(),
  type: Type.String(),
  amount: Amount,
  currency: Type.String(),
  to_account: NullableText,
  note: NullableText,
  counterparty: NullableText,
  category: NullableText,
  frequency: Frequency,
  interval: Type.Integer(),
  day_of_month: Type.Union([...DayOfMonth.anyOf, Type.Null()]),
  business_days: Type.Enum([...businessDays], { description: aboutBusinessDays }),
  start_on: Day,
  end_on: Type.Union([Day, Type.Null()]),
  count: Type.Union([Type.Integer(), Type.Null()]),
  time_zone: Type.String(),
  next_on: Type.Union([Day, Type.Null()], {
    description: 'The day the next one falls due on; null while paused and after the end',
  }),
  remaining: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Of a schedule with a count: how many of its dates are still to come',
  }),
  upcoming: Type.Array(Occurrence, { description: 'The next twelve, those left out among them' }),
  last: Type.Union([Occurrence, Type.Null()], { description: 'The newest one that was posted or refused' }),
  refused: Type.Integer({ description: 'How many were refused and neither retried nor left out' }),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Schedule = Type.Static<typeof Schedule>

export const ScheduleQuery = Type.Object({ ...PageQuery.properties })

export const OccurrenceParams = Type.Object({ id: Type.String(), date: Type.String() })

/** How one occurrence differs from its schedule. What is left out is as the schedule says, so that an empty body brings it back to the plan. */
export const OccurrenceChange = Type.Object({
  amount: Type.Optional(AmountInput),
  due_on: Type.Optional(Type.String({ format: 'date', description: 'Today or later' })),
  note: Type.Optional(Type.String({ maxLength: 1000 })),
})
export type OccurrenceChange = Type.Static<typeof OccurrenceChange>

export const OccurrenceQuery = Type.Object({
  state: Type.Optional(OccurrenceState),
  ...PageQuery.properties,
})
