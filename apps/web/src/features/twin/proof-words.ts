// What a proof says of the live ledger, in words that hold in each case.
import type { Proof } from './run-simulation.ts'

export interface ProofWords {
  isUnchanged: boolean
  /** Comes before the position and the hash. */
  opening: string
  /** Comes after them. */
  ending: string
}

export function describeProof(proof: Proof): ProofWords {
  const ending = 'when it began.'
  if (proof.history_unchanged === false) {
    const opening =
      'Entries of the live ledger that were there before this ran are not as they were. It was at position '
    return { isUnchanged: false, opening, ending }
  }
  if (proof.unchanged) {
    const opening = 'Live ledger unchanged: position '
    return { isUnchanged: true, opening, ending: 'the same before and after the run.' }
  }
  return { isUnchanged: false, opening: `${describeMove(proof)} This run saw it at position `, ending }
}

function describeMove({ moved_meanwhile: added, history_unchanged }: Proof): string {
  if (!added) return 'The live ledger moved while this ran.'
  const entries = added === 1 ? 'one entry was' : `${added.toLocaleString('en-IN')} entries were`
  const history = history_unchanged ? ' What was there before stands as it was.' : ''
  return `The live ledger moved while this ran: ${entries} added.${history}`
}
