// One page of transactions, with the `Link` to the next one.
import type { Transaction } from '@fintwin/contracts'
import { announceNextPage, asPerson, isId, pickOwnAccount, type ServiceDeps } from '@fintwin/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderTransaction } from './render-transaction.ts'
import { listOwnAccounts } from './store/ledger.ts'
import { type ListedPosting, listPostings, type PostingFilter } from './store/postings.ts'

/**
 * Of all the caller's accounts, or of one.
 * @throws Refused `not_your_account` when that one is not the caller's.
 */
export async function listPage(
  deps: ServiceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  filter: Omit<PostingFilter, 'after'> & { accountId?: string | undefined; cursor?: string | undefined },
): Promise<Transaction[]> {
  const { cursor, accountId, ...rest } = filter
  const { personId } = request.caller
  const after = cursor ? readCursor(cursor) : undefined
  const rows = await asPerson(deps.database, personId, async (tx) => {
    const own = (await listOwnAccounts(tx, personId)).filter(({ kind }) => kind === 'person')
    const accounts = accountId === undefined ? own : [pickOwnAccount(own, accountId)]
    return listPostings(tx, { own, accounts }, { ...rest, after, offset: after ? 0 : rest.offset })
  })
  const last = rows.at(-1)
  if (last && rows.length === filter.limit) announceNextPage(request, reply, writeCursor(last))
  return rows.map(renderTransaction)
}

const writeCursor = ({ effectiveAtUs, id }: ListedPosting): string =>
  Buffer.from(`${effectiveAtUs} ${id}`).toString('base64url')

/** A cursor names the last row of a page; one that nobody gave out begins at the start. */
function readCursor(cursor: string): PostingFilter['after'] {
  const [effectiveAtUs = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const isInstant =
    /^\d{4}-[\d-]{5}T[\d:]{8}\.\d{6}Z$/.test(effectiveAtUs) && !Number.isNaN(Date.parse(effectiveAtUs))
  return isId(id) && isInstant ? { effectiveAtUs, id } : undefined
}
