// Wire shapes of the twin service's quick simulation.
import Type from 'typebox'
import { AlertLevel, Amount, AmountInput, Timestamp } from './schemas.ts'

export const NewSimulation = Type.Object({
  account_id: Type.String({ minLength: 1 }),
  scenario: Type.Union([Type.Literal('withdrawal'), Type.Literal('deposit'), Type.Literal('rate_change')]),
  amount: AmountInput,
})

export const Contribution = Type.Object({
  rule: Type.String(),
  points: Type.Integer(),
  sentence: Type.String(),
})

export const Simulation = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  scenario: Type.String(),
  amount: Amount,
  currency: Type.String(),
  current_balance: Amount,
  virtual_balance: Amount,
  risk_score: Type.Integer(),
  alert_level: AlertLevel,
  flags: Type.Array(Type.String()),
  contributions: Type.Array(Contribution),
  recommendation: Type.String(),
  before: Type.Object({ risk_score: Type.Integer(), alert_level: AlertLevel }),
  /** That the live ledger did not move while the simulation ran: the hash of the chains of all the owner's accounts, before and after. */
  proof: Type.Object({
    position: Type.Integer({ description: 'Number of the account’s newest entry when the balance was read' }),
    entries_hash: Type.String({
      description:
        'SHA-256 (hex) over the hash chains of the owner’s accounts, before; sealed entries are taken from their seals',
    }),
    entries_hash_after: Type.String({ description: 'The same, after' }),
    unchanged: Type.Boolean({
      description:
        'When the balance was read, before and after, every account stood at the same entry, and the hash was the same',
    }),
    moved_meanwhile: Type.Integer({
      description:
        'Entries added to the owner’s accounts since the first reading, where the ledger would not stand still; 0 when unchanged',
    }),
    history_unchanged: Type.Boolean({
      description:
        'The entries that were there at the first reading are as they were, whatever was added; of sealed ones, their seals',
    }),
  }),
  created_at: Timestamp,
})
export type Simulation = Type.Static<typeof Simulation>

export const PastSimulation = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  scenario: Type.String(),
  amount: Amount,
  currency: Type.String(),
  before_balance: Amount,
  after_balance: Amount,
  risk_score: Type.Integer(),
  alert_level: AlertLevel,
  flags: Type.Array(Type.String()),
  recommendation: Type.String(),
  created_at: Timestamp,
})
export type PastSimulation = Type.Static<typeof PastSimulation>

export const DeletedCount = Type.Object({ message: Type.String(), deleted_count: Type.Integer() })
export const Message = Type.Object({ message: Type.String() })
