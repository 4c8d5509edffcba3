// Runs something beside the live ledger and proves that the ledger stood still meanwhile, or tells how it moved.
import type { LedgerAccount, Simulation } from '@fintwin/contracts'
import type { FastifyRequest } from 'fastify'
import { hashHistory, type LedgerView, proveLedger, viewLedger } from './ledger.ts'
import { countAdded, isSamePosition } from './rules/compare-positions.ts'

export interface ProvenRun<T> {
  /** As the run had it. */
  account: LedgerAccount
  result: T
  proof: Simulation['proof']
}

/** A ledger that still moves in the last run is answered as it is. */
const MAX_RUNS = 3

/**
 * Unchanged means: the balance was read, and the entries were hashed before and after the run, all at one position, with one hash. Where the
 * ledger has moved, the run is repeated from its new position; entries that were there at the first are then hashed once more, so that what
 * was added can be told from what was altered.
 */
export async function runBesideLedger<T>(
  request: FastifyRequest,
  transactionUrl: string,
  first: LedgerView,
  run: (account: LedgerAccount) => T,
): Promise<ProvenRun<T>> {
  const history = hashHistory(request, transactionUrl, first)
  let view = first
  for (let runs = 1; ; runs += 1) {
    const [before, historyHash] = await Promise.all([proveLedger(request, transactionUrl), history])
    const result = run(view.account)
    const after = await proveLedger(request, transactionUrl)
    const hasMoved = ![before, after].every(({ position }) => isSamePosition(view.positions, position))
    if (hasMoved && runs < MAX_RUNS) {
      view = await viewLedger(request, transactionUrl, first.account.id)
      continue
    }
    const isUnchanged = !hasMoved && before.entries_hash === after.entries_hash
    const isFirst = isSamePosition(first.positions, after.position)
    return {
      account: view.account,
      result,
      proof: {
        position: view.account.position,
        entries_hash: before.entries_hash,
        entries_hash_after: after.entries_hash,
        unchanged: isUnchanged,
        moved_meanwhile: isUnchanged ? 0 : countAdded(first.positions, after.position),
        history_unchanged: isFirst
          ? isUnchanged
          : (await hashHistory(request, transactionUrl, first)) === historyHash,
      },
    }
  }
}
