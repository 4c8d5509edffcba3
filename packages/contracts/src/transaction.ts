// Wire shapes of the transaction service.
import Type from 'typebox'
import { AccountType } from './account.ts'
import { Amount, AmountInput, PageQuery, Timestamp } from './schemas.ts'

export const TransactionType = Type.Union([
  Type.Literal('deposit'),
  Type.Literal('withdrawal'),
  Type.Literal('transfer'),
  Type.Literal('journal'),
])

/** One side of a journal: negative where money leaves. */
const JournalLeg = Type.Object({
  account_id: Type.Union([Type.String(), Type.Null()], {
    description: 'One of the caller’s accounts; null for money from or to outside FinTwin',
  }),
  amount: AmountInput,
})

/** What a caller's own system keeps with a transaction: up to 20 short values. */
export const Metadata = Type.Record(
  Type.String({ pattern: '^[\\w.-]{1,40}$' }),
  Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]),
  { maxProperties: 20, additionalProperties: false },
)

export const NewTransaction = Type.Object({
  account_id: Type.Optional(
    Type.Unknown({ description: 'Ignored unless it is one of the caller’s accounts' }),
  ),
  type: TransactionType,
  amount: Type.Optional(AmountInput),
  /** What arrives when money is exchanged between own accounts in two currencies. */
  to_amount: Type.Optional(AmountInput),
  legs: Type.Optional(Type.Array(JournalLeg, { minItems: 2, maxItems: 50 })),
  to_account: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  note: Type.Optional(Type.Union([Type.String({ maxLength: 1000 }), Type.Null()])),
  counterparty: Type.Optional(Type.String({ maxLength: 200 })),
  category: Type.Optional(Type.String({ maxLength: 100 })),
  metadata: Type.Optional(Metadata),
  effective_at: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'When it happened, if that was earlier; not for transfers to somebody else',
    }),
  ),
})

export type NewTransaction = Type.Static<typeof NewTransaction>

export const NewBatch = Type.Object({
  mode: Type.Union([Type.Literal('atomic'), Type.Literal('independent')]),
  transactions: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 5000 }),
})

const NullableText = Type.Union([Type.String(), Type.Null()])

/** What a transaction did to one of the caller's own accounts, or to the outside as seen from them. */
export const TransactionLeg = Type.Object({
  account_id: Type.Union([Type.String(), Type.Null()], {
    description: 'Null for an account of the ledger itself, which `system` names',
  }),
  system: Type.Optional(
    Type.Union([Type.Literal('external'), Type.Literal('opening'), Type.Literal('exchange')]),
  ),
  amount: Type.Number({ description: 'Signed: negative where money left the account' }),
  currency: Type.String(),
  balance: Type.Number({ description: 'Of the account, once this was posted' }),
  number: Type.Integer({ description: 'Of the account’s entry; entries are numbered without gaps' }),
})
export type TransactionLeg = Type.Static<typeof TransactionLeg>

export const Transaction = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  type: Type.String(),
  amount: Amount,
  currency: Type.String(),
  to_account: NullableText,
  direction: Type.Union([Type.Literal('in'), Type.Literal('out')], { description: 'Seen from account_id' }),
  note: NullableText,
  counterparty: NullableText,
  category: NullableText,
  original_note: Type.Optional(
    Type.Union([Type.String(), Type.Null()], {
      description: 'What was posted, where the caller has put something else beside it',
    }),
  ),
  original_counterparty: Type.Optional(NullableText),
  original_category: Type.Optional(NullableText),
  external_id: NullableText,
  to_amount: Type.Optional(Type.Number({ description: 'Of an exchange: what arrived, in to_currency' })),
  to_currency: Type.Optional(Type.String()),
  rate: Type.Optional(
    Type.Number({ description: 'Of an exchange: units of to_currency for one of currency' }),
  ),
  reverses: Type.Optional(Type.String({ description: 'The transaction that this one takes back' })),
  reversed_by: Type.Optional(Type.String({ description: 'The transaction that took this one back' })),
  legs: Type.Optional(
    Type.Array(TransactionLeg, { description: 'Of a journal, or the reversal of one, in a list' }),
  ),
  hold_id: Type.Optional(Type.String({ description: 'The hold that this one captured' })),
  metadata: Type.Optional(Metadata),
  effective_at: Timestamp,
  created_at: Timestamp,
})
export type Transaction = Type.Static<typeof Transaction>

export const TransactionQuery = Type.Object({
  ...PageQuery.properties,
  account_id: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  from: Type.Optional(Type.String({ format: 'date' })),
  to: Type.Optional(Type.String({ format: 'date' })),
})

export const BalanceQuery = Type.Object({
  from: Type.Optional(Type.String({ format: 'date' })),
  to: Type.Optional(Type.String({ format: 'date' })),
})

export const BalanceHistory = Type.Object({
  account_id: Type.String(),
  currency: Type.String(),
  points: Type.Array(Type.Object({ date: Type.String(), balance: Amount })),
})

/** What the ledger tells the other services about an account, under the owner's token. Amounts are decimal strings of minor units. */
export const LedgerAccount = Type.Object({
  id: Type.String(),
  type: Type.String(),
  currency: Type.String(),
  status: Type.String(),
  balance_minor: Type.String({ pattern: '^-?[0-9]+$' }),
  held_minor: Type.String({ pattern: '^-?[0-9]+$' }),
  floor_minor: Type.Union([Type.String({ pattern: '^-?[0-9]+$' }), Type.Null()]),
  position: Type.Integer({ description: 'Number of the newest entry; entries are numbered without gaps' }),
})
export type LedgerAccount = Type.Static<typeof LedgerAccount>

export const LedgerState = Type.Object({
  position: Type.String({ description: 'Digest of the entry numbers of all the owner’s accounts' }),
  accounts: Type.Array(LedgerAccount),
})
export type LedgerState = Type.Static<typeof LedgerState>

export const LedgerOpening = Type.Object({
  type: AccountType,
  currency: Type.String({ minLength: 3, maxLength: 3 }),
  overdraft_limit_minor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
})

/** Pins a proof to entry numbers: `<account id>:<number>`, separated by commas. Without it, everything there is now. */
export const LedgerProofQuery = Type.Object({
  at: Type.Optional(
    Type.String({ maxLength: 12_000, pattern: '^[0-9a-f-]{36}:[0-9]{1,15}(,[0-9a-f-]{36}:[0-9]{1,15})*$' }),
  ),
})

/**
 * Proof of the ledger's state: any change of the owner's entries that are not sealed yet changes it, and so does a change of the seals. An entry
 * altered behind a seal is what the audit finds, which recomputes them all.
 */
export const LedgerProof = Type.Object({
  position: Type.Record(Type.String(), Type.Integer(), { description: 'Entry number by account id' }),
  sealed: Type.Record(Type.String(), Type.Integer(), {
    description: 'Number up to which each account’s entries were taken from its seal, not read again',
  }),
  entries_hash: Type.String({
    description: 'SHA-256 (hex) over the hash chains of the owner’s accounts up to that position',
  }),
})
export type LedgerProof = Type.Static<typeof LedgerProof>

export const ImportQuery = Type.Object({ preview: Type.Boolean({ default: false }) })

const ImportState = Type.Union([Type.Literal('posted'), Type.Literal('skipped'), Type.Literal('refused')])

export const ImportedStatement = Type.Object({
  account: Type.Object({
    id: NullableText,
    name: Type.String(),
    type: Type.String(),
    currency: Type.String(),
    number_masked: Type.String(),
    is_new: Type.Boolean(),
  }),
  period: Type.Union([Type.Object({ from: Timestamp, to: Timestamp }), Type.Null()]),
  opening: Type.Union([Type.Object({ amount: Amount, effective_at: Timestamp }), Type.Null()]),
  ledger_balance: Type.Union([Type.Object({ amount: Amount, as_of: Timestamp }), Type.Null()]),
  closing_balance: Amount,
  posted: Type.Integer(),
  skipped: Type.Integer(),
  refused: Type.Integer(),
  transactions: Type.Array(
    Type.Object({
      external_id: Type.String(),
      effective_at: Timestamp,
      amount: Type.Number({ description: 'Signed: money in is positive' }),
      kind: Type.String(),
      counterparty: NullableText,
      note: NullableText,
      state: ImportState,
      reason: Type.Optional(Type.String()),
    }),
  ),
  holdings_applied: Type.Boolean({
    description: 'False when the portfolio knows a newer statement of the account',
  }),
  holdings: Type.Array(
    Type.Object({
      ticker: Type.String(),
      company_name: Type.String(),
      quantity: Type.Number(),
      price: Type.Number(),
      value: Type.Number(),
      asset_class: Type.String(),
    }),
  ),
})
export type ImportedStatement = Type.Static<typeof ImportedStatement>

export const ImportReport = Type.Object({
  preview: Type.Boolean(),
  file: Type.Object({ name: Type.String(), format: Type.String() }),
  statements: Type.Array(ImportedStatement),
  totals: Type.Object({
    posted: Type.Integer(),
    skipped: Type.Integer(),
    refused: Type.Integer(),
    accounts_created: Type.Integer(),
    holdings: Type.Integer(),
  }),
})
export type ImportReport = Type.Static<typeof ImportReport>
