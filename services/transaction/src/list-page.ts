// One page of transactions, with the `Link` to the next one.
import type { Transaction } from '@fintwin/contracts'
import { announceNextPage, asPerson, isId, pickOwnAccount, type ServiceDeps } from '@fintwin/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderTransaction } from './render-transaction.ts'
import type { AsOf } from './rules/read-as-of.ts'
import { listOwnAccounts } from './store/ledger.ts'
import { listLegs } from './store/legs.ts'
import { readReach } from './store/positions.ts'
import { type ListedPosting, listPostings, type PostingFilter } from './store/postings.ts'

type PageFilter = Omit<PostingFilter, 'after' | 'reach'> & {
  accountId?: string | undefined
  /** Of one account only: its list as it was. */
  asOf?: AsOf | undefined
  cursor?: string | undefined
}

/**
 * Of all the caller's accounts, or of one.
 * @throws Refused `not_your_account` when that one is not the caller's.
 */
export async function listPage(
  deps: ServiceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  filter: PageFilter,
): Promise<Transaction[]> {
  const { cursor, accountId, asOf, ...rest } = filter
  const { personId } = request.caller
  const after = cursor ? readCursor(cursor) : undefined
  const { rows, legs } = await asPerson(deps.database, personId, async (tx) => {
    const all = await listOwnAccounts(tx, personId)
    const own = all.filter(({ kind }) => kind === 'person')
    const account = accountId === undefined ? undefined : pickOwnAccount(own, accountId)
    const reach = account && asOf ? await readReach(tx, account, asOf) : undefined
    const rows = await listPostings(
      tx,
      { own, accounts: account ? [account] : own },
      { ...rest, after, reach, offset: after ? 0 : rest.offset },
    )
    const manyLegged = rows.filter(hasManyLegs).map(({ id }) => id)
    return { rows, legs: manyLegged.length > 0 ? await listLegs(tx, all, manyLegged) : undefined }
  })
  const last = rows.at(-1)
  if (last && rows.length === filter.limit) announceNextPage(request, reply, writeCursor(last))
  return rows.map((row) => renderTransaction(row, legs?.get(row.id)))
}

/** A journal, or the reversal of one: its own account and amount do not tell what it did to the other accounts. */
const hasManyLegs = ({ type, toAccount }: ListedPosting): boolean =>
  type === 'journal' || (type === 'reversal' && toAccount === null)

const writeCursor = ({ effectiveAtUs, id }: ListedPosting): string =>
  Buffer.from(`${effectiveAtUs} ${id}`).toString('base64url')

/** A cursor names the last row of a page; one that nobody gave out begins at the start. */
function readCursor(cursor: string): PostingFilter['after'] {
  const [effectiveAtUs = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const isInstant =
    /^\d{4}-[\d-]{5}T[\d:]{8}\.\d{6}Z$/.test(effectiveAtUs) && !Number.isNaN(Date.parse(effectiveAtUs))
  return isId(id) && isInstant ? { effectiveAtUs, id } : undefined
}
