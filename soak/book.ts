// What the clients sent and what they were told: beside the ledger, the other account of what happened.

/** Minor units that an account gains, or loses where negative. */
export interface Move {
  accountId: string
  amountMinor: number
}

/**
 * `pending`: not answered yet. `lost`: cut off, and sent without a key, so that nobody may ask again. `due`: for the clock to do, some time after
 * it was acknowledged.
 */
type Fate = 'pending' | 'taken' | 'refused' | 'lost' | 'due'

/** A posting that was asked for, under a note that no other has. */
export interface AskedPosting {
  note: string
  callerId: string
  moves: Move[]
  fate: Fate
  /** The id that the acknowledgement gave it. */
  id?: string
  /** How many reversals of it were acknowledged. */
  reversals: number
}

export interface AskedHold {
  id: string
  note: string
  callerId: string
  accountId: string
  toAccount: string | null
  amountMinor: number
  /** How the clock ends it, if nobody does before; undefined where only people do. */
  byClock: 'captured' | 'expired' | undefined
  /** What somebody was told that they had done to it. */
  acknowledged: 'captured' | 'released' | undefined
}

/** An answer that must be given again, byte for byte, to whoever sends the same again. */
export interface KeptAnswer {
  callerId: string
  path: string
  key: string
  body: unknown
  status: number
  text: string
}

export interface Book {
  /** Begins every note and key of the run. */
  name: string
  postings: AskedPosting[]
  holds: AskedHold[]
  kept: KeptAnswer[]
  counts: Record<'acknowledged' | 'refused' | 'cutOff' | 'retried' | 'repeated' | 'lost', number>
  /** Milliseconds that first tries took which were taken. */
  latenciesMs: number[]
  /** When something was acknowledged, by `performance.now()`, in order. */
  acknowledgedAtMs: number[]
  ask(callerId: string, moves: Move[], fate?: Fate): AskedPosting
  /** Everything up to now that was acknowledged, by id. */
  acknowledgedIds(): string[]
}

export function createBook(name: string): Book {
  const postings: AskedPosting[] = []
  return {
    name,
    postings,
    holds: [],
    kept: [],
    counts: { acknowledged: 0, refused: 0, cutOff: 0, retried: 0, repeated: 0, lost: 0 },
    latenciesMs: [],
    acknowledgedAtMs: [],
    ask(callerId, moves, fate = 'pending') {
      const note = `${name}-${postings.length + 1}`
      const asked: AskedPosting = { note, callerId, moves, fate, reversals: 0 }
      postings.push(asked)
      return asked
    },
    acknowledgedIds: () => postings.flatMap(({ fate, id }) => (fate === 'taken' && id ? [id] : [])),
  }
}

/** Something that must never be true was seen. Its sentence says what. */
export class Violation extends Error {}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
