// The first rows of an account in an index's order, read from the index however many the account has.
import type { Tx } from '@fintwin/platform'

/**
 * A `limit` that the planner does not know the number of. It plans for the account of average size; where that has fewer rows than are asked
 * for, it would read all of them and sort, which an account with a million entries would pay for.
 */
export const limitTo = (tx: Tx, rows: number) => tx`limit (select ${rows}::int)`
